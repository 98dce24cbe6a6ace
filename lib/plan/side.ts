import type { ShownValue } from "./resource-change";
import { hasMark, isFolder, type Marks, markAt } from "./sensitive/marks";
import { MASK } from "./sensitive/masking";

/** A value before or after a change, and what is unknown or sensitive of it. */
export interface Side {
  /** Undefined or null: absent. */
  readonly value: unknown;
  readonly sensitive: Marks;
  readonly unknown: Marks;
}

const LATER = "(known after apply)";

/** A part of a value. */
export function sideAt({ value, sensitive, unknown }: Side, key: string | number): Side {
  return {
    value: isFolder(value) && Object.hasOwn(value, key) ? value[key] : undefined,
    sensitive: markAt(sensitive, key),
    unknown: markAt(unknown, key),
  };
}

export function isAbsent({ value, unknown }: Side): boolean {
  return (value === undefined || value === null) && !hasMark(unknown);
}

/** Absent, or an empty text, list or map. */
export function isEmpty(side: Side): boolean {
  if (isAbsent(side) || side.value === "") return true;
  return typeof side.value === "object" && [...keysOf(side), ...indices(side)].length === 0;
}

/** A value as it may be shown at its own place. Secrets inside other texts are masked later. */
export function shown(side: Side): ShownValue {
  if (side.sensitive === true) return { kind: "sensitive" };
  if (side.unknown === true) return { kind: "known-after-apply" };
  if (isAbsent(side)) return { kind: "absent" };
  return { kind: "text", text: typeof side.value === "string" ? side.value : jsonOf(side) };
}

/** As JSON with sorted keys; what is sensitive or unknown in it is said in words. */
export function jsonOf(side: Side): string {
  return JSON.stringify(plain(side));
}

function plain(side: Side): unknown {
  if (side.sensitive === true) return MASK;
  if (side.unknown === true) return LATER;
  if (isList(side)) return indices(side).map((index) => plain(sideAt(side, index)));
  if (isMap(side)) return Object.fromEntries(keysOf(side).map((key) => [key, plain(sideAt(side, key))]));
  return side.value;
}

export function isList({ value, unknown }: Side): boolean {
  return Array.isArray(value) || (isNothing(value) && Array.isArray(unknown) && hasMark(unknown));
}

export function isMap(side: Side): boolean {
  const { value, unknown } = side;
  if (isList(side)) return false;
  if (!isNothing(value)) return typeof value === "object";
  return typeof unknown === "object" && hasMark(unknown);
}

/** Keys of a map, also of those parts that are known only after apply; sorted. */
export function keysOf({ value, unknown }: Side): readonly string[] {
  const known = typeof value === "object" && value !== null ? Object.keys(value).sort() : [];
  const later =
    typeof unknown === "object" && unknown !== null
      ? Object.keys(unknown).filter((key) => !known.includes(key) && hasMark(markAt(unknown, key)))
      : [];
  return later.length === 0 ? known : [...known, ...later].sort();
}

/** The indices of a list, in order. */
export function indices({ value, unknown }: Side): readonly number[] {
  const known = Array.isArray(value) ? value.length : 0;
  const later = Array.isArray(unknown) ? unknown.length : 0;
  return Array.from({ length: Math.max(known, later) }, (_, index) => index);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
