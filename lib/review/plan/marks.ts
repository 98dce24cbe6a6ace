/**
 * Whether parts of a value are unknown or sensitive: `true`, or lists and maps of the value's own shape with such in them (Terraform, "JSON Output
 * Format", `after_unknown`, `before_sensitive`, `after_sensitive`).
 */
export type Marks = unknown;

/** The marks of one part. What is marked as a whole is marked in all its parts. */
export function markAt(marks: Marks, key: string | number): Marks {
  if (marks === true) return true;
  if (typeof marks !== "object" || marks === null) return undefined;
  return Object.hasOwn(marks, key) ? Reflect.get(marks, key) : undefined;
}

/** Whether a value, or a part of it, is marked. */
export function hasMark(mark: Marks): boolean {
  if (typeof mark === "boolean") return mark;
  if (Array.isArray(mark)) return mark.some(hasMark);
  if (typeof mark !== "object" || mark === null) return false;
  for (const key in mark) if (hasMark(Reflect.get(mark, key))) return true;
  return false;
}
