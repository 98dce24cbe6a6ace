import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { subjectOf } from "../../context/principal-names";
import type { Principal } from "../../context/principals";
import type { Timeline } from "../../context/timelines";
import { canonical } from "../../model/change";
import {
  type EffectivePolicies,
  effectivePoliciesAsData,
  effectivePoliciesAt,
} from "../../permissions/effective-policies";
import { documentsOf } from "../../permissions/policy-documents";
import { handlerOf } from "../handler";
import { driftDetails } from "./drift-details";
import { type Difference, differenceOf } from "./permissions-difference";

/**
 * The permissions of roles, users, groups and permission sets, by all policies that are in them,
 * attached to them and limit them.
 */
export const permissions = handlerOf<Principal, EffectivePolicies | undefined, Difference>({
  name: "permissions",
  comparison: "principals",
  itemsIn: (step, context) => {
    const isChanged = (one: Timeline) => isTouched(one, step);
    // Which policies are attached matters only where one of them changes.
    const attached = (context.byType.get("aws_iam_policy") ?? []).some(isChanged);
    return PRINCIPAL_KINDS.flatMap((kind) => [...context.principals[kind].byKey.values()]).filter(
      (principal) =>
        attached ? touchedParts(principal, step, context).length > 0 : ownParts(principal).some(isChanged),
    );
  },
  normalise: effectivePoliciesAt,
  dataOf: (policies) => effectivePoliciesAsData(policies, canonical),
  compare: (compared) => {
    const { before, after, step } = compared;
    if (before === undefined && after === undefined) return undefined;
    const isPlan = step.source === "plan";
    const text = isPlan ? (policy: string) => policy : canonical;
    const isUnknown = (after?.unknown.length ?? 0) > 0 || (before?.unknown.length ?? 0) > 0;
    if (dataIn(before, text) === dataIn(after, text) && !(isUnknown && isPlan)) return undefined;
    // A principal without permissions, or that does not exist, both before and after.
    return isNothing(before) && isNothing(after) ? undefined : differenceOf(compared);
  },
  describe: (
    { relation, reasons, sentences, risks = {} },
    { item: principal, before, after, step, context },
  ) => {
    const touched = touchedParts(principal, step, context);
    const [first] = touched;
    return {
      stack: first?.stack ?? "",
      account: first?.account,
      aspect: "permissions",
      subject: subjectOf(principal),
      addresses: touched.map(({ address }) => address),
      relation,
      sentences,
      reasons,
      risks,
      documents: { before: documentsOf(before), after: documentsOf(after) },
    };
  },
  describeDrift: ({ before, after }, planned) => driftDetails(before, after, planned),
});

function dataIn(policies: EffectivePolicies | undefined, text: (policy: string) => string): string {
  return JSON.stringify(effectivePoliciesAsData(policies, text));
}

/** The touched resources that decide the principal's permissions, the principal first. */
function touchedParts(principal: Principal, step: Step, { managed }: PlanContext): readonly Timeline[] {
  const own = ownParts(principal);
  return [...own, ...managed.namedBy(own)].filter((one) => isTouched(one, step));
}

function ownParts(principal: Principal): readonly Timeline[] {
  const own = principal.declared.map(({ timeline }) => timeline);
  for (const [type, owned] of principal.parts) {
    if (principal.kind.parts[type] === undefined) continue;
    for (const { timeline } of owned) own.push(timeline);
  }
  return own;
}

function isNothing(effective: EffectivePolicies | undefined): boolean {
  return (
    effective === undefined ||
    (effective.identity.length === 0 && effective.unknown.length === 0 && effective.boundary === undefined)
  );
}
