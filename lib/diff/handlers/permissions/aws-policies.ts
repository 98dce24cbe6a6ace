import { type Phrase, quoted } from "../../../describe/phrase";
import { CAN, type Relation } from "../../../describe/relation";
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
 * AWS-managed policies that are attached or detached. Their contents are not in any plan, and AWS
 * extends them. Attaching one always counts as a gain.
 */
export function awsPolicyChange(
  whose: Phrase,
  before: readonly PolicySource[],
  after: readonly PolicySource[],
): { readonly relations: readonly Relation[]; readonly sentences: readonly AccessSentence[] } {
  const only = (one: readonly PolicySource[], other: readonly PolicySource[]) =>
    one.filter(({ id }) => !other.some((same) => same.id === id));
  const changed = [
    ...only(after, before).map((source) => ({ source, isAdded: true })),
    ...only(before, after).map((source) => ({ source, isAdded: false })),
  ];
  const sentences = changed.map(({ source: { name }, isAdded }): AccessSentence => {
    const isGain = isAdded !== DENYING.test(name);
    const { gained } = comparePermissions({ identity: [] }, { identity: [{ kind: "opaque", name }] });
    const isDenying = DENYING.test(name);
    return {
      effect: isGain ? "gained" : "lost",
      people: [],
      phrase: [
        ...whose,
        isDenying
          ? ` ${isGain ? "is no longer" : "is now"} denied what the AWS managed policy `
          : ` ${isGain ? CAN.gained : CAN.lost} do what the AWS managed policy `,
        quoted(name),
        isDenying ? " denies" : " allows",
      ],
      ...(gained === undefined ? {} : { proof: requestProof(gained) }),
    };
  });
  return {
    relations: sentences.map(({ effect }) => (effect === "gained" ? "broader" : "narrower")),
    sentences,
  };
}
