/**
 * How many random cases a property gets: what fits into every test run, or with `LONG=1` what takes
 * a coffee break.
 */
export function cases(normal: number, long: number): { readonly numRuns: number } {
  return { numRuns: process.env.LONG === "1" ? long : normal };
}
