import { remembered } from "../../../collections/remembered";
import type { Policy } from "../../../iam/language/policy";
import type { PlanContext } from "../../context/plan-context";
import type { PolicyReader, PolicyReading } from "../../context/policy-reading";
import { type Snapshot, textAt } from "../../context/timelines";
import type { AttributeValue } from "../../model/facts";
import { isSeveral, severalManagers } from "../several-managers";
import { type ComparedPolicies, compareReadings, compareUnaddressed, type Readable } from "./comparison";
import { defaultPolicy, type Language, languageOf } from "./languages";
import { compareLimits } from "./limits";
import { asItsResourceReads, unreadResource } from "./own-resource";
import { policyAt } from "./owner";
import { type OwnedPolicy, policyOwnersOf } from "./owners";
import { type PolicyItem, policyHandler } from "./policy-changes";

/** Policies of resources other than buckets, put in order once for all plans. */
const OWNERS = new WeakMap<PlanContext, readonly OwnedPolicy[]>();

function ownersIn(context: PlanContext): readonly OwnedPolicy[] {
  return remembered(OWNERS, context, () => policyOwnersOf(context.timelines));
}

/** Who may do what with resources other than buckets by their own policies. */
export const resourcePolicies = policyHandler({
  name: "resource-policies",
  comparison: "resource-policies",
  itemsIn: (context) => ownersIn(context).map((owner) => itemOf(owner, context.reader)),
});

/** Policies that several resources manage. */
export const duplicatePolicies = severalManagers("duplicate-policies", (context) =>
  ownersIn(context).flatMap(({ duplicates, aspect, name, subject = name, parts }) => {
    const managers = duplicates.filter(({ isForgotten, at }) => !isForgotten && at.planned !== undefined);
    const isFirst = managers[0] !== undefined && parts.includes(managers[0]);
    if (!isFirst || !isSeveral(managers) || !managers.some(({ isPlanned }) => isPlanned)) return [];
    return [{ managers, aspect, subject }];
  }),
);

function itemOf(owner: OwnedPolicy, reader: PolicyReader): PolicyItem {
  const language = languageOf(owner.type);
  const kind = NEWEST_FIRST.map((snapshot) => owner.separateAt(snapshot)?.at[snapshot])
    .map((attributes) => textAt(attributes, "type"))
    .find((one) => one !== undefined);
  return {
    owner,
    readAt: (snapshot) => read(owner, language, snapshot, reader),
    compare: (before, after, context) =>
      language.kind === "limit"
        ? compareLimits(kind, owner.name, before, after, context)
        : compareAsWritten(owner.name, before, after, context),
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

/** AWS creates a default policy for a new resource, and for one whose policy is removed. */
function defaultAt(owner: OwnedPolicy, snapshot: Snapshot): AttributeValue | undefined {
  if (snapshot !== "planned" && owner.isThereAt(snapshot)) return undefined;
  const value = defaultPolicy(owner.type, owner.account);
  return value === undefined ? undefined : { kind: "value", value };
}

/** A policy without principals is attached to principals, and is not a resource-based policy. */
function compareAsWritten(
  name: string,
  before: Readable,
  after: Readable,
  context: PlanContext,
): ComparedPolicies {
  const policies = [before, after].flatMap((one) => (one.kind === "policy" ? [one.policy] : []));
  const isAddressed = ({ statements }: Policy) =>
    statements.some(({ principals }) => principals !== undefined);
  if (!policies.some(isAddressed)) return compareUnaddressed(name, before, after, context);
  return compareReadings(name, asRead(before), asRead(after), context);
}

function asRead(reading: Readable): Readable {
  return reading.kind === "none" ? reading : { ...reading, policy: asItsResourceReads(reading.policy) };
}
