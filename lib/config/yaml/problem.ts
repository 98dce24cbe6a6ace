import { type ErrorCode, ProjectError } from "../../errors";

/**
 * Keys and list indices from the root of the file:
 * `["projects", "website", "roles", "deploy", "people", 0]`.
 */
export type Path = readonly (string | number)[];

/** What is wrong with one value, without its place in the file. */
export interface Violation {
  readonly code: ErrorCode;
  /** What is wrong, without the value. */
  readonly message: string;
  /** The value as written in the file; for a missing key, the key. */
  readonly found: string;
  /** What is allowed instead. */
  readonly allowed: string;
  /** What the user can do. */
  readonly fix: string;
}

/** A violation and its place. Lines and columns begin at 1; columns count UTF-16 units. */
export interface Problem extends Violation {
  readonly line: number;
  readonly column: number;
  readonly path: Path;
}

/** Collects violations and finds their places in the file. */
export interface Reporter {
  /** Reports at the value of `path`, or at its nearest parent that exists. */
  at(path: Path, violation: Violation): void;
  /** Reports at the key that leads to `path`. */
  atKey(path: Path, violation: Violation): void;
}

/** The file was read and has problems, which the message lists. Exit code 2. */
export class AccessFileError extends ProjectError {
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const list = problems.map((problem) => formatProblem(file, problem)).join("\n");
    super({ code: "access-file-invalid", message: `${file} has ${count}\n${list}`, exitCode: 2 });
    this.name = "AccessFileError";
    this.problems = problems;
  }
}

/** `file:line:column: error[code]: …`, which editors and terminals make a link, then the fix. */
export function formatProblem(file: string, problem: Problem): string {
  const where = `${file}:${problem.line}:${problem.column}: error[${problem.code}]:`;
  const path = problem.path.length === 0 ? "" : ` ${shown(formatPath(problem.path))}:`;
  const allowed = `found ${quoted(problem.found)}, allowed: ${shown(problem.allowed)}`;
  return `${where}${path} ${shown(problem.message)}: ${allowed}\n  → ${shown(problem.fix)}`;
}

/** `projects.website.roles.deploy.people[0]`. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join("");
}

/** Characters of the file that a message repeats at most. */
const maxShown = 400;

/** Escapes control and direction characters, which could change what a terminal shows. */
function shown(text: string): string {
  const clipped = text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
  return clipped.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

function quoted(text: string): string {
  return `\`${shown(text)}\``;
}
