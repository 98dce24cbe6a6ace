import { z } from "zod";
import { notRun } from "../not-run";
import type { Scope } from "./references";

/** A parameter of a pipeline, job, command or executor. */
export const parameterSchema = z.strictObject({
  type: z.enum(["string", "boolean", "integer", "enum", "executor", "steps", "env_var_name"]),
  default: z.unknown().optional(),
  description: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type Parameter = z.infer<typeof parameterSchema>;

/** CircleCI docs, "Reusable config reference", "Parameter types". */
const TYPES: Readonly<Record<Parameter["type"], (value: unknown, parameter: Parameter) => boolean>> = {
  string: (value) => ["string", "number", "boolean"].includes(typeof value),
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  enum: (value, { enum: allowed = [] }) => allowed.some((one) => one === value),
  executor: (value) => typeof value === "string" || (typeof value === "object" && value !== null),
  steps: Array.isArray,
  env_var_name: (value) => typeof value === "string" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value),
};

/**
 * The values of all declared parameters, as `<< parameters.name >>` names them.
 * @param place what is called, for errors
 * @param prefix of the names
 * @throws ProjectError `config-not-run` for a value that is missing, not declared or of another
 * type
 */
export function bindParameters(
  declared: Readonly<Record<string, Parameter>>,
  given: Readonly<Record<string, unknown>>,
  place: string,
  prefix = "parameters",
): Scope {
  const unexpected = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unexpected !== undefined) throw notRun(`${place} has no parameter "${unexpected}"`);
  return new Map(
    Object.entries(declared).map(([name, parameter]) => {
      const value = Object.hasOwn(given, name) ? given[name] : parameter.default;
      if (value === undefined) throw notRun(`${place} is called without its parameter "${name}"`);
      if (!TYPES[parameter.type](value, parameter))
        throw notRun(
          `the parameter "${name}" of ${place} is ${JSON.stringify(value)}, and not of the type ${parameter.type}`,
        );
      return [`${prefix}.${name}`, value];
    }),
  );
}
