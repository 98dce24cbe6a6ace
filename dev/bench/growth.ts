/**
 * By how much one more project may cost more at a larger size before growth counts as worse than
 * linear. Linear growth gives 1, n·log n between 100 and 1,000 gives 1.5, n² gives 10;
 * docs/benchmarks.md has what a quiet machine gives.
 */
export const NOISE_FACTOR = 1.4;

/**
 * What a size costs: milliseconds or bytes, of work that grows with the size. A size of 0 costs
 * nothing.
 */
export interface Point {
  /** Number of projects, 1 or more. */
  readonly size: number;
  readonly cost: number;
}

export interface Growth {
  /**
   * The cost of one more project between each size and the one before it; before the first size
   * there are no projects.
   */
  readonly perProject: readonly number[];
  /**
   * The largest ratio of a later cost per project to the smallest earlier one. At most 1: never
   * dearer than before.
   */
  readonly factor: number;
  readonly linear: boolean;
}

/**
 * Whether one more project costs the same however many there are. What is paid once counts for the
 * first size alone, so it cannot hide growth further on.
 * @param points in ascending order of size
 * @returns undefined for fewer than two sizes: one tells nothing about growth
 */
export function growthOf(points: readonly Point[]): Growth | undefined {
  if (points.length < 2) return undefined;
  let before: Point = { size: 0, cost: 0 };
  let cheapest = Number.POSITIVE_INFINITY;
  let factor = 0;
  const perProject: number[] = [];
  for (const point of points) {
    if (point.size <= before.size) throw new RangeError("sizes must ascend");
    const cost = (point.cost - before.cost) / (point.size - before.size);
    if (perProject.length > 0) factor = Math.max(factor, ratio(cost, cheapest));
    perProject.push(cost);
    cheapest = Math.min(cheapest, cost);
    before = point;
  }
  return { perProject, factor, linear: factor <= NOISE_FACTOR };
}

/**
 * A larger size can come out cheaper by noise alone: what follows is then dearer beyond any factor
 * unless it is free too.
 */
function ratio(cost: number, cheapest: number): number {
  if (cost <= 0) return 0;
  return cheapest <= 0 ? Number.POSITIVE_INFINITY : cost / cheapest;
}
