import type { ResourceChange, ShownValue } from "../../plan/resource-change";
import type { Review } from "../model/review";
import type { Detail } from "./detail";

function lengthOf(value: ShownValue, most: number): number {
  return value.kind === "text" ? Math.min(value.text.length, most) : 0;
}

/**
 * A lower bound for the characters of a report with this much detail, so that a report of megabytes
 * is not printed only to find that it does not fit. It counts addresses, attribute paths and values.
 */
export function leastCharacters({ stacks }: Review, detail: Detail): number {
  if (detail.resources !== "all") return 0;
  let sum = 0;
  for (const { resources, drift, deferred } of stacks) {
    for (const changes of [resources, drift, deferred])
      for (const change of changes) sum += ofChange(change, detail);
  }
  return sum;
}

function ofChange({ address, attributes }: ResourceChange, detail: Detail): number {
  let sum = oneWord(address);
  if (detail.attributes === "none") return sum;
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
