/**
 * The median; for an even number of values, the mean of the two in the middle.
 * @throws RangeError for an empty list
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError("median of no values");
  return (lower + upper) / 2;
}

export interface Comparison {
  /** Median of one side, in milliseconds. */
  readonly oursMs: number;
  readonly theirsMs: number;
  /** `oursMs / theirsMs`. */
  readonly ratioOfMedians: number;
  /** Median of the ratios of the turns. What slows down a whole turn cancels out. */
  readonly medianOfRatios: number;
}

/** A turn: both sides, one after the other. In milliseconds. */
export interface Turn {
  readonly oursMs: number;
  readonly theirsMs: number;
}

/** @throws RangeError without a turn */
export function compareTurns(turns: readonly Turn[]): Comparison {
  const oursMs = median(turns.map((turn) => turn.oursMs));
  const theirsMs = median(turns.map((turn) => turn.theirsMs));
  return {
    oursMs,
    theirsMs,
    ratioOfMedians: oursMs / theirsMs,
    medianOfRatios: median(turns.map((turn) => turn.oursMs / turn.theirsMs)),
  };
}
