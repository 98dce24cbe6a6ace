/**
 * The numbers of a version such as `1.11.4`, `v2.13.0` or `1.12.0-beta1`; undefined if the text has
 * none.
 */
function parseVersion(text: string): readonly number[] | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Whether a version is the given one or later; false if it is not a version. */
export function isAtLeast(version: string, least: string): boolean {
  const [found, wanted] = [parseVersion(version), parseVersion(least)];
  if (found === undefined || wanted === undefined) return false;
  for (const [index, number] of wanted.entries()) {
    const other = found[index] ?? 0;
    if (other !== number) return other > number;
  }
  // A pre-release comes before its release.
  return !/\d-[a-z]/i.test(version);
}
