import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parseJson } from "../../iam/language/parse-json";
import type { Place } from "../../report/sarif/review-sarif";

/** What the Terraform files of one folder declare. */
export interface Declarations {
  /** By address: `aws_iam_role.deploy`, `data.aws_iam_policy.x`, `module.site`. */
  readonly places: ReadonlyMap<string, Place>;
  /** Folders of local modules, as they are written, by address. */
  readonly sources: ReadonlyMap<string, string>;
  /** The first file. Undefined: there is none. */
  readonly first: string | undefined;
}

/** Larger files are not looked through: generated ones, which a person does not read. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Reads `cdk.tf.json` and the `.tf` files of a folder.
 * @param root what paths are relative to
 */
export function declarationsIn(folder: string, root: string): Declarations {
  const places = new Map<string, Place>();
  const sources = new Map<string, string>();
  const files = filesIn(folder);
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const relative = path.relative(root, file);
    const found = file.endsWith(".json") ? inJson(text) : inHcl(text);
    for (const { address, line, source } of found) {
      places.set(address, { file: relative, line });
      // "Module Sources", local paths.
      if (source !== undefined && /^\.\.?\//.test(source)) sources.set(address, source);
    }
  }
  const [first] = files;
  return { places, sources, first: first === undefined ? undefined : path.relative(root, first) };
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name === "cdk.tf.json" || name.endsWith(".tf"))
    .sort()
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).size <= MOST_BYTES);
}

interface Declared {
  readonly address: string;
  readonly line: number;
  /** Of a module. */
  readonly source?: string;
}

/**
 * `resource "aws_iam_role" "deploy" {`, each on a line of its own, as `terraform fmt` writes it.
 */
function inHcl(text: string): readonly Declared[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at): readonly Declared[] => {
    const [, kind, type = "", name = ""] = /^\s*(resource|data)\s+"([^"]+)"\s+"([^"]+)"/.exec(line) ?? [];
    if (kind !== undefined)
      return [{ address: `${kind === "data" ? "data." : ""}${type}.${name}`, line: at + 1 }];
    const [, module] = /^\s*module\s+"([^"]+)"/.exec(line) ?? [];
    if (module === undefined) return [];
    const end = lines.findIndex((one, index) => index > at && /^\}/.test(one));
    const block = lines.slice(at, end === -1 ? undefined : end).join("\n");
    const [, source] = /^\s*source\s*=\s*"([^"]+)"/m.exec(block) ?? [];
    return [{ address: `module.${module}`, line: at + 1, ...(source === undefined ? {} : { source }) }];
  });
}

/** "JSON Configuration Syntax": `resource.TYPE.NAME`, `module.NAME`. */
function inJson(text: string): readonly Declared[] {
  const offsets = new Map<string, number>();
  let whole: unknown;
  try {
    whole = parseJson(text, { places: offsets });
  } catch {
    return [];
  }
  const found: Declared[] = [];
  let line = 1;
  let counted = 0;
  // Places are kept in the order of the text.
  for (const [place, offset] of offsets) {
    const [, kind, rest = ""] = /^(resource|data|module)\.([^.[]+(?:\.[^.[]+)?)$/.exec(place) ?? [];
    if (kind === undefined || (kind === "module") === rest.includes(".")) continue;
    for (; counted < offset; counted += 1) if (text.charCodeAt(counted) === LINE_FEED) line += 1;
    const source = kind === "module" ? textAt(whole, ["module", rest, "source"]) : undefined;
    found.push({
      address: `${kind === "resource" ? "" : `${kind}.`}${rest}`,
      line,
      ...(source === undefined ? {} : { source }),
    });
  }
  return found;
}

function textAt(value: unknown, keys: readonly string[]): string | undefined {
  let own: unknown = value;
  for (const key of keys) own = typeof own === "object" && own !== null ? Reflect.get(own, key) : undefined;
  return typeof own === "string" ? own : undefined;
}

const LINE_FEED = 10;
