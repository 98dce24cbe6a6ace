import { acceptsTokensWithoutOrigin } from "../config/model/grants";
import type { Grant } from "../config/model/model";
import type { Language } from "./language";
import { listPhrases } from "./list";
import { RISK_OF_NO_ORIGIN, WITHOUT_ORIGIN } from "./origin";
import { describePeople } from "./people";
import type { Phrase } from "./phrase";
import { quoted } from "./phrase";
import { describeGrantedRefs } from "./ref";

/**
 * Who may assume a role and from where: `alice` from `main` or tag `v*` of
 * `github.com/acme/website`.
 */
export function describeGrant(grant: Grant, language: Language = "en"): Phrase {
  const who = describePeople(grant.people, language);
  const refs = listPhrases(describeGrantedRefs(grant.refs, language), { language, word: "or" });
  const repository = quoted(grant.repository);
  const isOpen = acceptsTokensWithoutOrigin(grant);
  if (language === "ja") {
    const also: Phrase = isOpen ? [`、および${WITHOUT_ORIGIN.ja}（${RISK_OF_NO_ORIGIN.ja}）`] : [];
    return [...who, "（", repository, " の ", ...refs, " から", ...also, "）"];
  }
  const also = isOpen ? [`, and with ${WITHOUT_ORIGIN.en} (${RISK_OF_NO_ORIGIN.en})`] : [];
  return [...who, " from ", ...refs, " of ", repository, ...also];
}
