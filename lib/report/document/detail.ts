/** How much of a review a report shows. */
export interface Detail {
  /** What this step omits that the step before shows, in words; undefined: nothing. */
  readonly omits?: string;
  /** The longest value of an attribute, in characters; the rest is cut. */
  readonly valueCharacters: number;
  /** Whether long values are folded, each by itself. */
  readonly foldsLonger: boolean;
  readonly attributes: "values" | "names" | "none";
  /**
   * Whether unchanged items are shown: equivalent policies, existing findings, names of stacks
   * without changes.
   */
  readonly unchanged: boolean;
  /** Whether each row of access has its details: the changes that it stands for, in sentences. */
  readonly sentences: boolean;
  /** Whether these have the tokens and calls that prove them. */
  readonly evidence: boolean;
  /**
   * `destructive`: only what destroys or replaces; the rest is counted for each stack. `counts`:
   * the rest is counted for all stacks together.
   */
  readonly resources: "all" | "destructive" | "counts";
  /** The most items of each list: access, findings, destructive changes. The rest is counted. */
  readonly most: number;
}

export const EVERYTHING: Detail = {
  valueCharacters: Number.POSITIVE_INFINITY,
  foldsLonger: true,
  attributes: "values",
  unchanged: true,
  sentences: true,
  evidence: true,
  resources: "all",
  most: Number.POSITIVE_INFINITY,
};

/**
 * From everything down to counts, each step shorter than the one before. Changes of access, and
 * destroyed or replaced resources, are omitted last.
 */
export const STEPS: readonly Detail[] = stepsFrom(EVERYTHING, [
  { omits: "the ends of long values", valueCharacters: 400, foldsLonger: false },
  { omits: "unchanged items", valueCharacters: 120, unchanged: false },
  { omits: "attribute values", attributes: "names" },
  { omits: "attribute names", attributes: "none" },
  { omits: "resources that are neither destroyed nor replaced", resources: "destructive" },
  { omits: "evidence", evidence: false },
  { omits: "the stack table", resources: "counts" },
  { omits: "the details of changes of access", sentences: false },
  ...[500, 200, 100, 50, 30, 20, 12, 8, 5, 3, 2, 1, 0].map((most) => ({ most })),
]);

function stepsFrom(whole: Detail, changes: readonly Partial<Detail>[]): readonly Detail[] {
  const steps = [whole];
  let last = whole;
  for (const change of changes) {
    const { omits: _, ...kept } = last;
    last = { ...kept, ...change };
    steps.push(last);
  }
  return steps;
}
