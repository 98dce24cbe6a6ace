/**
 * The middle value; of an even number the mean of the two in the middle.
 * @throws RangeError for an empty list: there is no middle of nothing
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError("median of no values");
  return (lower + upper) / 2;
}

export interface Comparison {
  /** Median of all times of one side, in milliseconds. */
  readonly oursMs: number;
  readonly theirsMs: number;
  /** `oursMs / theirsMs`. */
  readonly ratioOfMedians: number;
  /** Median of the ratios turn by turn: what slowed both runs of a turn cancels out. */
  readonly medianOfRatios: number;
}

/** One turn: both sides, run one right after the other. Milliseconds. */
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
