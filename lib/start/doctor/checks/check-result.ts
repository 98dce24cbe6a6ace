/** What became of one check. */
export interface CheckResult {
  /** Such as `state bucket`. */
  readonly what: string;
  /** `unknown`: it could not be looked at, and nothing was found wrong. */
  readonly state: "good" | "wrong" | "unknown";
  /** One line: what was found, or why it could not be looked at. */
  readonly detail: string;
  /** The command or the change that mends it. */
  readonly fix?: string;
  /** Whether a deploy would stop or do harm because of it. Default: it would, where it is wrong. */
  readonly isHarmless?: true;
}

export function good(what: string, detail: string): CheckResult {
  return { what, state: "good", detail };
}

export function wrong(what: string, detail: string, fix: string): CheckResult {
  return { what, state: "wrong", detail, fix };
}

/** Wrong, and no deploy stops because of it. */
export function doubtful(what: string, detail: string, fix: string): CheckResult {
  return { what, state: "wrong", detail, fix, isHarmless: true };
}

export function unknown(what: string, detail: string, fix?: string): CheckResult {
  return { what, state: "unknown", detail, ...(fix === undefined ? {} : { fix }) };
}

/** Whether a deploy would stop. */
export function stops({ state, isHarmless }: CheckResult): boolean {
  return state === "wrong" && isHarmless !== true;
}
