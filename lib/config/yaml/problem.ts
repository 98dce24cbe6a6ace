import { type ErrorCode, ProjectError } from "../../errors";

/**
 * Keys and list indices from the top of the file:
 * `["projects", "website", "roles", "deploy", "people", 0]`.
 */
export type Path = readonly (string | number)[];

/** What a rule has to say about one value; it knows nothing of files and lines. */
export interface Violation {
  readonly code: ErrorCode;
  /** What is wrong, without the value. */
  readonly message: string;
  /** The offending value as the file has it; for a missing key, the key. */
  readonly found: string;
  /** What would have been accepted. */
  readonly allowed: string;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * A violation and where it belongs. Line and column begin at 1; columns count UTF-16 units, as
 * editors do.
 */
export interface Problem extends Violation {
  readonly line: number;
  readonly column: number;
  readonly path: Path;
}

/** Takes violations and knows where in the file a path stands. */
export interface Reporter {
  /** Reports at the value of `path`, or at the nearest thing above it that exists. */
  at(path: Path, violation: Violation): void;
  /** Reports at the key that leads to `path`. */
  atKey(path: Path, violation: Violation): void;
}

/**
 * The file was read but says something that is not allowed. The message lists every problem. Exit
 * code 2.
 */
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

/**
 * `file:line:column: error[code]: …` as compilers print it, so that editors and terminals make it a
 * link; then the fix.
 */
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

/** Longest piece of the file that a message repeats. */
const maxShown = 400;

/**
 * Control and direction characters of the file must not reach a terminal, where they could rewrite
 * what is printed.
 */
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
