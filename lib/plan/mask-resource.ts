import type { PlannedChange, PlannedResource, Values } from "./plan-json";
import { hasMark, type Marks, markAt } from "./sensitive/marks";
import { type Mask, NO_SECRETS } from "./sensitive/masking";

/**
 * A resource without any secret, for what compares it further. A sensitive value is null and stays
 * marked. A text that contains a secret becomes null and marked as well, because two different
 * secrets must not become two equal texts. Shown values are masked otherwise: `maskChange`.
 */
export function maskResource(resource: PlannedResource, mask: Mask): PlannedResource {
  const { address, previous_address: previous, action_reason: reason, change } = resource;
  if (mask === NO_SECRETS && !isMarked(change)) return resource;
  return {
    ...resource,
    address: mask(address),
    ...(previous === undefined ? {} : { previous_address: mask(previous) }),
    ...(reason === undefined ? {} : { action_reason: mask(reason) }),
    change: cleanChange(change, mask),
  };
}

function isMarked({ before_sensitive: before, after_sensitive: after }: PlannedChange): boolean {
  return hasMark(before) || hasMark(after);
}

function cleanChange(change: PlannedChange, mask: Mask): PlannedChange {
  const { importing, replace_paths: paths } = change;
  const before = cleanValues(change.before, change.before_sensitive, mask);
  const isSame = change.after === change.before;
  const after = isSame ? before : cleanValues(change.after, change.after_sensitive, mask);
  return {
    actions: change.actions,
    before: before.values,
    before_sensitive: before.marks,
    after: after.values,
    after_sensitive: after.marks,
    after_unknown: withCleanKeys(change.after_unknown, mask),
    ...(paths === undefined
      ? {}
      : {
          replace_paths: paths.map((path) =>
            path.map((step) => (typeof step === "string" ? mask(step) : step)),
          ),
        }),
    ...(importing === undefined || importing === null
      ? {}
      : { importing: importing.id === undefined ? {} : { id: mask(importing.id) } }),
  };
}

type ValueMarks = PlannedChange["before_sensitive"];

/**
 * The name of an attribute comes from the provider's schema and remains as it is: under another
 * name the attribute would not be compared. A path into an attribute can contain a key of a map.
 */
function maskName(name: string, mask: Mask): string {
  return /^[a-z][a-z0-9_]*$/.test(name) ? name : mask(name);
}

function cleanValues(
  values: Values | null | undefined,
  marks: ValueMarks,
  mask: Mask,
): { readonly values: Values | null | undefined; readonly marks: ValueMarks } {
  if (values === null || values === undefined)
    return { values, marks: typeof marks === "boolean" ? marks : undefined };
  // Nearly all are, and looking takes a fraction of the time of copying.
  if (isCleanMap(values, marks, mask, (name) => maskName(name, mask))) return { values, marks: undefined };
  const parts = cleanMap(values, marks, mask, (name) => maskName(name, mask));
  return { values: parts.value, marks: parts.marks };
}

interface Clean {
  readonly value: unknown;
  readonly marks: Marks;
}

/** Whether a value has nothing to hide: `clean` would return it as it is, without marks. */
function isClean(value: unknown, marks: Marks, mask: Mask): boolean {
  if (marks === true) return false;
  if (typeof value === "string") return mask(value) === value;
  if (typeof value === "number") return mask(String(value)) === String(value);
  if (typeof value !== "object" || value === null) return true;
  if (!Array.isArray(value)) return isCleanMap(value, marks, mask, mask);
  for (let at = 0; at < value.length; at += 1) if (!isClean(value[at], markAt(marks, at), mask)) return false;
  return true;
}

function isCleanMap<Given extends object>(value: Given, marks: Marks, mask: Mask, maskKey: Mask): boolean {
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    if (maskKey(key) !== key || !isClean(value[key], markAt(marks, key), mask)) return false;
  }
  return true;
}

/** A value without secrets is returned as it is, and not copied: nearly all values are. */
function clean(value: unknown, marks: Marks, mask: Mask): Clean {
  if (marks === true) return { value: null, marks };
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    return mask(text) === text ? { value, marks: undefined } : { value: null, marks: true };
  }
  if (typeof value !== "object" || value === null) return { value, marks: undefined };
  if (!Array.isArray(value)) return cleanMap(value, marks, mask);
  const parts = value.map((one: unknown, index) => clean(one, markAt(marks, index), mask));
  if (parts.every((part) => part.marks === undefined)) return { value, marks: undefined };
  return { value: parts.map((part) => part.value), marks: parts.map((part) => part.marks ?? false) };
}

function cleanMap<Given extends object>(
  value: Given,
  marks: Marks,
  mask: Mask,
  maskKey: Mask = mask,
): { readonly value: Given | Values; readonly marks: Values | undefined } {
  const marked: [name: string, marks: unknown][] = [];
  const changed = new Map<string, unknown>();
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    const name = maskKey(key);
    // Two keys that are different secrets must not look like the same key with two values.
    const part = clean(value[key], name === key ? markAt(marks, key) : true, mask);
    if (part.marks === undefined) continue;
    marked.push([name, part.marks]);
    changed.set(key, part.value);
  }
  if (marked.length === 0) return { value, marks: undefined };
  const entries = Object.entries(value).map(([key, one]): [string, unknown] =>
    changed.has(key) ? [maskKey(key), changed.get(key)] : [key, one],
  );
  // Unlike an assignment this makes `__proto__` a property like any other.
  return { value: Object.fromEntries(entries), marks: Object.fromEntries(marked) };
}

/** Marks have the keys of the values, and a key of a map can be a secret. */
export function withCleanKeys(marks: ValueMarks, mask: Mask): ValueMarks {
  if (typeof marks !== "object" || mask === NO_SECRETS) return marks;
  return Object.fromEntries(
    Object.entries(marks).map(([name, one]) => [maskName(name, mask), cleanKeysIn(one, mask)]),
  );
}

function cleanKeysIn(marks: Marks, mask: Mask): Marks {
  if (Array.isArray(marks)) return marks.map((one: unknown) => cleanKeysIn(one, mask));
  if (typeof marks !== "object" || marks === null) return marks;
  return Object.fromEntries(Object.entries(marks).map(([key, one]) => [mask(key), cleanKeysIn(one, mask)]));
}
