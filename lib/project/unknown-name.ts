import { suggest } from "../collections/suggest";
import { ProjectError } from "../errors";

/** @param what such as `person`; the error's code is `unknown-<what>` */
export function unknownName(what: string, name: string, known: readonly string[]): ProjectError {
  const near = suggest(name, known);
  return new ProjectError({
    code: `unknown-${what}`,
    message: `there is no ${what} "${name}" in access.yaml`,
    found: name,
    fix:
      near === undefined
        ? `known: ${known.length === 0 ? "none" : known.join(", ")}`
        : `did you mean "${near}"?`,
    exitCode: 2,
  });
}

/** A call that cannot be meant. */
export function wrongCall(message: string, fix: string): ProjectError {
  return new ProjectError({ code: "wrong-call", message, fix, exitCode: 2 });
}
