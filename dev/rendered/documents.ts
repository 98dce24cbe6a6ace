import type { Review } from "../../lib/report/model/review";
import { goldenNames } from "../golden/cases";
import { reviewOfGolden, reviewOfSituation } from "../golden/report-of";
import { situationNames } from "../golden/situations";

/** A golden report, to be rendered. */
export interface Rendered {
  readonly name: string;
  readonly review: Review;
}

/** The names of all golden reports: the situations of real repositories first. */
export const documentNames: readonly string[] = [...situationNames, ...goldenNames];

/** The reviews of golden reports. @param wanted of `documentNames` */
export function documents(wanted: readonly string[] = documentNames): readonly Rendered[] {
  const situations = situationNames.filter((name) => wanted.includes(name));
  const golden = goldenNames.filter((name) => wanted.includes(name));
  return [
    ...situations.map((name) => ({ name, review: reviewOfSituation(name) })),
    ...golden.map((name) => ({ name, review: reviewOfGolden(name) })),
  ];
}
