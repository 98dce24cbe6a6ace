import { ProjectError } from "../../errors";

/** The code of the error that ends a search over its budget. Callers answer `unknown`. */
export const BUDGET_SPENT = "proof-budget-spent";

/**
 * Steps that a proof may take unless its caller says otherwise: well under a second, and memory
 * stays under some hundred megabytes.
 */
const DEFAULT_STEPS = 1_000_000;

/**
 * How much work a proof may still do. It counts steps and not time: the same question gets the same
 * answer on every machine. Whatever can grow without bound (states, sets of positions,
 * combinations) is paid for before it is built.
 */
export class Budget {
  readonly limit: number;
  #left: number;

  constructor(limit: number = DEFAULT_STEPS) {
    this.limit = limit;
    this.#left = limit;
  }

  /** @throws ProjectError `proof-budget-spent` once nothing is left */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) {
      throw new ProjectError({
        code: BUDGET_SPENT,
        message: `the proof needs more than ${this.limit} steps`,
        fix: "use fewer wildcards in the middle of a pattern, or fewer conditions",
      });
    }
  }

  /**
   * Does optional work in at most so many steps. Undefined: it takes more, or finds nothing.
   */
  atMost<T>(steps: number, work: () => T | undefined): T | undefined {
    const kept = Math.max(this.#left - steps, 0);
    this.#left -= kept;
    try {
      return work();
    } catch (error) {
      if (error instanceof ProjectError && error.code === BUDGET_SPENT) return undefined;
      throw error;
    } finally {
      this.#left = Math.max(this.#left, 0) + kept;
    }
  }

  get spent(): number {
    return this.limit - this.#left;
  }
}
