import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { remembered } from "../../collections/remembered";
import { parseJson } from "../../iam/language/parse-json";
import { parseAddress } from "../../plan/address";
import type { Place, PlaceOf } from "../../report/sarif/review-sarif";

/** Larger files are not looked through: generated ones, which a person does not read. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Finds the lines of Terraform files at which resources are declared: `cdk.tf.json` of a stack, or
 * the `.tf` files of its folder. The plan has neither. A resource of a module, or one that is not
 * found, has the stack's file, and a stack without files the file that is given.
 * @param folderOf where a stack's files are; undefined: not known
 * @param root what paths are relative to
 */
export function terraformPlaces(
  folderOf: (stack: string) => string | undefined,
  root: string,
  otherwise: string,
): PlaceOf {
  const known = new Map<string, Declarations>();
  return (stack, address) => {
    const folder = folderOf(stack);
    if (folder === undefined) return { file: otherwise, line: 1 };
    const declared = remembered(known, folder, () => declarationsIn(folder, root));
    const place = address === undefined ? undefined : declared.places.get(nameOf(address));
    return place ?? { file: declared.first ?? otherwise, line: 1 };
  };
}

interface Declarations {
  readonly places: ReadonlyMap<string, Place>;
  readonly first: string | undefined;
}

/** Without the key of an instance, and empty for resources of modules, whose files are elsewhere. */
function nameOf(address: string): string {
  const { modules, name } = parseAddress(address);
  return modules.length > 0 ? "" : name;
}

function declarationsIn(folder: string, root: string): Declarations {
  if (!existsSync(folder)) return { places: new Map(), first: undefined };
  const files = readdirSync(folder)
    .filter((name) => name === "cdk.tf.json" || name.endsWith(".tf"))
    .sort()
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).size <= MOST_BYTES);
  const places = new Map<string, Place>();
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const relative = path.relative(root, file);
    const lines = file.endsWith(".json") ? linesOfJson(text) : linesOfHcl(text);
    for (const [name, line] of lines) places.set(name, { file: relative, line });
  }
  const [first] = files;
  return { places, first: first === undefined ? undefined : path.relative(root, first) };
}

/** `resource "aws_iam_role" "deploy" {`, each on a line of its own, as `terraform fmt` writes it. */
function linesOfHcl(text: string): readonly (readonly [name: string, line: number])[] {
  return text.split("\n").flatMap((line, at): readonly (readonly [string, number])[] => {
    const [, kind, type = "", name = ""] = /^\s*(resource|data)\s+"([^"]+)"\s+"([^"]+)"/.exec(line) ?? [];
    if (kind === undefined) return [];
    return [[`${kind === "data" ? "data." : ""}${type}.${name}`, at + 1]];
  });
}

/** "JSON Configuration Syntax": `resource.TYPE.NAME`. */
function linesOfJson(text: string): readonly (readonly [name: string, line: number])[] {
  const offsets = new Map<string, number>();
  try {
    parseJson(text, { places: offsets });
  } catch {
    return [];
  }
  const found: (readonly [string, number])[] = [];
  let line = 1;
  let counted = 0;
  // Places are kept in the order of the text.
  for (const [place, offset] of offsets) {
    const [, kind, rest = ""] = /^(resource|data)\.([^.[]+\.[^.[]+)$/.exec(place) ?? [];
    if (kind === undefined) continue;
    for (; counted < offset; counted += 1) if (text.charCodeAt(counted) === LINE_FEED) line += 1;
    found.push([`${kind === "data" ? "data." : ""}${rest}`, line]);
  }
  return found;
}

const LINE_FEED = 10;
