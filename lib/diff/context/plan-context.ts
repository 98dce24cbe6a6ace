import { groupBy } from "../../collections/group-by";
import type { Access } from "../../config/model/model";
import { type OwnedPolicy, policyOwnersOf } from "../handlers/resource-policies/owners";
import type { ReadPlan } from "../read-plan";
import { TrustComparisons } from "../tokens/trust-comparisons";
import { assumedRealms } from "./account-keys";
import { type Bucket, bucketsOf } from "./buckets";
import { ManagedPolicies } from "./managed-policies";
import { PolicyReader } from "./policy-reading";
import { KINDS, type KindName } from "./principal-kinds";
import { type Principals, principalsOf } from "./principals";
import { type Moment, type Timeline, timelinesOf } from "./timelines";

/** All that plans say together, put in order once, and what lends names to it. */
export interface Scene {
  readonly timelines: readonly Timeline[];
  readonly byType: ReadonlyMap<string, readonly Timeline[]>;
  /** Users, groups and permission sets have what roles have, but for a trust policy. */
  readonly principals: Readonly<Record<KindName, Principals>>;
  readonly roles: Principals;
  readonly buckets: readonly Bucket[];
  /** Policies of other resources. */
  readonly policies: readonly OwnedPolicy[];
  readonly managed: ManagedPolicies;
  readonly reader: PolicyReader;
  readonly trusts: TrustComparisons;
  /** Undefined for plans of projects that have no access.yaml. */
  readonly access: Access | undefined;
  /** ARNs of providers that exist at one of the moments. */
  readonly providers: readonly string[];
}

/** What is compared with what. */
export interface Step {
  readonly source: "plan" | "drift";
  readonly from: Moment;
  readonly to: Moment;
}

export const STEPS: readonly Step[] = [
  { source: "plan", from: "found", to: "planned" },
  { source: "drift", from: "was", to: "found" },
];

export function sceneOf(plans: readonly ReadPlan[], access: Access | undefined): Scene {
  const timelines = timelinesOf(plans);
  const byType = groupBy(timelines, ({ type }) => type);
  const reader = new PolicyReader();
  const providers = (byType.get("aws_iam_openid_connect_provider") ?? []).flatMap(({ at }) =>
    [at.was, at.found, at.planned].flatMap((attributes) => {
      const arn = attributes?.arn;
      return arn?.kind === "value" && typeof arn.value === "string" ? [arn.value] : [];
    }),
  );
  const realm = assumedRealms(timelines);
  const principals = {
    role: principalsOf(KINDS.role, byType, realm),
    user: principalsOf(KINDS.user, byType, realm),
    group: principalsOf(KINDS.group, byType, realm),
    "permission set": principalsOf(KINDS["permission set"], byType, realm),
  };
  const distinct = [...new Set(providers)];
  return {
    timelines,
    byType,
    access,
    reader,
    principals,
    roles: principals.role,
    buckets: bucketsOf(byType),
    policies: policyOwnersOf(timelines),
    managed: new ManagedPolicies(timelines, reader),
    trusts: new TrustComparisons(distinct, access),
    providers: distinct,
  };
}

/** Whether a plan, or somebody's hand, has done anything with it in this step. */
export function isTouched({ isPlanned, isDrifted }: Timeline, { source }: Step): boolean {
  return source === "plan" ? isPlanned : isDrifted;
}
