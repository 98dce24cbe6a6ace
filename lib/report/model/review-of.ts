import { compareText } from "../../collections/sort";
import type { Access } from "../../config/model/model";
import { accessChangesOf } from "../../diff/access-changes";
import type { ReadPlan } from "../../diff/model/facts";
import { notExaminedOf } from "../../diff/not-examined-of";
import type { AwsData } from "../../iam/data/aws-data";
import type { LeftOut, Review } from "./review";

interface ReviewOptions {
  /** Names for ids; undefined for plans of a project without access.yaml. */
  readonly access?: Access;
  /** What is known of AWS. Default: only those that follow from a description. */
  readonly aws?: AwsData;
  readonly commit?: string;
  readonly leftOut?: readonly LeftOut[];
}

/** The review of several plans together: changes, and who gains or loses access. */
export function reviewOf(
  plans: readonly ReadPlan[],
  { access, aws, commit, leftOut = [] }: ReviewOptions,
): Review {
  const byName = plans.toSorted((one, other) => compareText(one.review.name, other.review.name));
  const changes = accessChangesOf(byName, access, aws);
  return {
    schemaVersion: 1,
    ...(commit === undefined ? {} : { commit }),
    stacks: byName.map(({ review }) => review),
    leftOut: leftOut.toSorted((one, other) => compareText(one.name, other.name)),
    ...changes,
    notExamined: notExaminedOf(byName, changes.access),
  };
}
