import { z } from "zod";
import { notRun } from "../not-run";
import { readStep, type Step } from "../read-step";
import { holds } from "./logic";
import type { Namespace } from "./namespace";
import { bindParameters } from "./parameters";
import { type Scope, substitute } from "./references";

/** Where steps stand. */
interface StepPlace {
  readonly job: string;
  readonly namespace: Namespace;
  /** Pipeline values, and the parameters of the job or command. */
  readonly scope: Scope;
  /** Pipeline values alone, which a command sees beside its own parameters. */
  readonly pipeline: Scope;
}

/**
 * More than commands can sensibly nest: a command that calls itself is refused, not run forever.
 */
const MAX_DEPTH = 50;
const conditionalSchema = z.strictObject({ condition: z.unknown(), steps: z.array(z.unknown()) });
const commandSchema = z.strictObject({
  description: z.string().optional(),
  steps: z.array(z.unknown()),
});

/**
 * The steps of a job with commands replaced by their steps, and with only those of `when` and
 * `unless` whose condition holds (CircleCI docs, "Reusable config reference", "Authoring reusable
 * commands" and "The when step").
 * @throws ProjectError `config-not-run`
 */
export function expandSteps(steps: readonly unknown[], place: StepPlace, depth = 0): readonly Step[] {
  if (depth > MAX_DEPTH) throw notRun(`a command of the job "${place.job}" calls itself`);
  return steps.flatMap((step) => expandStep(step, place, depth));
}

function expandStep(step: unknown, place: StepPlace, depth: number): readonly Step[] {
  const { job, namespace, scope, pipeline } = place;
  const within = `the job "${job}"`;
  const entries = typeof step === "object" && step !== null ? Object.entries(step) : [];
  const [[name, body] = ["", undefined]] = typeof step === "string" ? [[step, undefined] as const] : entries;
  if (entries.length === 1 && (name === "when" || name === "unless")) {
    const read = conditionalSchema.safeParse(body);
    if (!read.success) throw notRun(`the step "${name}" of ${within}: ${z.prettifyError(read.error)}`);
    const isDue = holds(read.data.condition, scope, within) === (name === "when");
    return isDue ? expandSteps(read.data.steps, place, depth + 1) : [];
  }
  const given = substitute(body, scope, within);
  if (entries.length === 1 && name === "steps" && Array.isArray(given))
    // They come from the caller, who has replaced its references.
    return expandSteps(given, { ...place, scope: pipeline }, depth + 1);
  const command = namespace.find("commands", name);
  if (command === undefined)
    return [
      readStep(typeof step === "string" ? step : substitute(step, scope, within), job, namespace.roleOrbs),
    ];
  const parameters = bindParameters(command.parameters, argumentsOf(given, name), `the command "${name}"`);
  const read = commandSchema.safeParse(command.body);
  if (!read.success) throw notRun(`the command "${name}": ${z.prettifyError(read.error)}`);
  const inner = { ...place, namespace: command.namespace, scope: new Map([...pipeline, ...parameters]) };
  return expandSteps(read.data.steps, inner, depth + 1);
}

function argumentsOf(given: unknown, name: string): Readonly<Record<string, unknown>> {
  const read = z.record(z.string(), z.unknown()).safeParse(given ?? {});
  if (read.success) return read.data;
  throw notRun(`the command "${name}" is called with something else than a map of parameters`);
}
