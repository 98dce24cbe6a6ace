import type { ErrorCode } from "./error-codes/error-codes";

export type { ErrorCode } from "./error-codes/error-codes";

/** Exit code of a failed command: 1 = the action or a gate failed, 2 = invalid input or call. */
type FailureExit = 1 | 2;

export interface ProjectErrorOptions {
  /** Tests and scripts rely on it, never on the message. */
  readonly code: ErrorCode;
  /** One sentence: what happened, where, and what was found. */
  readonly message: string;
  /** What the reader can do about it. */
  readonly fix?: string;
  /** The offending value, as found. */
  readonly found?: string;
  readonly exitCode?: FailureExit;
  readonly cause?: unknown;
}

/** The base class of all expected errors of this project. */
export class ProjectError extends Error {
  readonly code: ErrorCode;
  readonly fix: string | undefined;
  readonly found: string | undefined;
  readonly exitCode: FailureExit;

  constructor(options: ProjectErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ProjectError";
    this.code = options.code;
    this.fix = options.fix;
    this.found = options.found;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** An error as printed: code, message and fix; the stack only of an unexpected error. */
export function describeError(error: unknown): string {
  if (error instanceof ProjectError) {
    const fix = error.fix === undefined ? "" : `\n  → ${error.fix}`;
    return `error[${error.code}]: ${error.message}${fix}`;
  }
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}

/** 2 for invalid input, 1 for every other error. */
export function exitCodeOf(error: unknown): FailureExit {
  return error instanceof ProjectError ? error.exitCode : 1;
}
