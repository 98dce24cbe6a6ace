/** The result of one check. */
export interface CheckResult {
  /** Such as `state bucket`. */
  readonly what: string;
  /** `unknown`: the check could not be completed. */
  readonly state: "good" | "wrong" | "unknown";
  /** One line: what was found, or why the check could not be completed. */
  readonly detail: string;
  /** The command or the change that fixes a failed check. */
  readonly fix?: string;
  /** Set where a failed check does not block a deploy. */
  readonly isHarmless?: true;
}

export function good(what: string, detail: string): CheckResult {
  return { what, state: "good", detail };
}

export function wrong(what: string, detail: string, fix: string): CheckResult {
  return { what, state: "wrong", detail, fix };
}

/** A failed check that does not block a deploy. */
export function warning(what: string, detail: string, fix: string): CheckResult {
  return { what, state: "wrong", detail, fix, isHarmless: true };
}

export function unknown(what: string, detail: string, fix?: string): CheckResult {
  return { what, state: "unknown", detail, ...(fix === undefined ? {} : { fix }) };
}

/** Whether this result blocks a deploy. */
export function stops({ state, isHarmless }: CheckResult): boolean {
  return state === "wrong" && isHarmless !== true;
}

/** An error's message on one line, as a check's detail. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replaceAll(/\s*\n\s*/g, "; ").trim();
}
