export interface Progress {
  /**
   * Shows that the work is being done, for how long, and how it ended. Several may run at once.
   * @param work is given a function that tells how far it is, e.g. "12 of 26 MB"
   */
  step<T>(label: string, work: (report: (detail: string) => void) => Promise<T>): Promise<T>;
  /** A line of its own, above a running spinner. */
  note(line: string): void;
}

/** Where progress goes; only what is used of a stream, so that tests can look at it. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * A spinner with elapsed time on a terminal, plain lines elsewhere or where CI is set; no colour
 * where NO_COLOR is set.
 * @param options.stream standard error unless told otherwise
 */
export function createProgress(options?: {
  readonly stream?: ProgressStream;
  readonly env?: NodeJS.ProcessEnv;
}): Progress;
