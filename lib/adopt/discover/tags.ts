import type { Tags } from "../inventory";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** AWS's list of tags, by key and sorted. */
export function tagsOf(tags: readonly Tag[] | undefined): Tags {
  const entries = (tags ?? []).map(({ Key: key = "", Value: value = "" }): [string, string] => [key, value]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
