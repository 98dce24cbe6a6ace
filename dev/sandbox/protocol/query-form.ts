/**
 * A request of the query protocol. A parameter that is given twice makes it unreadable: which of
 * the two counts is said nowhere.
 * @returns undefined for one that cannot be read
 */
export function readQueryForm(query: URLSearchParams, body: string): URLSearchParams | undefined {
  const form = new URLSearchParams([...query, ...new URLSearchParams(body)]);
  const names = [...form.keys()];
  return new Set(names).size === names.length ? form : undefined;
}

/**
 * The values of `Name.member.1`, `Name.member.2`, … in their order, each with its own suffix such
 * as `.arn`.
 */
export function listMembers(form: URLSearchParams, name: string, suffix = ""): readonly string[] {
  const values: string[] = [];
  for (;;) {
    const value = form.get(`${name}.member.${values.length + 1}${suffix}`);
    if (value === null) return values;
    values.push(value);
  }
}
