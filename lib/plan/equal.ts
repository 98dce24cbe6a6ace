import { isFolder } from "./sensitive/marks";

/** Whether two JSON values are equal, in any order of their keys. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    for (let at = 0; at < one.length; at += 1) if (!isEqual(one[at], other[at])) return false;
    return true;
  }
  if (!isFolder(one) || !isFolder(other)) return false;
  // Without a list of the keys: a large plan is compared whole.
  let more = 0;
  for (const key in one) {
    if (!Object.hasOwn(other, key) || !isEqual(one[key], other[key])) return false;
    more += 1;
  }
  for (const _ in other) more -= 1;
  return more === 0;
}
