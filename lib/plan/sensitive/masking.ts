import { readingsOf } from "./escapes";
import { finderOf, type Range } from "./find-needles";
import { needlesFor } from "./needles";
import { secretsIn } from "./secrets";

/** Replaces a secret. */
export const MASK = "(sensitive)";

/** Masks every secret in a text. */
export type Mask = (text: string) => string;

/** The mask of a plan without secrets. */
export const NO_SECRETS: Mask = (text) => text;

/** The number of layers of escapes: JSON in a policy in a container definition in a template. */
const MOST_LAYERS = 4;

/**
 * Masks in any text what a plan or state marks as sensitive: plain, escaped for JSON, URLs or XML
 * (each up to four times), or inside Base64.
 *
 * Short and common values occur in other texts too. Therefore a text of 8 characters or more is
 * masked inside words as well; a text of 4 to 7 characters, and a number of 6 digits or more, only
 * as a separate word; shorter values, booleans and a few words such as `default` are not searched.
 * A marked attribute is never shown, however short its value is.
 * @param shown the parsed output of `terraform show -json`
 */
export function maskFor(shown: unknown): Mask {
  return maskOf(secretsIn(shown));
}

/** The same for given secrets. */
export function maskOf(secrets: Iterable<string>): Mask {
  const needles = needlesFor(secrets);
  if (needles.length === 0) return NO_SECRETS;
  const find = finderOf(needles);
  return (text) => without(text, rangesIn(text, find, MOST_LAYERS));
}

function rangesIn(text: string, find: (text: string) => readonly Range[], layers: number): readonly Range[] {
  const found = find(text);
  if (layers === 0) return found;
  const readings = readingsOf(text);
  if (readings.length === 0) return found;
  return [
    ...found,
    ...readings.flatMap((reading) => rangesIn(reading.text, find, layers - 1).map(reading.rangeOf)),
  ];
}

function without(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  let [masked, done] = ["", 0];
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    if (end <= done) continue;
    if (start >= done) masked += text.slice(done, start) + MASK;
    done = end;
  }
  return masked + text.slice(done);
}
