import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { accessFactsSchema, type ReadPlan } from "../../diff/model/facts";
import { ProjectError } from "../../errors";
import { writeWhole } from "../../project/write-whole";
import { stackReviewSchema } from "../../report/model/review-schema";
import { reviewedSchema, stackName } from "../kept/reviewed-file";

const readPlanSchema: z.ZodType<ReadPlan> = z.strictObject({
  review: stackReviewSchema,
  facts: accessFactsSchema,
});

const shardSchema = z.strictObject({
  version: z.literal(1),
  index: z.number().int().min(1),
  total: z.number().int().min(1),
  /** The whole, and of its stacks those that this shard has planned. */
  reviewed: reviewedSchema,
  leftOut: z.array(z.strictObject({ name: stackName, reason: z.string() })).readonly(),
  plans: z.array(readPlanSchema).readonly(),
  /** How long each took. */
  seconds: z.record(stackName, z.number()),
});

/** What one shard hands on to the merge. Values that are sensitive are in none of it. */
export type ShardFile = z.infer<typeof shardSchema>;

export function shardFile(folder: string, { index, total }: Pick<ShardFile, "index" | "total">): string {
  return path.join(folder, `shard-${index}-of-${total}.json`);
}

/** @throws ProjectError `not-written` */
export function writeShard(folder: string, shard: ShardFile): void {
  writeWhole(shardFile(folder, shard), `${JSON.stringify(shard)}\n`, 0o600);
}

/** @throws ProjectError `shard-not-read` (exit 2) */
export function readShardFile(file: string): ShardFile {
  try {
    return shardSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new ProjectError({
      code: "shard-not-read",
      message: `${file} is not as a shard of this commit writes it: ${cause instanceof Error ? cause.message : String(cause)}`,
      found: file,
      fix: "run that shard again",
      exitCode: 2,
      cause,
    });
  }
}
