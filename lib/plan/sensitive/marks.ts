/**
 * Whether parts of a value are unknown or sensitive: `true`, or lists and maps of the value's own
 * shape with such in them (Terraform, "JSON Output Format", `after_unknown`, `before_sensitive`,
 * `after_sensitive`).
 */
export type Marks = unknown;

/** The marks of one part. What is marked as a whole is marked in all its parts. */
export function markAt(marks: Marks, key: string | number): Marks {
  if (marks === true) return true;
  return isFolder(marks) && Object.hasOwn(marks, key) ? marks[key] : undefined;
}

/** Whether a value, or a part of it, is marked. */
export function hasMark(mark: Marks): boolean {
  if (typeof mark === "boolean") return mark;
  if (Array.isArray(mark)) return mark.some(hasMark);
  if (!isFolder(mark)) return false;
  for (const key in mark) if (hasMark(mark[key])) return true;
  return false;
}

/** Whether a value has parts: a map by its keys, or a list by its indices. */
export function isFolder(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === "object" && value !== null;
}
