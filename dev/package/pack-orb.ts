import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { ProjectError } from "../../lib/errors";
import { repositoryRoot } from "../../lib/programs/cache";

const SOURCE = path.join(repositoryRoot, "orb", "src");
const HEADING = "# Packed from orb/src by `npm run orb`. Edit there.\n\n";
/** A text that is a whole file, such as `<< include(scripts/audit.sh) >>`. */
const INCLUDE = /^<<\s*include\(([-\w/.]+)\)\s*>>$/;

/** The text of `orb/orb.yml`: the orb in one file, as the registry and an inline orb take it. */
export function packedOrb(): string {
  return `${HEADING}${stringify(packOrb(SOURCE), { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/**
 * Packs the source of an orb as `circleci orb pack` does: a folder and a file are a key with what
 * they contain, a file whose name begins with `@` is part of its folder, and a text that includes a
 * file becomes that file, with every `<<` escaped (CircleCI docs, "Orb authoring process").
 * @param root folder with `@orb.yml`
 * @throws ProjectError `orb-source` for a key that is defined twice, a file that is no map, and an
 * include that is not read
 */
export function packOrb(root: string): Readonly<Record<string, unknown>> {
  return included(packFolder(root, root), root);
}

function packFolder(folder: string, root: string): Readonly<Record<string, unknown>> {
  const packed = new Map<string, unknown>();
  const add = (key: string, value: unknown, file: string): void => {
    if (packed.has(key)) throw wrong(`${path.relative(root, file)} defines ${key} again`);
    packed.set(key, value);
  };
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      const inside = packFolder(file, root);
      if (Object.keys(inside).length > 0) add(entry.name, inside, file);
    } else if (entry.name.endsWith(".yml")) {
      const content = mapIn(file, root);
      if (!entry.name.startsWith("@")) add(path.basename(entry.name, ".yml"), content, file);
      else for (const [key, value] of Object.entries(content)) add(key, value, file);
    }
  }
  return Object.fromEntries(packed);
}

function mapIn(file: string, root: string): Readonly<Record<string, unknown>> {
  const content: unknown = parse(readFileSync(file, "utf8"));
  if (isMap(content)) return content;
  throw wrong(`${path.relative(root, file)} is not a map`);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function included<T>(value: T, root: string): T;
function included(value: unknown, root: string): unknown {
  if (typeof value === "string") return includedText(value, root);
  if (Array.isArray(value)) return value.map((one: unknown) => included(one, root));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, included(one, root)]));
}

function includedText(text: string, root: string): string {
  const [, name] = INCLUDE.exec(text) ?? [];
  if (name === undefined) {
    if (/<<\s*include\b/.test(text)) throw wrong(`"${text}" includes a file inside of a text`);
    return text;
  }
  const file = path.join(root, name);
  if (!file.startsWith(`${root}${path.sep}`)) throw wrong(`${name} is outside of the orb`);
  try {
    return readFileSync(file, "utf8").replaceAll("<<", "\\<<");
  } catch {
    throw wrong(`${name} cannot be read`);
  }
}

function wrong(found: string): ProjectError {
  return new ProjectError({
    code: "orb-source",
    message: `the source of the orb cannot be packed: ${found}`,
    found,
    fix: "correct orb/src, and run npm run orb",
  });
}
