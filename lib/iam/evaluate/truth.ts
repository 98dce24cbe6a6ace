/** Kleene's three values. `unknown` depends on what the request leaves open. */
export type Truth = boolean | "unknown";

export function notTruth(one: Truth): Truth {
  return one === "unknown" ? one : !one;
}

/** Whether it holds for every item; true without items. */
export function everyTruth<T>(of: readonly T[], holds: (one: T) => Truth): Truth {
  let result: Truth = true;
  for (const one of of) {
    const value = holds(one);
    if (value === false) return false;
    if (value === "unknown") result = "unknown";
  }
  return result;
}

/** Whether it holds for any item; false without items. */
export function someTruth<T>(of: readonly T[], holds: (one: T) => Truth): Truth {
  let result: Truth = false;
  for (const one of of) {
    const value = holds(one);
    if (value === true) return true;
    if (value === "unknown") result = "unknown";
  }
  return result;
}
