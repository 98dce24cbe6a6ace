import { compareText } from "../../collections/sort";
import type { Access } from "../../config/model/model";
import { accessChangesOf } from "../../diff/access-changes";
import type { ReadPlan } from "../../diff/model/facts";
import { notExaminedOf } from "../../diff/not-examined-of";
import type { AwsData } from "../../iam/data/aws-data";
import { endingsOf } from "./endings";
import type { LeftOut, Review } from "./review";

interface ReviewOptions {
  /** Names for ids; undefined for plans of a project without access.yaml. */
  readonly access?: Access;
  /** What is known of AWS. Default: only those that follow from a description. */
  readonly aws?: AwsData;
  readonly commit?: string;
  readonly leftOut?: readonly LeftOut[];
  /** The clock: ISO 8601 in UTC, to the second. Undefined: what ends is not reported. */
  readonly at?: string;
  /** The plans are those of the stacks of `access`: its entries that end are reported. */
  readonly isOwn?: boolean;
}

/** The review of several plans together: changes, and who gains or loses access. */
export function reviewOf(
  plans: readonly ReadPlan[],
  { access, aws, commit, leftOut = [], at, isOwn = false }: ReviewOptions,
): Review {
  const byName = plans.toSorted((one, other) => compareText(one.review.name, other.review.name));
  const changes = accessChangesOf(byName, access, aws);
  const names = new Set([...byName.map(({ review }) => review.name), ...leftOut.map(({ name }) => name)]);
  const file = isOwn ? access : undefined;
  const endings = at === undefined ? [] : endingsOf(changes.access, file, names, at);
  return {
    schemaVersion: 1,
    ...(commit === undefined ? {} : { commit }),
    stacks: byName.map(({ review }) => review),
    leftOut: leftOut.toSorted((one, other) => compareText(one.name, other.name)),
    ...changes,
    notExamined: notExaminedOf(byName, changes.access),
    ...(endings.length === 0 ? {} : { endings }),
  };
}
