/** Tags of a request. A value is undefined for actions with tag keys only. */
type RequestTags = readonly (readonly [key: string, value?: string])[];

/**
 * Reads `Tags.member.N.Key` and `.Value`, or `TagKeys.member.N`. Undefined: the list is ambiguous
 * because of a gap in the numbers, an incomplete tag, or a duplicate key (IAM compares tag keys
 * case-insensitively, "Tags for IAM resources").
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
