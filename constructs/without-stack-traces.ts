/**
 * Runs cdktf code without the stack traces that it captures for each token: hundreds for each
 * resource, never shown, and two thirds of the time of a large synth. Errors keep their traces,
 * which do not come from `Error.captureStackTrace`.
 */
export function withoutStackTraces<T>(work: () => T): T {
  const captureStackTrace = Error.captureStackTrace;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
