/**
 * Maximum factor by which one more project may cost more at a larger size, before growth counts as
 * worse than linear. Linear growth gives 1, n·log n between 100 and 1,000 gives 1.5, and n² gives
 * 10. docs/benchmarks.md has the values of a quiet machine.
 */
export const NOISE_FACTOR = 1.4;

/** The cost of a size in milliseconds or bytes. Size 0 costs nothing. */
interface Point {
  /** Number of projects, 1 or more. */
  readonly size: number;
  readonly cost: number;
}

export interface Growth {
  /**
   * The cost of one more project between each size and the previous one, starting from 0 projects.
   */
  readonly perProject: readonly number[];
  /**
   * The largest ratio of a cost per project to the smallest one at a smaller size. 1 or less: the
   * cost never increases.
   */
  readonly factor: number;
  readonly linear: boolean;
}

/**
 * Whether the cost of one more project is constant. Fixed costs count for the first size only, and
 * do not hide growth at larger sizes.
 * @param points in ascending order of size
 * @returns undefined for fewer than two sizes
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
 * Noise can make a larger size cheaper than a smaller one. Every later cost above 0 is then
 * infinitely larger.
 */
function ratio(cost: number, cheapest: number): number {
  if (cost <= 0) return 0;
  return cheapest <= 0 ? Number.POSITIVE_INFINITY : cost / cheapest;
}
