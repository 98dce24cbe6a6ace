/** `unknown`: on some of the refs, or not to be told. */
export type Truth = boolean | "unknown";

export function and(one: Truth, other: Truth): Truth {
  if (one === false || other === false) return false;
  return one === true && other === true ? true : "unknown";
}

export function or(one: Truth, other: Truth): Truth {
  return not(and(not(one), not(other)));
}

export function not(one: Truth): Truth {
  return one === "unknown" ? one : !one;
}
