import { describeCall } from "../../../describe/permission";
import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import type { Policy } from "../../../iam/language/policy";
import { comparePermissions } from "../../../iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../../iam/prove/requests/compare-resource-policies";
import type { PolicyReading } from "../../context/policy-reading";
import type { AccessSentence } from "../../model/access-change";
import { callersBetween, type FoundRequest, requestsBetween } from "../../requests/found-requests";
import { callPhrase, sentencesOf } from "../../requests/request-sentences";
import { isOfItself } from "./own-resource";

/** What two policies of one resource mean for access. */
export interface ComparedPolicies {
  readonly relation: Relation;
  readonly reason: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
}

export type Readable = Exclude<PolicyReading, { kind: "unknown" }>;

/**
 * Compares two policies of a resource; none allows and denies nothing. @param name of the resource,
 * for sentences
 */
export function compareReadings(name: string, before: Readable, after: Readable): ComparedPolicies {
  const [was, is] = [policyIn(before), policyIn(after)];
  const found = compareResourcePolicies(was, is);
  const { relation, reason } = found;
  // What is said of every resource is said of the one whose policy it is.
  const isOwn = [was, is].every((policy) => policy === undefined || isOfItself(policy));
  return {
    relation,
    reason: reason === undefined ? [] : [[quoted(reason)]],
    sentences: sentencesOf(callersBetween(was, is, found), (request, effect) => [
      quoted(request.caller ?? "a caller"),
      effect === "gained" ? " can now " : " can no longer ",
      ...phraseOn(request, name, isOwn),
    ]),
  };
}

function phraseOn(request: FoundRequest, name: string, isOwn: boolean): Phrase {
  if (isOwn && !request.resource.startsWith(`arn:aws:s3:::${name}`))
    return callPhrase({ ...request, resource: name });
  // Names of buckets have three characters or more.
  if (name.length > 2 && request.resource.includes(name)) return callPhrase(request);
  return [...callPhrase(request), " by the policy of ", quoted(name)];
}

/**
 * Compares two policies without principals, which limit or allow the principals they are attached
 * to. A policy that allows less is narrower for all of them. A policy that allows more is unknown:
 * the principals are not in it.
 */
export function compareUnaddressed(name: string, before: Readable, after: Readable): ComparedPolicies {
  const [was, is] = [before, after].map((reading) => {
    const policy = policyIn(reading);
    return { identity: policy === undefined ? [] : [{ kind: "policy" as const, policy }] };
  });
  const found = comparePermissions(was ?? { identity: [] }, is ?? { identity: [] });
  if (found.relation === "same") return { relation: "same", reason: [], sentences: [] };
  const sentences = sentencesOf(
    requestsBetween(was ?? { identity: [] }, is ?? { identity: [] }, found),
    (request, effect) => [
      quoted(name),
      effect === "gained" ? " now allows " : " no longer allows ",
      ...describeCall(request, request.by),
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
