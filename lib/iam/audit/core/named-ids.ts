import type { Policy } from "../../language/policy";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * Every UUID in the values of a policy's conditions, once and in lower case, since operators may
 * ignore case.
 */
export function idsNamedIn({ statements }: Policy): readonly string[] {
  const values = statements.flatMap(({ conditions }) => conditions.flatMap((condition) => condition.values));
  return [...new Set(values.flatMap(({ text }) => (text.match(UUID) ?? []).map((id) => id.toLowerCase())))];
}
