/**
 * What is repeated to measure it: all of it, or a tenth with `BENCH_BRIEF=1`, for who asks what the
 * bench prints and not how long something takes.
 */
export function repeated(count: number): number {
  return process.env.BENCH_BRIEF === "1" ? Math.ceil(count / 10) : count;
}
