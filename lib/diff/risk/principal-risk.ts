import { remembered } from "../../collections/remembered";
import type { Permissions } from "../../iam/prove/requests/compare-permissions";
import { type PermissionRisk, riskBetween } from "../../iam/risk/permission-risks";
import type { PlanContext } from "../context/plan-context";
import type { Principal } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import { effectivePoliciesAt, sourceOf } from "../permissions/effective-policies";

const KNOWN = new WeakMap<PlanContext, Map<string, { readonly risk: PermissionRisk | undefined }>>();

/**
 * The most serious risk of all that a principal may do in a snapshot: those who begin to act as it
 * gain that. Decided once for each.
 */
export function principalRisk(
  principal: Principal,
  snapshot: Snapshot,
  context: PlanContext,
): PermissionRisk | undefined {
  const known = remembered(
    KNOWN,
    context,
    () => new Map<string, { readonly risk: PermissionRisk | undefined }>(),
  );
  const key = JSON.stringify([principal.kind.name, principal.key, snapshot]);
  return remembered(known, key, () => ({ risk: riskAt(principal, snapshot, context) })).risk;
}

function riskAt(principal: Principal, snapshot: Snapshot, context: PlanContext): PermissionRisk | undefined {
  const effective = effectivePoliciesAt(principal, snapshot, context);
  if (effective === undefined) return undefined;
  const { identity, boundary } = effective;
  const permissions: Permissions = {
    identity: identity.map(sourceOf),
    ...(boundary === undefined ? {} : { boundary: sourceOf(boundary) }),
  };
  return riskBetween(undefined, permissions, context.aws.actions);
}
