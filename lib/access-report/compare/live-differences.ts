import type { LiveComparison } from "../../live/compare/compare-account";
import { placeOf } from "../../report/rows/lifecycle";
import type { ReportLive } from "../model/differences";
import { differenceRows, notComparedIn } from "./difference-rows";

/**
 * Where an account differs from the file, for the report. An account is as the file declares it
 * only if nothing differs, nothing was refused, and something was examined. Pure.
 */
export function liveDifferences({ account, review, examined }: LiveComparison): ReportLive {
  const rows = differenceRows(review);
  const notExamined = notComparedIn(review);
  const told = new Set(
    review.access
      .filter(({ relation }) => relation !== "same")
      .flatMap(({ stack, addresses }) => addresses.map((address) => placeOf(stack, address))),
  );
  const drift = review.stacks.flatMap(({ name, drift }) =>
    drift.map(({ address }) => ({ address, place: placeOf(name, address) })),
  );
  const { roles, providers, buckets } = examined;
  const isWhole = notExamined.length === 0 && roles + providers + buckets > 0;
  return {
    account,
    outcome:
      rows.length > 0 ? "differs" : drift.length > 0 ? "same-access" : isWhole ? "as-declared" : "partial",
    examined,
    rows,
    withoutEffect: drift.filter(({ place }) => !told.has(place)).map(({ address }) => address),
    notExamined,
    review,
  };
}
