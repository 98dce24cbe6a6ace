import type { Path } from "../yaml/problem";
import { isTreeMap } from "../yaml/yaml-tree";

export type TreeMap = Readonly<Record<string, unknown>>;

/** A text and its place in the file. */
export interface Field {
  readonly value: string;
  readonly path: Path;
}

/** `{ [key]: value }`, or an empty object: a key with the value undefined would be present. */
export function only<Key extends string>(key: Key, value: Field | undefined): { readonly [K in Key]?: Field };
export function only(key: string, value: Field | undefined): Readonly<Record<string, Field>> {
  return value === undefined ? {} : { [key]: value };
}

/** The value if it is a map, otherwise an empty map. */
export function mapOf(value: unknown): TreeMap {
  return isTreeMap(value) ? value : {};
}

export function textAt(value: unknown, path: Path): Field | undefined {
  return typeof value === "string" ? { value, path } : undefined;
}

/**
 * The names in a list of people: texts, and the keys of entries with a period (`{ bob: { until: …
 * } }`).
 */
export function namesAt(value: unknown, path: Path): readonly Field[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((element: unknown, index): readonly Field[] => {
    if (typeof element === "string") return [{ value: element, path: [...path, index] }];
    return Object.keys(mapOf(element)).map((name) => ({ value: name, path: [...path, index, name] }));
  });
}

export function textsAt(value: unknown, path: Path): readonly Field[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((element: unknown, index) => textAt(element, [...path, index]) ?? []);
}
