import type { Policy } from "../../../iam/language/policy";
import { isTouched, type Scene, type Step } from "../../context/plan-context";
import type { PolicyReader, PolicyReading } from "../../context/policy-reading";
import { type Moment, textAt } from "../../context/timelines";
import type { AccessChange } from "../../model/access-change";
import type { Held } from "../../model/facts";
import { isSeveral, severalHold } from "../undetermined/managed-by-several";
import { type ComparedPolicies, compareReadings, compareUnaddressed, type Readable } from "./comparison";
import { defaultPolicy, type Language, languageOf } from "./languages";
import { compareLimits } from "./limits";
import { asItsResourceReads, unreadResource } from "./own-resource";
import { policyAt } from "./owner";
import type { OwnedPolicy } from "./owners";
import { type PolicyJudge, resourcePolicyChangesOf } from "./policy-changes";

/** Who may do what with resources other than buckets by their own policies, before and after. */
export function policyChangesIn(step: Step, scene: Scene): readonly AccessChange[] {
  return scene.policies.flatMap((owner) => [
    ...resourcePolicyChangesOf(owner, step, judgeOf(owner, scene.reader)),
    ...rivalChanges(owner, step),
  ]);
}

function judgeOf(owner: OwnedPolicy, reader: PolicyReader): PolicyJudge {
  const language = languageOf(owner.type);
  const kind = MOMENTS_OF_TYPE.map((moment) => owner.separateAt(moment)?.at[moment])
    .map((attributes) => textAt(attributes, "type"))
    .find((one) => one !== undefined);
  return {
    readAt: (moment) => read(owner, language, moment, reader),
    compare: (before, after) =>
      language.kind === "limit"
        ? compareLimits(kind, owner.name, before, after)
        : compareAsWritten(owner.name, before, after),
  };
}

const MOMENTS_OF_TYPE: readonly Moment[] = ["planned", "found", "was"];

function read(owner: OwnedPolicy, language: Language, moment: Moment, reader: PolicyReader): PolicyReading {
  const held = policyAt(owner, moment) ?? defaultAt(owner, moment);
  const reading = reader.read(held);
  const text = held?.kind === "value" && typeof held.value === "string" ? held.value : undefined;
  if (language.kind === "other" && text !== undefined) return { kind: "unknown", reason: language.why, text };
  if (reading.kind === "unknown") return text === undefined ? reading : { ...reading, text };
  if (reading.kind === "none") return reading;
  const odd = unreadResource(reading.policy);
  if (odd !== undefined && language.kind !== "limit")
    return { kind: "unknown", reason: odd, text: reading.text };
  return reading;
}

/** Where nobody wrote a policy AWS makes one: for what is made, and for what is left without. */
function defaultAt(owner: OwnedPolicy, moment: Moment): Held | undefined {
  if (moment !== "planned" && owner.isThereAt(moment)) return undefined;
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

function rivalChanges({ rivals, aspect, name, parts }: OwnedPolicy, step: Step): readonly AccessChange[] {
  const holding = rivals.filter(({ isForgotten, at }) => !isForgotten && at.planned !== undefined);
  const isFirst = holding[0] !== undefined && parts.includes(holding[0]);
  if (step.source !== "plan" || !isFirst || !isSeveral(holding)) return [];
  return holding.some((one) => isTouched(one, step)) ? [severalHold(holding, aspect, name)] : [];
}
