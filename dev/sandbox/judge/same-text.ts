import { timingSafeEqual } from "node:crypto";

/** Whether two texts are the same, in a time that does not tell how much of them is. */
export function isSameText(given: string | undefined, wanted: string): boolean {
  const [left, right] = [Buffer.from(given ?? ""), Buffer.from(wanted)];
  return given !== undefined && left.length === right.length && timingSafeEqual(left, right);
}
