import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { ProjectError } from "../errors";

/**
 * A key stands once in a map, except for `<<`: CircleCI merges what each of them names, as it does
 * with a list of names.
 */
export const PARSING = {
  merge: true,
  uniqueKeys: (one: ParsedNode, other: ParsedNode): boolean =>
    isScalar(one) && isScalar(other) && one.value === other.value && one.source !== "<<",
};

/**
 * Reads a config that exists.
 * @param file its name, for messages
 * @throws ProjectError `pipeline-not-read` (exit 2)
 */
export function readConfig(text: string, file: string): Document {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...PARSING, lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw notRead(`${file}:${line}:${col}: ${error.message.split("\n")[0]}`);
  }
  if (!isMap(document.contents)) throw notRead(`${file} is no map`);
  const version: unknown = document.get("version");
  if (version !== 2.1 && version !== "2.1")
    throw notRead(`${file}: its version is ${JSON.stringify(version)}, and orbs and expressions need 2.1`);
  if (document.get("setup") === true) throw isSetup(file);
  for (const key of ["orbs", "jobs", "workflows"]) requireBlock(document.get(key, true), `${file}: ${key}`);
  return document;
}

/**
 * "Setup workflows … must only allow one workflow to run in each pipeline" (CircleCI docs, "Dynamic
 * configuration"): one more stops the whole pipeline.
 */
function isSetup(file: string): ProjectError {
  return new ProjectError({
    code: "pipeline-is-setup",
    message: `${file} is a setup configuration (setup: true), which may run one workflow only`,
    found: "setup: true",
    fix: "give the configuration that it continues with: --file .circleci/continue_config.yml",
    exitCode: 2,
  });
}

/**
 * Whatever is to be added to must have lines of its own: a map in braces is somebody's single line.
 */
export function requireBlock(node: unknown, what: string): void {
  if (node === undefined || node === null || (isScalar(node) && node.value === null)) return;
  if (!isMap(node)) throw notRead(`${what} is no map`);
  if (node.flow === true)
    throw notRead(`${what} is written in braces, and what is added needs lines of its own`);
}

/** A map that is there and has something in it. */
export function mapAt(document: Document, path: readonly string[]): YAMLMap | undefined {
  const node: unknown = document.getIn(path, true);
  return isMap(node) && node.items.length > 0 ? (node as YAMLMap) : undefined;
}

export function notRead(message: string): ProjectError {
  return new ProjectError({
    code: "pipeline-not-read",
    message,
    fix: "change the file first, or write to another with --file",
    exitCode: 2,
  });
}
