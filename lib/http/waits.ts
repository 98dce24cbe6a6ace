/**
 * The longest time that one command waits for a host, in total. A longer wait looks like a hang.
 */
const MOST_WAIT_MS = 5 * 60_000;

export interface WaitOptions {
  /** All waits together for rate limits and between writes, in milliseconds. Default: 5 minutes. */
  readonly mostMs?: number;
  /** Before the first retry, in milliseconds; each later one waits longer. Default: 1,000. */
  readonly firstMs?: number;
  /** Called for each wait of 2 seconds or more. */
  readonly note?: (text: string) => void;
}

/** Shorter waits are not announced. */
const ANNOUNCED_MS = 2_000;

/** The time for waiting on one host, over all its calls. */
export class Waits {
  readonly firstMs: number;
  readonly #note: (text: string) => void;
  #leftMs: number;

  constructor({ mostMs = MOST_WAIT_MS, firstMs = 1_000, note = () => {} }: WaitOptions = {}) {
    this.#leftMs = mostMs;
    this.firstMs = firstMs;
    this.#note = note;
  }

  /** Takes a wait off the time left. @returns false: it is too long, and nothing was taken */
  grant(ms: number, why: string): boolean {
    if (ms > this.#leftMs) return false;
    this.#leftMs -= ms;
    if (ms >= ANNOUNCED_MS) this.#note(`waiting ${Math.ceil(ms / 1_000)} s: ${why}`);
    return true;
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
