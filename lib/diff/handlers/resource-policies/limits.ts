import { type Phrase, quoted } from "../../../describe/phrase";
import type { PlanContext } from "../../context/plan-context";
import type { PolicyReading } from "../../context/policy-reading";
import { type ComparedPolicies, compareReadings, compareUnaddressed, type Readable } from "./comparison";

const FULL = "FullAWSAccess";
const TARGETS: Phrase = ["who gains access depends on the targets that it is attached to"];

/**
 * Compares two policies of an organization. They allow nothing by themselves. A policy that permits
 * less is narrower for all targets. A policy that permits more is unknown, because its targets are
 * not in it (AWS Organizations User Guide, "SCP evaluation", "RCP evaluation").
 * @param kind the policy's type; by default a service control policy
 */
export function compareLimits(
  kind: string | undefined,
  name: string,
  before: Readable,
  after: Readable,
  context: PlanContext,
): ComparedPolicies {
  if (kind === "RESOURCE_CONTROL_POLICY") return withoutGains(compareReadings(name, before, after, context));
  if (kind !== undefined && kind !== "SERVICE_CONTROL_POLICY")
    return {
      relation: "unknown",
      reason: [["policies of type ", quoted(kind), " are not compared"]],
      sentences: [],
    };
  // By itself, as where a list of what is allowed is kept, and beside the policy that allows
  // everything.
  const alone = withoutGains(compareUnaddressed(name, before, after, context));
  const beside = withoutGains(compareUnaddressed(name, besideFull(before), besideFull(after), context));
  const [first, second] = alone.relation === "unknown" ? [alone, beside] : [beside, alone];
  return first.relation === "same" ? second : first;
}

function withoutGains(found: ComparedPolicies): ComparedPolicies {
  if (found.relation === "same" || found.relation === "narrower") return found;
  return { ...found, relation: "unknown", reason: [TARGETS] };
}

function besideFull(reading: Readable): Readable {
  const all = { path: FULL, text: "*", pieces: [{ kind: "any-run" as const }] };
  const patterns = { path: FULL, negated: false, values: [all] };
  const statements = reading.kind === "policy" ? reading.policy.statements : [];
  const allow = {
    index: statements.length,
    path: FULL,
    effect: "Allow" as const,
    actions: patterns,
    resources: patterns,
    conditions: [],
  };
  const policy: Extract<PolicyReading, { kind: "policy" }>["policy"] = {
    version: reading.kind === "policy" ? reading.policy.version : "2012-10-17",
    statements: [...statements, allow],
  };
  return { kind: "policy", policy, text: reading.kind === "policy" ? reading.text : "" };
}
