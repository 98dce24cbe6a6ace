import { describeExtent } from "../../../describe/permission";
import { type Phrase, plainText, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import type { Policy } from "../../../iam/language/policy";
import { comparePermissions } from "../../../iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../../iam/prove/requests/compare-resource-policies";
import type { PlanContext } from "../../context/plan-context";
import type { PolicyReading } from "../../context/policy-reading";
import type { AccessSentence } from "../../model/access-change";
import { callersBetween, type FoundRequests, requestsBetween } from "../../requests/found-requests";
import type { FoundRequest } from "../../requests/gained-by-pieces";
import { callersOf, callPhrase, sentencesOf } from "../../requests/request-sentences";
import { callersRisk } from "../../risk/callers-risk";
import type { RisksByEffect } from "../../risk/described-risk";
import { isOfItself } from "./own-resource";

/** What two policies of one resource mean for access. */
export interface ComparedPolicies {
  readonly relation: Relation;
  readonly reason: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
  /** Of those whom a policy lets in. Absent: it names no principals. */
  readonly risks?: RisksByEffect;
}

export type Readable = Exclude<PolicyReading, { kind: "unknown" }>;

/**
 * Compares two policies of a resource; none allows and denies nothing.
 * @param name of the resource, for sentences
 */
export function compareReadings(
  name: string,
  before: Readable,
  after: Readable,
  context: PlanContext,
): ComparedPolicies {
  const catalogue = context.aws.actions;
  const [was, is] = [policyIn(before), policyIn(after)];
  const found = compareResourcePolicies(was, is, { catalogue });
  const { relation, reason } = found;
  // What is said of every resource is said of the one whose policy it is.
  const isOwn = [was, is].every((policy) => policy === undefined || isOfItself(policy));
  const requests = callersBetween(was, is, found, catalogue);
  const named = isOwn ? onItself(requests, name) : requests;
  return {
    relation,
    reason: reason === undefined ? [] : [[quoted(reason)]],
    risks: callersRisk(named, context),
    sentences: sentencesOf(named, (request, effect) => [
      ...callersOf(request).who,
      effect === "gained" ? " can now " : " can no longer ",
      ...phraseOn(request, name, isOwn),
    ]),
  };
}

/** The one resource that such a policy is about. */
function onItself(found: FoundRequests, name: string): FoundRequests {
  const on = (requests: readonly FoundRequest[]): readonly FoundRequest[] =>
    requests.map((one) => ({ ...one, on: [quoted(name)] }));
  const { gained, lost } = found.others;
  return {
    ...found,
    gained: on(found.gained),
    lost: on(found.lost),
    others: { gained: on(gained), lost: on(lost) },
  };
}

function phraseOn(request: FoundRequest, name: string, isOwn: boolean): Phrase {
  // Names of buckets have three characters or more.
  const isNamed = name.length > 2 && plainText(request.on ?? [quoted(request.resource)]).includes(name);
  if (isOwn || isNamed) return callPhrase(request);
  return [...callPhrase(request), " by the policy of ", quoted(name)];
}

/**
 * Compares two policies without principals, which limit or allow the principals they are attached
 * to. A policy that allows less is narrower for all of them. A policy that allows more is unknown:
 * the principals are not in it.
 */
export function compareUnaddressed(
  name: string,
  before: Readable,
  after: Readable,
  { aws: { actions: catalogue } }: PlanContext,
): ComparedPolicies {
  const [was, is] = [before, after].map((reading) => {
    const policy = policyIn(reading);
    return { identity: policy === undefined ? [] : [{ kind: "policy" as const, policy }] };
  });
  const found = comparePermissions(was ?? { identity: [] }, is ?? { identity: [] }, { catalogue });
  if (found.relation === "same") return { relation: "same", reason: [], sentences: [] };
  const sentences = sentencesOf(
    requestsBetween(was ?? { identity: [] }, is ?? { identity: [] }, found, catalogue),
    (request, effect) => [
      quoted(name),
      effect === "gained" ? " now allows " : " no longer allows ",
      ...describeExtent(request, request.by, request.on),
    ],
  );
  if (found.relation === "narrower") return { relation: "narrower", reason: [], sentences };
  const reason = found.reason === undefined ? UNADDRESSED : [quoted(found.reason)];
  return { relation: "unknown", reason: [reason], sentences };
}

const UNADDRESSED: Phrase = ["the principals that it applies to are not in the policy"];

function policyIn(reading: Readable): Policy | undefined {
  return reading.kind === "policy" ? reading.policy : undefined;
}
