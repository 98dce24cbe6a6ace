import type { PlanJson, PlannedResource } from "../plan/plan-json";

/** What a plan says of things that access hangs on: plain data, which one machine can write and another read. */
export interface AccessFacts {
  readonly changes: readonly PlannedResource[];
  readonly drift: readonly PlannedResource[];
}

export function factsIn(plan: PlanJson): AccessFacts {
  return {
    changes: plan.resource_changes.filter(concernsAccess),
    drift: plan.resource_drift.filter(concernsAccess),
  };
}

function concernsAccess({ mode, type }: PlannedResource): boolean {
  return mode === "managed" && /^aws_(iam|s3)_/.test(type);
}
