import { isDeepStrictEqual } from "node:util";
import { type Document, isNode, parseDocument } from "yaml";
import { ProjectError } from "../../errors";

/** Keys from the root of the file. */
export type EntryPath = readonly [string, ...string[]];

/** `yaml-layout` (exit 2): the text is written in a way that the edit does not handle. */
export function layoutError(path: readonly string[], edit: "added" | "removed" | "changed"): ProjectError {
  return new ProjectError({
    code: "yaml-layout",
    message: `${path.length === 0 ? "an entry" : path.join(".")} cannot be ${edit} because of the layout of the file`,
    found: path.join("."),
    fix: "write maps in block style, without anchors and aliases, and try again",
    exitCode: 2,
  });
}

/** Where a node stands in the text; undefined: nowhere. */
export function rangeOf(node: unknown): readonly [from: number, to: number] | undefined {
  const range = isNode(node) ? node.range : undefined;
  return range === undefined || range === null ? undefined : [range[0], range[1]];
}

/** Whether the edited text, read back, is what the edit was to make of it. */
export function saysExactly(edited: string, wanted: Document): boolean {
  const found = parseDocument(edited, { uniqueKeys: true });
  return found.errors.length === 0 && isDeepStrictEqual(found.toJS(), wanted.toJS());
}
