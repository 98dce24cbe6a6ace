/** An answer that is not a success. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** The body, tokens masked. */
  readonly text: string;
}

/** A reset above this is a time in seconds since 1970; below, a number of seconds to wait. */
const EARLIEST_TIME = 1_000_000_000;

/**
 * How long a host asks to wait, in milliseconds: `Retry-After` (RFC 9110, section 10.2.3: seconds
 * or a date), else the reset of a used-up limit (GitHub `x-ratelimit-reset`, GitLab
 * `RateLimit-Reset`: UTC seconds; CircleCI `RateLimit-Reset`, `X-RateLimit-Reset`: seconds from
 * now).
 */
export function retryAfterOf(header: Answer["header"]): number | undefined {
  const after = header("retry-after");
  if (after !== undefined) {
    const ms = /^\d+$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
    return Number.isNaN(ms) ? undefined : Math.max(0, ms);
  }
  const remaining = header("x-ratelimit-remaining") ?? header("ratelimit-remaining");
  const reset = header("x-ratelimit-reset") ?? header("ratelimit-reset");
  if (remaining !== "0" || reset === undefined || !/^\d+$/.test(reset)) return undefined;
  const seconds = Number(reset);
  return seconds < EARLIEST_TIME ? seconds * 1_000 : Math.max(0, seconds * 1_000 - Date.now());
}

/** The message of the host, to be appended to an error; empty if there is none. */
export function saidIn(text: string): string {
  const line = oneLine(text);
  return line === "" ? "" : `: ${line}`;
}

/** Untrusted text for a terminal: one line of at most 300 characters, no control characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
