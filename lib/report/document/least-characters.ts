import type { ResourceChange, ShownValue } from "../../plan/resource-change";
import type { Review } from "../model/review";
import type { Detail } from "./detail";
import { withSameDifference } from "./same-difference";

function lengthOf(value: ShownValue, most: number): number {
  return value.kind === "text" ? Math.min(value.text.length, most) : 0;
}

/**
 * A lower bound for the characters of a report with this much detail, so that a report of megabytes
 * is not printed only to find that it does not fit. It counts addresses, attribute paths and
 * values.
 */
export function leastCharacters({ stacks }: Review, detail: Detail): number {
  if (detail.resources !== "all") return 0;
  let sum = 0;
  for (const { resources, drift, deferred } of stacks) {
    for (const changes of [resources, drift, deferred]) sum += ofChanges(changes, detail);
  }
  return sum;
}

function ofChanges(changes: readonly ResourceChange[], detail: Detail): number {
  let sum = 0;
  for (const { address } of changes) sum += oneWord(address);
  if (detail.attributes === "none") return sum;
  const shown = detail.attributes === "values" ? withSameDifference(changes) : changes.map((one) => [one]);
  for (const [first] of shown) if (first !== undefined) sum += ofAttributes(first, detail);
  return sum;
}

function ofAttributes({ attributes }: ResourceChange, detail: Detail): number {
  let sum = 0;
  for (const { path, before, after, statements } of attributes) {
    sum += oneWord(path);
    if (detail.attributes === "names" || statements !== undefined) continue;
    const [old, now] = [lengthOf(before, detail.valueCharacters), lengthOf(after, detail.valueCharacters)];
    // Of two texts the equal parts are cut.
    sum += before.kind === "text" && after.kind === "text" ? 0 : old + now;
  }
  return sum;
}

/** 0 where there is white space: several blanks are printed as one. */
function oneWord(text: string): number {
  return /\s/.test(text) ? 0 : text.length;
}
