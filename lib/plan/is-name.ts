/**
 * Whether a value says what something is called. What is masked or not known is null in a plan, and
 * two of them are not the same.
 */
export function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
