import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { comparePermissions } from "../../../iam/prove/requests/compare-permissions";
import type { AccessSentence } from "../../model/access-change";
import type { PolicySource } from "../../permissions/effective-policies";
import { requestProof } from "../../requests/request-sentences";

/**
 * AWS's policies that are made to deny ("AWS Managed Policy Reference Guide": AWSDenyAll,
 * AWSCompromisedKeyQuarantine…).
 */
const DENYING = /Deny|Quarantine/;

/**
 * AWS-managed policies that come in or go away. What they allow, nobody here knows, and it grows
 * with AWS; that they allow something is what they are for.
 */
export function awsPolicyChange(
  whose: Phrase,
  before: readonly PolicySource[],
  after: readonly PolicySource[],
): { readonly relations: readonly Relation[]; readonly sentences: readonly AccessSentence[] } {
  const only = (one: readonly PolicySource[], other: readonly PolicySource[]) =>
    one.filter(({ id }) => !other.some((same) => same.id === id));
  const changed = [
    ...only(after, before).map((source) => ({ source, comesIn: true })),
    ...only(before, after).map((source) => ({ source, comesIn: false })),
  ];
  const sentences = changed.map(({ source: { name }, comesIn }): AccessSentence => {
    const isGain = comesIn !== DENYING.test(name);
    const { gained } = comparePermissions({ identity: [] }, { identity: [{ kind: "opaque", name }] });
    const what = DENYING.test(name) ? " denied" : " allows";
    return {
      effect: isGain ? "gained" : "lost",
      people: [],
      phrase: [
        ...whose,
        isGain ? " can now do what AWS's policy " : " can no longer do what AWS's policy ",
        quoted(name),
        DENYING.test(name) && !isGain ? " denies" : what,
      ],
      ...(gained === undefined ? {} : { proof: requestProof(gained) }),
    };
  });
  return {
    relations: sentences.map(({ effect }) => (effect === "gained" ? "broader" : "narrower")),
    sentences,
  };
}
