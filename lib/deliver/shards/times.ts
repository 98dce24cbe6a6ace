import { readFileSync } from "node:fs";
import { z } from "zod";
import { writeWhole } from "../../project/write-whole";
import { stackName } from "../kept/reviewed-file";

const timesSchema = z.strictObject({
  version: z.literal(1),
  /** How long each stack took to plan, in seconds. */
  seconds: z.record(stackName, z.number().min(0).max(1e6)),
});

/** How long stacks took to plan, in seconds, by name. */
export type Times = Readonly<Record<string, number>>;

/**
 * Times of earlier runs. They only say how work is best shared, so a file that is not there or not
 * whole is no error: nothing is known then.
 * @returns undefined: the file is there and cannot be understood
 */
export function readTimes(file: string): Times | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  try {
    return timesSchema.parse(JSON.parse(text)).seconds;
  } catch {
    return undefined;
  }
}

/**
 * Keeps times for the next run: to a tenth of a second, so that a rerun changes little.
 * @param known of earlier runs; those of stacks that were not planned now are kept
 * @param synthesised all stacks there are: times of others are forgotten
 * @throws ProjectError `not-written`
 */
export function writeTimes(file: string, known: Times, now: Times, synthesised: readonly string[]): void {
  const seconds = Object.fromEntries(
    [...synthesised].sort().flatMap((name) => {
      const time = now[name] ?? known[name];
      return time === undefined ? [] : [[name, Math.round(time * 10) / 10]];
    }),
  );
  writeWhole(file, `${JSON.stringify({ version: 1, seconds }, null, 2)}\n`);
}
