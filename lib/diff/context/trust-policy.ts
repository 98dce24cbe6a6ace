import type { PlanContext } from "./plan-context";
import type { PolicyReading } from "./policy-reading";
import { declaredAt, type Principal } from "./principals";
import type { Snapshot } from "./timelines";

/** The trust policy of a role in a snapshot, if it can be read; `none`: there is no role. */
export function trustAt(role: Principal, snapshot: Snapshot, { reader }: PlanContext): PolicyReading {
  const declared = declaredAt(role, snapshot);
  if (declared === undefined) return { kind: "none" };
  const reading = reader.read(declared.at[snapshot]?.assume_role_policy);
  return reading.kind === "none" ? { kind: "unknown", reason: ["is not in the plan"] } : reading;
}
