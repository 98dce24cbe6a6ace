import type { Policy } from "../../language/policy";

/**
 * The value of a policy that a path leads to, or of a statement what it says; it may have moved,
 * and be the same.
 */
export function textAt({ statements }: Policy, path: string): string {
  for (const { conditions, path: whole, sid, effect } of statements) {
    const value = conditions.flatMap(({ values }) => values).find((one) => one.path === path);
    if (value !== undefined) return value.text;
    const condition = conditions.find((one) => one.path === path);
    if (condition !== undefined) return `${condition.operator.name} ${condition.key}`;
    if (whole === path) return `${sid ?? ""} ${effect}`;
  }
  return "";
}
