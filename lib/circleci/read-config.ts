import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLError,
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
    const { message, fix } = syntaxProblem(error);
    throw notRead(`${file}:${line}:${col}: ${message}`, fix);
  }
  if (!isMap(document.contents))
    throw notRead(`${file} is not a map`, "begin the file with `version: 2.1`, as CircleCI requires");
  requireBlock(document.contents, `${file} is`);
  requireVersion(document.get("version"), file);
  if (document.get("setup") === true) throw isSetup(file);
  for (const key of ["parameters", "orbs", "jobs", "workflows"])
    requireBlock(document.get(key, true), `${file}: ${key} is`);
  plainOf(document, document.contents, file);
  return document;
}

/** Errors of YAML for which there is a better message than the parser's. */
function syntaxProblem({ code, message }: YAMLError): { readonly message: string; readonly fix: string } {
  switch (code) {
    case "DUPLICATE_KEY":
      return { message: "this key is twice in its map; keys must be unique", fix: "remove one of the two" };
    case "MULTIPLE_DOCS":
      return {
        message: "a second YAML document begins here, and CircleCI reads one",
        fix: "remove the line `---`, or what follows it",
      };
    case "TAB_AS_INDENT":
      return { message: "YAML does not allow tabs as indentation", fix: "indent with spaces" };
    default:
      return {
        message: message.split("\n")[0] ?? message,
        fix: "correct the YAML; `circleci config validate` finds such errors as well",
      };
  }
}

function requireVersion(version: unknown, file: string): void {
  if (version === 2.1 || version === "2.1") return;
  const found = version === undefined ? "it has no version" : `its version is ${JSON.stringify(version)}`;
  throw notRead(
    `${file}: ${found}, and orbs and expressions need 2.1`,
    "write `version: 2.1` on a line of its own; CircleCI's documentation lists what else changes",
  );
}

/**
 * How often aliases may be used, counted with those within what they name. The parser's usual limit
 * of 100 is less than large configurations have.
 */
const MAX_ALIASES = 10_000;

/**
 * A node as plain data.
 * @throws ProjectError `pipeline-not-read` (exit 2) for an alias without an anchor, or a `<<` that
 * merges something other than a map
 */
export function plainOf(document: Document, node: unknown, file: string): unknown {
  if (!isNode(node)) return node;
  try {
    return node.toJS(document, { maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw notRead(`${file}: ${error.message}`, "correct this alias or merge key (`<<`)");
  }
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
 * A map that is added to must have lines of its own: one in braces is a single line of the file.
 * @param what it is, with a verb, for messages: `config.yml: jobs is`
 */
export function requireBlock(node: unknown, what: string): void {
  if (node === undefined || node === null || (isScalar(node) && node.value === null)) return;
  const fix = "write each of its keys on a line of its own";
  if (isAlias(node)) throw notRead(`${what} an alias, which other places share`, "write it out here");
  if (!isMap(node)) throw notRead(`${what} not a map`, fix);
  if (node.flow === true)
    throw notRead(`${what} written in braces, and what is added needs lines of its own`, fix);
}

/** A map that is there and has something in it. */
export function mapAt(document: Document, path: readonly string[]): YAMLMap | undefined {
  const node: unknown = document.getIn(path, true);
  return isMap(node) && node.items.length > 0 ? (node as YAMLMap) : undefined;
}

export function notRead(message: string, fix: string): ProjectError {
  return new ProjectError({
    code: "pipeline-not-read",
    message,
    fix,
    exitCode: 2,
  });
}
