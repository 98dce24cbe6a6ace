import { readingsOf } from "./escapes";
import { finderOf, type Range } from "./find-needles";
import { needlesFor } from "./needles";
import { secretsIn } from "./secrets";

/** What stands in the place of a secret. */
export const MASK = "(sensitive)";

/** Takes every secret out of a text. */
export type Mask = (text: string) => string;

/** Of a plan that has none. */
export const NO_SECRETS: Mask = (text) => text;

/** So many layers of escapes: JSON in a policy in a container definition in a template. */
const MOST_LAYERS = 4;

/**
 * Takes out of any text, foreign or made from the plan, what a plan or state says is sensitive:
 * wherever it stands, plain, escaped for JSON, URLs or XML (each up to four times over), or inside
 * of something that is Base64.
 *
 * Short and common values stand for too much else, so these rules hold: a text of 8 characters or
 * more is taken out also from inside of words; one of 4 to 7, and a number of 6 digits or more,
 * only where it is a word of its own; what is shorter, booleans and a few words such as `default`
 * are not looked for. At their own place none of them is shown, however short.
 * @param shown of `terraform show -json`, as it was parsed
 */
export function maskFor(shown: unknown): Mask {
  return maskOf(secretsIn(shown));
}

/** The same for secrets that are known otherwise. */
export function maskOf(secrets: Iterable<string>): Mask {
  const needles = needlesFor(secrets);
  if (needles.length === 0) return NO_SECRETS;
  const find = finderOf(needles);
  return (text) => without(text, rangesIn(text, find, MOST_LAYERS));
}

function rangesIn(text: string, find: (text: string) => readonly Range[], layers: number): readonly Range[] {
  const found = find(text);
  const readings = layers === 0 ? [] : readingsOf(text);
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
