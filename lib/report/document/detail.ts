/** How much of a review a report tells. */
export interface Detail {
  /** What this leaves out of what the step before tells, in words; undefined: nothing. */
  readonly leavesOut?: string;
  /** Characters of one value of an attribute. */
  readonly valueCharacters: number;
  /** Longer values stand folded, each by itself. */
  readonly foldsLonger: boolean;
  readonly attributes: "values" | "names" | "none";
  /**
   * Whether what changes nothing is told: equal policies written differently, findings that were
   * there before, stacks without changes.
   */
  readonly unchanged: boolean;
  readonly proofs: boolean;
  /**
   * `grave`: what destroys or replaces; the rest is counted for each stack. `counts`: the rest is
   * counted for all stacks together.
   */
  readonly resources: "all" | "grave" | "counts";
  /**
   * So many changes of access, findings, and grave changes of resources each; the rest is counted.
   */
  readonly most: number;
}

/** Everything. */
export const EVERYTHING: Detail = {
  valueCharacters: Number.POSITIVE_INFINITY,
  foldsLonger: true,
  attributes: "values",
  unchanged: true,
  proofs: true,
  resources: "all",
  most: Number.POSITIVE_INFINITY,
};

/**
 * From everything to next to nothing, each step less than the one before: what changes for access,
 * and what is destroyed or replaced, goes last of all.
 */
export const STEPS: readonly Detail[] = stepsFrom(EVERYTHING, [
  { leavesOut: "the ends of long values", valueCharacters: 400, foldsLonger: false },
  { leavesOut: "what stays the same", valueCharacters: 120, unchanged: false },
  { leavesOut: "the values of attributes", attributes: "names" },
  { leavesOut: "the names of attributes", attributes: "none" },
  { leavesOut: "resources that are neither destroyed nor replaced", resources: "grave" },
  { leavesOut: "the tokens and calls that prove it", proofs: false },
  { leavesOut: "the table of stacks", resources: "counts" },
  ...[500, 200, 100, 50, 30, 20, 12, 8, 5, 3, 2, 1, 0].map((most) => ({ most })),
]);

function stepsFrom(whole: Detail, changes: readonly Partial<Detail>[]): readonly Detail[] {
  const steps = [whole];
  let last = whole;
  for (const change of changes) {
    const { leavesOut: _, ...kept } = last;
    last = { ...kept, ...change };
    steps.push(last);
  }
  return steps;
}
