import type { Access } from "../../../config/model/model";
import { describeIssuer, describeProvider } from "../../../describe/issuer";
import { listPhrases } from "../../../describe/list";
import { type Phrase, quoted } from "../../../describe/phrase";
import type { AccessSentence } from "../../model/access-change";
import type { Accepts } from "./effect-on-roles";

/** Where a provider is, and what lends it a name. */
interface Place {
  /** 12 digits. Undefined: it is not known. */
  readonly account: string | undefined;
  readonly access: Access | undefined;
}

/**
 * What an account accepts, independent of the roles that trust the provider: what a headline says
 * of it stands before the first comma.
 */
export function ownSentences(
  before: Accepts | undefined,
  after: Accepts | undefined,
  { account, access }: Place,
): readonly AccessSentence[] {
  const one = after ?? before;
  if (one === undefined) return [];
  const issuer = describeIssuer(one.url, access?.organizations);
  const where: Phrase =
    account === undefined ? [] : [" in account ", quoted(accountName(account, access) ?? account)];
  const provider: Phrase = [...describeProvider(one.url, access?.organizations), ...where];
  if (before === undefined || after === undefined) {
    const audience: Phrase = [", for ", ...audiencesOf(one)];
    return after === undefined
      ? [
          sentence("lost", [
            ...provider,
            " is deleted",
            ", so that no role accepts its tokens any longer",
            ...audience,
          ]),
        ]
      : [
          sentence("gained", [
            "new OIDC provider",
            ...where,
            ": ",
            ...issuer,
            ", whose tokens roles can now trust",
            ...audience,
          ]),
        ];
  }
  const only = (own: readonly string[], other: readonly string[]) =>
    own.filter((text) => !other.includes(text));
  const [added, removed] = [only(after.audiences, before.audiences), only(before.audiences, after.audiences)];
  const prints = (from: Accepts, to: Accepts) =>
    from.thumbprints === "later" || to.thumbprints === "later" ? [] : only(to.thumbprints, from.thumbprints);
  const keys = (print: string): Phrase => [
    " of ",
    ...issuer,
    ...where,
    ", served with certificate ",
    quoted(print),
  ];
  return [
    ...(added.length === 0
      ? []
      : [
          sentence("gained", [
            ...provider,
            " now accepts tokens for ",
            ...list(added),
            ", also in every role that trusts it without an audience condition",
          ]),
        ]),
    ...prints(before, after).map((print) =>
      sentence("gained", ["more signing keys are now trusted", ...keys(print)]),
    ),
    ...(removed.length === 0
      ? []
      : [
          sentence("lost", [
            ...provider,
            " no longer accepts tokens for ",
            ...list(removed),
            ", nor does any role that trusts it",
          ]),
        ]),
    ...prints(after, before).map((print) =>
      sentence("lost", ["signing keys are no longer trusted", ...keys(print)]),
    ),
  ];
}

function sentence(effect: AccessSentence["effect"], phrase: Phrase): AccessSentence {
  return { effect, people: [], phrase };
}

function accountName(account: string, access: Access | undefined): string | undefined {
  return access?.accounts.find(({ id }) => id === account)?.key;
}

/** That of an organization's tokens is its id, unless the project asks for another. */
function audiencesOf({ url, audiences }: Accepts): Phrase {
  if (audiences.length === 1 && url.endsWith(`/org/${audiences[0]}`)) return ["the default audience"];
  return list(audiences);
}

function list(texts: readonly string[]): Phrase {
  return texts.length === 0 ? ["no audience"] : listPhrases(texts.map((text) => [quoted(text)]));
}
