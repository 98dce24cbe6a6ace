import type { Policy } from "../../../iam/language/policy";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import type { PolicyReader, PolicyReading } from "../../context/policy-reading";
import { type Snapshot, textAt } from "../../context/timelines";
import type { AccessChange } from "../../model/access-change";
import type { AttributeValue } from "../../model/facts";
import { isSeveral, managedBySeveral } from "../undetermined/managed-by-several";
import { type ComparedPolicies, compareReadings, compareUnaddressed, type Readable } from "./comparison";
import { defaultPolicy, type Language, languageOf } from "./languages";
import { compareLimits } from "./limits";
import { asItsResourceReads, unreadResource } from "./own-resource";
import { policyAt } from "./owner";
import type { OwnedPolicy } from "./owners";
import { type PolicyComparer, resourcePolicyChangesOf } from "./policy-changes";

/** Who may do what with resources other than buckets by their own policies, before and after. */
export function policyChangesIn(step: Step, context: PlanContext): readonly AccessChange[] {
  return context.policies.flatMap((owner) => [
    ...resourcePolicyChangesOf(owner, step, comparerOf(owner, context.reader)),
    ...duplicateChanges(owner, step),
  ]);
}

function comparerOf(owner: OwnedPolicy, reader: PolicyReader): PolicyComparer {
  const language = languageOf(owner.type);
  const kind = NEWEST_FIRST.map((snapshot) => owner.separateAt(snapshot)?.at[snapshot])
    .map((attributes) => textAt(attributes, "type"))
    .find((one) => one !== undefined);
  return {
    readAt: (snapshot) => read(owner, language, snapshot, reader),
    compare: (before, after) =>
      language.kind === "limit"
        ? compareLimits(kind, owner.name, before, after)
        : compareAsWritten(owner.name, before, after),
  };
}

const NEWEST_FIRST: readonly Snapshot[] = ["planned", "current", "recorded"];

function read(
  owner: OwnedPolicy,
  language: Language,
  snapshot: Snapshot,
  reader: PolicyReader,
): PolicyReading {
  const value = policyAt(owner, snapshot) ?? defaultAt(owner, snapshot);
  const reading = reader.read(value);
  const text = value?.kind === "value" && typeof value.value === "string" ? value.value : undefined;
  if (language.kind === "other" && text !== undefined) return { kind: "unknown", reason: language.why, text };
  if (reading.kind === "unknown") return text === undefined ? reading : { ...reading, text };
  if (reading.kind === "none") return reading;
  const odd = unreadResource(reading.policy);
  if (odd !== undefined && language.kind !== "limit")
    return { kind: "unknown", reason: odd, text: reading.text };
  return reading;
}

/** Where nobody wrote a policy AWS makes one: for what is made, and for what is left without. */
function defaultAt(owner: OwnedPolicy, snapshot: Snapshot): AttributeValue | undefined {
  if (snapshot !== "planned" && owner.isThereAt(snapshot)) return undefined;
  const value = defaultPolicy(owner.type, owner.account);
  return value === undefined ? undefined : { kind: "value", value };
}

/** A policy that names nobody at all is none of a resource: it is attached to somebody. */
function compareAsWritten(name: string, before: Readable, after: Readable): ComparedPolicies {
  const policies = [before, after].flatMap((one) => (one.kind === "policy" ? [one.policy] : []));
  const isAddressed = ({ statements }: Policy) =>
    statements.some(({ principals }) => principals !== undefined);
  if (!policies.some(isAddressed)) return compareUnaddressed(name, before, after);
  return compareReadings(name, asRead(before), asRead(after));
}

function asRead(reading: Readable): Readable {
  return reading.kind === "none" ? reading : { ...reading, policy: asItsResourceReads(reading.policy) };
}

function duplicateChanges(
  { duplicates, aspect, name, parts }: OwnedPolicy,
  step: Step,
): readonly AccessChange[] {
  const holding = duplicates.filter(({ isForgotten, at }) => !isForgotten && at.planned !== undefined);
  const isFirst = holding[0] !== undefined && parts.includes(holding[0]);
  if (step.source !== "plan" || !isFirst || !isSeveral(holding)) return [];
  return holding.some((one) => isTouched(one, step)) ? [managedBySeveral(holding, aspect, name)] : [];
}
