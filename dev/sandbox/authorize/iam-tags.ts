/** Tags of a request; a value is undefined where only keys are named. */
export type RequestTags = readonly (readonly [key: string, value?: string])[];

/**
 * Reads `Tags.member.N.Key` and `.Value`, or `TagKeys.member.N`. Undefined: not all of it can be
 * read in one way only, by a gap in the numbers, half a tag, or a key that is there twice (IAM
 * compares tag keys without regard to case, "Tags for IAM resources").
 */
export function readRequestTags(
  form: URLSearchParams,
  taken: "tags" | "keys" | undefined,
): RequestTags | undefined {
  const given = [...form.keys()].filter((name) => /^Tag(s|Keys)(\.|$)/i.test(name));
  const tags: (readonly [key: string, value?: string])[] = [];
  const read = new Set<string>();
  for (let at = 1; taken !== undefined; at += 1) {
    const names =
      taken === "tags" ? [`Tags.member.${at}.Key`, `Tags.member.${at}.Value`] : [`TagKeys.member.${at}`];
    const [key, value] = names.map((name) => form.get(name) ?? undefined);
    if (key === undefined || (taken === "tags" && value === undefined)) break;
    for (const name of names) read.add(name);
    tags.push(value === undefined ? [key] : [key, value]);
  }
  const keys = new Set(tags.map(([key]) => key.toLowerCase()));
  return keys.size === tags.length && given.every((name) => read.has(name)) ? tags : undefined;
}
