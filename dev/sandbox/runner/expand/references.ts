import { notRun } from "../not-run";

/** Names with their values: `parameters.word`, `matrix.node`, `pipeline.git.branch`. */
export type Scope = ReadonlyMap<string, unknown>;

/** What `<< … >>` names, unless a backslash makes it text. */
const REFERENCE = /(?<!\\)<<\s*([A-Za-z][A-Za-z0-9_.-]*)\s*>>/g;
const WHOLE = /^<<\s*([A-Za-z][A-Za-z0-9_.-]*)\s*>>$/;

/**
 * A value of a configuration with its references replaced, also those inside of lists and maps
 * (CircleCI docs, "Reusable config reference"). A text that is one reference becomes its value,
 * such as a number or a list of steps. What is inserted is not read again.
 * @param place for errors, such as `the job "test"`
 * @throws ProjectError `config-not-run` for a reference to nothing that is known here
 */
export function substitute(value: unknown, scope: Scope, place: string): unknown {
  if (typeof value === "string") return substituteText(value, scope, place);
  if (Array.isArray(value)) return value.map((one: unknown) => substitute(one, scope, place));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, substitute(one, scope, place)]));
}

function substituteText(text: string, scope: Scope, place: string): unknown {
  const [, whole] = WHOLE.exec(text.trim()) ?? [];
  if (whole !== undefined) return referencedValue(whole, scope, place);
  return text.replaceAll(REFERENCE, (_, name: string) => {
    const value = referencedValue(name, scope, place);
    if (typeof value === "object" && value !== null)
      throw notRun(`${place} has << ${name} >> inside of a text, and it is not a text`);
    return String(value);
  });
}

function referencedValue(name: string, scope: Scope, place: string): unknown {
  if (scope.has(name)) return scope.get(name);
  const known = [...scope.keys()].sort().join(", ");
  throw notRun(`${place} refers to << ${name} >>, which the runner does not know; it knows ${known}`);
}
