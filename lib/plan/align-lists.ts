/** The element at `after` was at `before`. One of them undefined: it is added, or removed. */
export interface Pair {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** How alike two elements are that are not equal, from 0 (another one) to 1. */
type Likeness = (before: number, after: number) => number;

/**
 * Beyond so many comparisons order is given up: what is equal is paired by content alone, in linear
 * time.
 */
const MOST_COMPARISONS = 250_000;
/** Beyond so many comparisons what is left is paired by its place. */
const MOST_LIKENESSES = 2_500;

/**
 * Which element of a list became which, so that one that is added changes nothing else: equal ones
 * in their order (longest common subsequence), then what is left between them by likeness.
 * @param before a text for each element, equal where the elements are
 * @returns those that are not equal, by their place; what is equal and in its order is left out
 */
export function unequalPairs(
  before: readonly string[],
  after: readonly string[],
  likeness: Likeness,
): readonly Pair[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const [olds, news] = [range(start, before.length - end), range(start, after.length - end)];
  const gaps =
    olds.length * news.length > MOST_COMPARISONS
      ? [byContent(before, after, olds, news)]
      : byOrder(before, after, olds, news);
  return gaps
    .flatMap((gap) => pairsOf(gap, likeness))
    .sort((one, other) => (one.after ?? one.before ?? 0) - (other.after ?? other.before ?? 0));
}

/** Elements between two that are equal. */
interface Gap {
  /**
   * How far apart two places are, which are counted from the beginning of the gap, or of the list
   * where a gap is all of it.
   */
  readonly from: "gap" | "list";
  readonly olds: readonly number[];
  readonly news: readonly number[];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function byContent(
  before: readonly string[],
  after: readonly string[],
  olds: readonly number[],
  news: readonly number[],
): Gap {
  const left = new Map<string, number>();
  for (const index of olds) count(left, before[index] ?? "", 1);
  const added = news.filter((index) => !takes(left, after[index] ?? ""));
  // Elements that are not matched are removed: of equal ones the last.
  const removed = olds.toReversed().filter((index) => takes(left, before[index] ?? ""));
  return { from: "list", olds: removed.toReversed(), news: added };
}

function count(counts: Map<string, number>, text: string, by: number): void {
  counts.set(text, (counts.get(text) ?? 0) + by);
}

function takes(counts: Map<string, number>, text: string): boolean {
  if ((counts.get(text) ?? 0) <= 0) return false;
  count(counts, text, -1);
  return true;
}

function byOrder(
  before: readonly string[],
  after: readonly string[],
  olds: readonly number[],
  news: readonly number[],
): readonly Gap[] {
  const width = news.length + 1;
  const lengths = new Uint32Array((olds.length + 1) * width);
  const isEqual = (row: number, column: number): boolean =>
    before[olds[row] ?? -1] === after[news[column] ?? -1];
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = olds.length - 1; row >= 0; row -= 1)
    for (let column = news.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] = isEqual(row, column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
  const gaps: { from: "gap"; olds: number[]; news: number[] }[] = [{ from: "gap", olds: [], news: [] }];
  let [row, column] = [0, 0];
  while (row < olds.length || column < news.length) {
    const gap = gaps.at(-1);
    if (row < olds.length && column < news.length && isEqual(row, column)) {
      gaps.push({ from: "gap", olds: [], news: [] });
      [row, column] = [row + 1, column + 1];
    } else if (
      column >= news.length ||
      (row < olds.length && lengthAt(row + 1, column) >= lengthAt(row, column + 1))
    ) {
      gap?.olds.push(olds[row] ?? 0);
      row += 1;
    } else {
      gap?.news.push(news[column] ?? 0);
      column += 1;
    }
  }
  return gaps;
}

/** The most alike first; of those alike to the same degree the nearest. */
function pairsOf({ from, olds, news }: Gap, likeness: Likeness): readonly Pair[] {
  if (olds.length * news.length > MOST_LIKENESSES) {
    return range(0, Math.max(olds.length, news.length)).map((index) => ({
      before: olds[index],
      after: news[index],
    }));
  }
  const candidates = olds.flatMap((before, row) =>
    news.map((after, column) => ({
      before,
      after,
      score: likeness(before, after),
      apart: Math.abs(from === "gap" ? row - column : before - after),
    })),
  );
  const [leftOld, leftNew] = [new Set(olds), new Set(news)];
  const pairs: Pair[] = [];
  for (const { before, after } of candidates
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.apart - other.apart)) {
    if (!leftOld.has(before) || !leftNew.has(after)) continue;
    leftOld.delete(before);
    leftNew.delete(after);
    pairs.push({ before, after });
  }
  return [
    ...pairs,
    ...[...leftOld].map((before): Pair => ({ before, after: undefined })),
    ...[...leftNew].map((after): Pair => ({ before: undefined, after })),
  ];
}
