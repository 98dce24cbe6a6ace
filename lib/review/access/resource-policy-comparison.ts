import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";
import type { AccessSentence, Relation } from "../model/access-change";
import { type Phrase, quoted } from "../model/phrase";
import { callersBetween } from "./found-requests";
import type { PolicyOwner } from "./policy-owner";
import type { PolicyReading } from "./policy-reading";
import { sayCall, sentencesOf } from "./request-sentences";

/** What two policies of one resource mean for access. */
export interface ComparedPolicies {
  readonly relation: Relation;
  readonly reason: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
}

type Readable = Exclude<PolicyReading, { kind: "unknown" }>;

/** Compares two policies of a resource; none allows and denies nothing. */
export function compareReadings(
  { name }: Pick<PolicyOwner, "name">,
  before: Readable,
  after: Readable,
): ComparedPolicies {
  const [was, is] = [before, after].map((one) => (one.kind === "policy" ? one.policy : undefined));
  const found = compareResourcePolicies(was, is);
  const { relation, reason } = found;
  return {
    relation,
    reason: reason === undefined ? [] : [[quoted(reason)]],
    sentences: sentencesOf(callersBetween(was, is, found), (request, effect) => [
      quoted(request.caller ?? "somebody"),
      effect === "gained" ? " can now " : " can no longer ",
      ...sayCall(request),
      ...(request.resource.includes(name) ? [] : [" by the policy of ", quoted(name)]),
    ]),
  };
}
