import type { Snapshot, Timeline } from "../../context/timelines";
import type { AttributeValue } from "../../model/facts";
import { ownedAfter, ownsList } from "../../permissions/inline-policies";

/**
 * A resource of AWS that has a policy of its own, such as a bucket, and what of the plans says what
 * the policy is.
 */
export interface PolicyOwner {
  readonly aspect: "bucket-policy" | "resource-policy";
  /** As it is called in sentences: its name, ARN or address. */
  readonly name: string;
  /** The owner itself in that snapshot; undefined: it is not there, or no plan holds it. */
  readonly holderAt: (snapshot: Snapshot) => Timeline | undefined;
  /** The resource that declares the policy and nothing else, such as `aws_s3_bucket_policy`. */
  readonly separateAt: (snapshot: Snapshot) => Timeline | undefined;
  /** Whether it exists then. One that no plan holds does all the time, as far as one can see. */
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

/**
 * The resource of its own declares it; without one, what the owner's own resource mirrors is there
 * all the same.
 */
export function policyAt(owner: PolicyOwner, snapshot: Snapshot): AttributeValue | undefined {
  const { attribute, holderAt, separateAt, policyIn } = owner;
  const separate = separateAt(snapshot);
  // A policy of a resource that has none in it is no policy that could be read.
  if (separate !== undefined) return policyIn(separate, snapshot) ?? { kind: "value", value: "" };
  const holder = holderAt(snapshot);
  const own = holder === undefined ? undefined : policyIn(holder, snapshot);
  if (snapshot === "current") return own;
  if (snapshot === "recorded") {
    const now = holderAt("current");
    // What the mirror still showed and is gone was taken away by Terraform, as far as one can see.
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
