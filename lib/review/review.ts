import type { Access } from "../access/model";
import { compareText } from "../access/sort";
import { accessChangesOf } from "./access/access-changes";
import type { LeftOut, Review } from "./model/review";
import { notExaminedOf } from "./not-examined-of";
import type { ReadPlan } from "./read-plan";

export interface ReviewOptions {
  /** Lends names to ids; undefined for plans of projects that have no access.yaml. */
  readonly access?: Access;
  readonly commit?: string;
  readonly leftOut?: readonly LeftOut[];
}

/** What plans mean together: what changes, and who can get in afterwards that could not before. */
export function reviewOf(
  plans: readonly ReadPlan[],
  { access, commit, leftOut = [] }: ReviewOptions,
): Review {
  const byName = plans.toSorted((one, other) => compareText(one.review.name, other.review.name));
  const changes = accessChangesOf(byName, access);
  return {
    schemaVersion: 1,
    ...(commit === undefined ? {} : { commit }),
    stacks: byName.map(({ review }) => review),
    leftOut: leftOut.toSorted((one, other) => compareText(one.name, other.name)),
    ...changes,
    notExamined: notExaminedOf(byName, changes.access),
  };
}
