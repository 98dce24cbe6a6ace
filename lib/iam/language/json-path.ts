import type { JsonPath } from "./policy";

/**
 * The path of a key in an object: `.Condition`, or `["aws:SourceVpc"]` for a key that is no plain
 * word.
 */
export function atKey(path: JsonPath, key: string): JsonPath {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

export function atIndex(path: JsonPath, index: number): JsonPath {
  return `${path}[${index}]`;
}
