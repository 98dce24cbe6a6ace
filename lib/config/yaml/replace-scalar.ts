import { isDeepStrictEqual } from "node:util";
import { isScalar, parseDocument, Scalar, stringify } from "yaml";
import { ProjectError } from "../../errors";
import type { EntryPath } from "./insert-entry";
import { applyEdits } from "./text-edits";

/** Styles that stand on one line between their own marks. */
const QUOTED: readonly unknown[] = [Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE];

/**
 * The text of a YAML file with another value at the end of a path, in the quotes of the old one.
 * Every other character stays as it is.
 * @param path the entry's key at the end, the maps before it
 * @throws ProjectError `yaml-layout` (exit 2): no single value on one line stands there
 */
export function replaceScalar(text: string, path: EntryPath, value: string): string {
  const document = parseDocument(text, { uniqueKeys: true });
  const node: unknown = document.errors.length > 0 ? undefined : document.getIn(path, true);
  if (!isScalar(node) || node.range === undefined || node.range === null) throw layout(path);
  const [from, to] = node.range;
  if (to === from || text.slice(from, to).includes("\n")) throw layout(path);
  const put = new Scalar(value);
  if (node.type !== undefined && QUOTED.includes(node.type)) put.type = node.type;
  const edited = applyEdits(text, [{ from, to, text: stringify(put, { lineWidth: 0 }).trimEnd() }]);
  const wanted = parseDocument(text);
  wanted.setIn(path, value);
  const found = parseDocument(edited, { uniqueKeys: true });
  if (found.errors.length > 0 || !isDeepStrictEqual(found.toJS(), wanted.toJS())) throw layout(path);
  return edited;
}

function layout(path: EntryPath): ProjectError {
  return new ProjectError({
    code: "yaml-layout",
    message: `${path.join(".")} is not there, or not a single value on one line`,
    found: path.join("."),
    fix: "write it as `key: value`, without an anchor or an alias, and try again",
    exitCode: 2,
  });
}
