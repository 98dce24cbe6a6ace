import type { Snapshot, Timeline } from "../../context/timelines";
import type { AttributeValue } from "../../model/facts";
import { ownedAfter, ownsList } from "../../permissions/inline-policies";

/**
 * An AWS resource with a policy of its own, such as a bucket, and the resources in the plans that
 * declare the policy.
 */
export interface PolicyOwner {
  readonly aspect: "bucket-policy" | "resource-policy";
  /** As it is called in sentences: its name, ARN or address. */
  readonly name: string;
  /** As a change is about it, where its kind is said too. Absent: its name. */
  readonly subject?: string;
  /** The owner in that snapshot; undefined: it does not exist, or is in no plan. */
  readonly holderAt: (snapshot: Snapshot) => Timeline | undefined;
  /** The resource that declares the policy and nothing else, such as `aws_s3_bucket_policy`. */
  readonly separateAt: (snapshot: Snapshot) => Timeline | undefined;
  /** Whether it exists in that snapshot. An owner that is in no plan is assumed to exist. */
  readonly isThereAt: (snapshot: Snapshot) => boolean;
  /**
   * The attribute of the owner that holds its policy, or shows what the separate resource declares.
   */
  readonly attribute: string;
  /** The policy in a resource of a plan. */
  readonly policyIn: (timeline: Timeline, snapshot: Snapshot) => AttributeValue | undefined;
  /** All resources of plans that are it, or declare its policy. */
  readonly parts: readonly Timeline[];
}

/** The separate policy resource declares it. Without one, the owner's own attribute shows it. */
export function policyAt(owner: PolicyOwner, snapshot: Snapshot): AttributeValue | undefined {
  const { attribute, holderAt, separateAt, policyIn } = owner;
  const separate = separateAt(snapshot);
  // A policy resource without a policy could not be read.
  if (separate !== undefined) return policyIn(separate, snapshot) ?? { kind: "value", value: "" };
  const holder = holderAt(snapshot);
  const own = holder === undefined ? undefined : policyIn(holder, snapshot);
  if (snapshot === "current") return own;
  if (snapshot === "recorded") {
    const now = holderAt("current");
    // The owner's attribute has the policy, and its declaration is removed: Terraform removed it.
    const isShown = now !== undefined && policyIn(now, "current") !== undefined;
    return ownsList(holder, attribute) || isShown ? own : undefined;
  }
  const before = holderAt("current");
  if (holder === undefined) return undefined;
  const isNew = before === undefined || holder.isReplaced;
  if (ownedAfter(holder, attribute, isNew)) return own;
  const isRemoved = separateAt("current") !== undefined;
  return isNew || isRemoved ? undefined : policyIn(before, "current");
}
