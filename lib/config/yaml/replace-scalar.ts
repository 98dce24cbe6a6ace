import { isScalar, parseDocument, Scalar, stringify } from "yaml";
import { ProjectError } from "../../errors";
import { type EntryPath, saysExactly } from "./edit-checks";
import { applyEdits } from "./text-edits";

/** Styles whose text is in quotes on one line. */
const QUOTED: readonly unknown[] = [Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE];

/**
 * The text of a YAML file with another value of an entry, in the quotes of the old one. All other
 * text stays unchanged.
 * @param path the keys of the maps and the key of the entry
 * @throws ProjectError `yaml-layout` (exit 2): the entry is not a single value on one line
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
  if (!saysExactly(edited, wanted)) throw layout(path);
  return edited;
}

function layout(path: EntryPath): ProjectError {
  return new ProjectError({
    code: "yaml-layout",
    message: `${path.join(".")} does not exist, or is not a single value on one line`,
    found: path.join("."),
    fix: "write it as `key: value`, without an anchor or an alias, and try again",
    exitCode: 2,
  });
}
