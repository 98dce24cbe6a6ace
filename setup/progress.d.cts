export interface Progress {
  /**
   * Shows a step while it runs, its elapsed time, and its outcome. Several steps may run at once.
   * @param work is given a function that reports progress, such as "12 of 26 MB"
   * @param describe the outcome in a few words; default: "done"
   */
  step<T>(
    label: string,
    work: (report: (detail: string) => void) => Promise<T>,
    describe?: (result: T) => string,
  ): Promise<T>;
  /** Prints a separate line, above a running spinner. */
  note(line: string): void;
}

/** The output stream of progress, reduced to what is used so that tests can replace it. */
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
