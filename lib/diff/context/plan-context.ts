import { groupBy } from "../../collections/group-by";
import type { Access } from "../../config/model/model";
import type { AwsData } from "../../iam/data/aws-data";
import type { ReadPlan } from "../model/facts";
import { TrustComparisons } from "../tokens/trust-comparisons";
import { assumedAccountKeys } from "./account-keys";
import { type Bucket, bucketsOf } from "./buckets";
import { ManagedPolicies } from "./managed-policies";
import { PolicyReader } from "./policy-reading";
import { KINDS, type KindName } from "./principal-kinds";
import { type Principals, principalsOf } from "./principals";
import { type Snapshot, type Timeline, timelinesOf } from "./timelines";

/** All that plans say together, put in order once, and what lends names to it. */
export interface PlanContext {
  readonly plans: readonly ReadPlan[];
  readonly timelines: readonly Timeline[];
  readonly byType: ReadonlyMap<string, readonly Timeline[]>;
  /** Users, groups and permission sets have what roles have, but for a trust policy. */
  readonly principals: Readonly<Record<KindName, Principals>>;
  readonly roles: Principals;
  readonly buckets: readonly Bucket[];
  readonly managed: ManagedPolicies;
  readonly reader: PolicyReader;
  readonly trusts: TrustComparisons;
  /** Undefined for plans of projects that have no access.yaml. */
  readonly access: Access | undefined;
  readonly aws: AwsData;
  /** ARNs of providers that exist in one of the snapshots. */
  readonly providers: readonly string[];
  /** There is drift, and no plan that keeps or reverts it. */
  readonly isWithoutPlan: boolean;
}

/** What is compared with what. */
export interface Step {
  readonly source: "plan" | "drift";
  readonly from: Snapshot;
  readonly to: Snapshot;
}

export const STEPS: readonly Step[] = [
  { source: "plan", from: "current", to: "planned" },
  { source: "drift", from: "recorded", to: "current" },
];

/** @param aws what is known of AWS */
export function planContextOf(
  plans: readonly ReadPlan[],
  access: Access | undefined,
  aws: AwsData,
): PlanContext {
  const timelines = timelinesOf(plans);
  const byType = groupBy(timelines, ({ type }) => type);
  const reader = new PolicyReader();
  const providers = (byType.get("aws_iam_openid_connect_provider") ?? []).flatMap(({ at }) =>
    [at.recorded, at.current, at.planned].flatMap((attributes) => {
      const arn = attributes?.arn;
      return arn?.kind === "value" && typeof arn.value === "string" ? [arn.value] : [];
    }),
  );
  const accountKey = assumedAccountKeys(timelines);
  const principals = {
    role: principalsOf(KINDS.role, byType, accountKey),
    user: principalsOf(KINDS.user, byType, accountKey),
    group: principalsOf(KINDS.group, byType, accountKey),
    "permission set": principalsOf(KINDS["permission set"], byType, accountKey),
  };
  const distinct = [...new Set(providers)];
  return {
    plans,
    timelines,
    byType,
    access,
    aws,
    reader,
    principals,
    roles: principals.role,
    buckets: bucketsOf(byType),
    managed: new ManagedPolicies(byType, reader, aws),
    trusts: new TrustComparisons(distinct, access),
    providers: distinct,
    isWithoutPlan: plans.every(({ facts }) => facts.isWithoutPlan === true),
  };
}

/** Whether a plan, or a change outside of Terraform, affects it in this step. */
export function isTouched({ isPlanned, isDrifted }: Timeline, { source }: Step): boolean {
  return source === "plan" ? isPlanned : isDrifted;
}
