import { z } from "zod";
import { notRun } from "../not-run";
import type { Scope } from "./references";

const value = z.union([z.string(), z.number(), z.boolean()]);
const matrixSchema = z.strictObject({
  parameters: z.record(z.string(), z.array(value).min(1)),
  exclude: z.array(z.record(z.string(), value)).optional(),
  alias: z.string().optional(),
});

interface MatrixJob {
  /** The name without one of the workflow's: `test-22-small`. */
  readonly name: string;
  /** What others wait for to wait for all of them. */
  readonly alias: string;
  readonly given: Readonly<Record<string, unknown>>;
  /** `matrix.node`, for the name of the job. */
  readonly scope: Scope;
}

/**
 * One job for each combination of values, named by its values in the order of the parameters' names
 * (CircleCI docs, "Configuration reference", `matrix`: `build-macos-0.1` of `version` and
 * `platform`).
 * @param key of the job
 * @throws ProjectError `config-not-run` for a matrix that is malformed or leaves no job
 */
export function matrixJobs(key: string, matrix: unknown): readonly MatrixJob[] {
  if (matrix === undefined) return [{ name: key, alias: key, given: {}, scope: new Map() }];
  const read = matrixSchema.safeParse(matrix);
  if (!read.success) throw notRun(`the matrix of the job "${key}": ${z.prettifyError(read.error)}`);
  const { parameters, exclude = [], alias = key } = read.data;
  const combinations = Object.entries(parameters).reduce<readonly Readonly<Record<string, unknown>>[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((each) => ({ ...one, [name]: each }))),
    [{}],
  );
  const isExcluded = (one: Readonly<Record<string, unknown>>): boolean =>
    exclude.some((not) => Object.entries(not).every(([name, each]) => one[name] === each));
  const kept = combinations.filter((one) => !isExcluded(one));
  if (kept.length === 0) throw notRun(`the matrix of the job "${key}" excludes all of its jobs`);
  return kept.map((given) => ({
    name: [
      key,
      ...Object.keys(given)
        .sort()
        .map((name) => String(given[name])),
    ].join("-"),
    alias,
    given,
    scope: new Map(Object.entries(given).map(([name, each]) => [`matrix.${name}`, each])),
  }));
}
