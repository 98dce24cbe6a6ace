import { suggest } from "../collections/suggest";
import { type ErrorCode, ProjectError } from "../errors";

const CODES = {
  account: "unknown-account",
  person: "unknown-person",
  project: "unknown-project",
  role: "unknown-role",
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** The error for a name that access.yaml does not have (exit 2). */
export function unknownName(what: keyof typeof CODES, name: string, known: readonly string[]): ProjectError {
  const near = suggest(name, known);
  return new ProjectError({
    code: CODES[what],
    message: `access.yaml has no ${what} "${name}"`,
    found: name,
    fix:
      near === undefined
        ? `known: ${known.length === 0 ? "none" : known.join(", ")}`
        : `did you mean "${near}"?`,
    exitCode: 2,
  });
}

/** The error for arguments that contradict each other or leave something open (exit 2). */
export function wrongCall(message: string, fix: string): ProjectError {
  return new ProjectError({ code: "wrong-call", message, fix, exitCode: 2 });
}
