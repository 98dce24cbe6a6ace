import { readFileSync } from "node:fs";
import { z } from "zod";
import { writeWhole } from "../../project/write-whole";
import { stackName } from "../kept/reviewed-file";

const timesSchema = z.strictObject({
  version: z.literal(1),
  /** Planning time of each stack, in seconds. */
  seconds: z.record(stackName, z.number().min(0).max(1e6)),
});

/** Planning times in seconds, by stack. */
export type Times = Readonly<Record<string, number>>;

/**
 * Times of earlier runs. They only balance the shards, so a missing file is not an error: it counts
 * as empty.
 * @returns undefined: the file is not valid
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
 * Writes the times for the next run, rounded to a tenth of a second.
 * @param known times of earlier runs; kept for stacks that were not planned this time
 * @param synthesised all current stacks; times of others are dropped
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
