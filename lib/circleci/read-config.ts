import { type Document, isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { ProjectError } from "../errors";

/**
 * Reads a config that exists.
 * @param file its name, for messages
 * @throws ProjectError `pipeline-not-read` (exit 2)
 */
export function readConfig(text: string, file: string): Document {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw notRead(`${file}:${line}:${col}: ${error.message.split("\n")[0]}`);
  }
  if (!isMap(document.contents)) throw notRead(`${file} is no map`);
  const version: unknown = document.get("version");
  if (version !== 2.1 && version !== "2.1")
    throw notRead(`${file}: its version is ${JSON.stringify(version)}, and orbs and expressions need 2.1`);
  for (const key of ["orbs", "jobs", "workflows"]) requireBlock(document.get(key, true), `${file}: ${key}`);
  return document;
}

/** Whatever is to be added to must have lines of its own: a map in braces is somebody's single line. */
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
