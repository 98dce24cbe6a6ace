/**
 * Runs cdktf code without the stack traces that it takes for each of its tokens: hundreds a
 * resource, two thirds of the time of a large synth, and never shown. Errors keep theirs: those do
 * not come from `Error.captureStackTrace`.
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
