/**
 * Parameters of a query protocol request. Undefined: a parameter is given twice, and AWS does not
 * document which of the values counts.
 */
export function readQueryForm(query: URLSearchParams, body: string): URLSearchParams | undefined {
  const form = new URLSearchParams([...query, ...new URLSearchParams(body)]);
  const names = [...form.keys()];
  return new Set(names).size === names.length ? form : undefined;
}

/**
 * The values of `Name.member.1`, `Name.member.2`, … in order.
 * @param suffix of each parameter, such as `.arn`
 */
export function listMembers(form: URLSearchParams, name: string, suffix = ""): readonly string[] {
  const values: string[] = [];
  for (;;) {
    const value = form.get(`${name}.member.${values.length + 1}${suffix}`);
    if (value === null) return values;
    values.push(value);
  }
}
