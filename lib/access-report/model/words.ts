import type { Language } from "../../describe/language";
import { WHICH_ARE_WITHOUT_ORIGIN } from "../../describe/origin";
import { describeEveryone } from "../../describe/people";
import { type Phrase, quoted } from "../../describe/phrase";
import { describeGrantedRefs } from "../../describe/ref";
import type { ReportRef, Subject } from "./entry";

/** `main`, `release/*`, tag `v*`, any ref; tokens that name no repository. */
export function describeReportRef(ref: ReportRef, language: Language = "en"): Phrase {
  switch (ref.kind) {
    case "any":
      return one(describeGrantedRefs({ kind: "any", tokensWithoutOrigin: false }, language));
    case "branch":
      return one(describeGrantedRefs({ kind: "listed", branches: [ref.pattern], tags: [] }, language));
    case "tag":
      return one(describeGrantedRefs({ kind: "listed", branches: [], tags: [ref.pattern] }, language));
    case "without-origin":
      return [WHICH_ARE_WITHOUT_ORIGIN[language]];
    case "trust-policy":
      return [BY_TRUST_POLICY[language]];
  }
}

const BY_TRUST_POLICY = { en: "as its trust policy says", ja: "信頼ポリシーの定めによる" } as const;

/** A person by name; everyone else who can start a pipeline. */
export function describeSubject(who: Subject, language: Language = "en"): Phrase {
  return who.kind === "person" ? [quoted(who.name)] : describeEveryone({ isElse: true }, language);
}

function one(phrases: readonly Phrase[]): Phrase {
  return phrases.flat();
}
