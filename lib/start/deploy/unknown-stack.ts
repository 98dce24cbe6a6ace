import { suggest } from "../../collections/suggest";
import { ProjectError } from "../../errors";

/**
 * @param found a name that no stack has, or a pattern that matches none
 * @param names of the stacks
 */
export function unknownStack(found: string, names: readonly string[]): ProjectError {
  const near = suggest(found, names);
  return new ProjectError({
    code: "unknown-stack",
    message: `no stack "${found}"; the stacks are: ${names.join(", ")}`,
    found,
    fix:
      near === undefined
        ? 'write one of these names, or a pattern such as "main-*"'
        : `did you mean "${near}"?`,
    exitCode: 2,
  });
}

/**
 * cdktf 0.21 names the argument and no stack.
 * @throws ProjectError `unknown-stack` (exit 2) if that is why cdktf ended
 */
export function refuseUnknownStack(output: string, stackNames: () => readonly string[]): void {
  const name = /Could not find stack(?: for pattern '(.*?)'|: (.*?))$/m.exec(output);
  if (name !== null) throw unknownStack((name[1] ?? name[2] ?? "").trim(), stackNames());
}
