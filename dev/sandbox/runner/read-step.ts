import { z } from "zod";
import { unescapeReferences } from "../../../lib/circleci/job/escape-references";
import { requireKnownKey } from "./cache";
import { stepSchemas } from "./config-schema";
import { notRun } from "./not-run";

type Schemas = typeof stepSchemas;

/** A step with the name that errors and results use, and its parameters. */
export type Step =
  | { readonly kind: "checkout"; readonly name: string }
  | { [Kind in keyof Schemas]: StepOf<Kind> }[keyof Schemas];

type StepOf<Kind extends keyof Schemas> = { readonly kind: Kind; readonly name: string } & Omit<
  z.infer<Schemas[Kind]>,
  "name"
>;

/**
 * @param orbs names under which the config has the orb that assumes roles
 * @throws ProjectError `config-not-run`
 */
export function readStep(step: unknown, job: string, orbs: ReadonlySet<string>): Step {
  if (step === "checkout") return { kind: "checkout", name: "checkout" };
  if (step === "setup_remote_docker") return readStep({ setup_remote_docker: {} }, job, orbs);
  if (typeof step === "string") throw unknownStep(step, job);
  const entries = typeof step === "object" && step !== null ? Object.entries(step) : [];
  const [[name, parameters] = ["", undefined]] = entries;
  if (entries.length !== 1) throw notRun(`a step of the job "${job}" is not a map with one key`);
  const read = <T>(schema: z.ZodType<T>): T => parsed(schema, parameters, name, job);
  const [orb, command] = name.split("/");
  if (command === "setup" && orb !== undefined && orbs.has(orb))
    return { kind: "setup", name, ...read(stepSchemas.setup) };
  switch (name) {
    case "run": {
      const run = read(stepSchemas.run);
      const title = unescapeReferences(run.name ?? run.command);
      return { ...run, kind: "run", name: title, command: withoutReferences(run.command, job) };
    }
    case "attach_workspace":
      return { kind: name, name, ...read(stepSchemas[name]) };
    case "persist_to_workspace":
      return { kind: name, name, ...read(stepSchemas[name]) };
    case "setup_remote_docker":
      return { kind: name, name, ...read(stepSchemas[name]) };
    case "store_artifacts":
      return { kind: name, name, ...read(stepSchemas[name]) };
    case "store_test_results":
      return { kind: name, name, ...read(stepSchemas[name]) };
    case "save_cache": {
      const { name: _, ...cache } = read(stepSchemas[name]);
      requireKnownKey(cache.key, job);
      return { kind: name, name, ...cache };
    }
    case "restore_cache": {
      const { keys } = read(stepSchemas[name]);
      for (const key of keys) requireKnownKey(key, job);
      return { kind: name, name, keys };
    }
    default:
      throw unknownStep(name, job);
  }
}

function parsed<T>(schema: z.ZodType<T>, parameters: unknown, step: string, job: string): T {
  const read = schema.safeParse(parameters);
  if (read.success) return read.data;
  const why = z.prettifyError(read.error);
  throw notRun(`the step "${step}" of the job "${job}": ${why}`);
}

/** The command that CircleCI runs, if it has no reference to a value. */
function withoutReferences(command: string, job: string): string {
  if (!command.replaceAll("\\<<", "").includes("<<")) return unescapeReferences(command);
  throw notRun(`a command of the job "${job}" has << without a backslash, and references are not evaluated`);
}

function unknownStep(name: string, job: string): Error {
  return notRun(`the step "${name}" of the job "${job}" is not supported`);
}
