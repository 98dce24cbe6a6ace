import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { accessFactsSchema, type ReadPlan } from "../../diff/model/facts";
import { ProjectError } from "../../errors";
import { stackReviewSchema } from "../../plan/stack-review";
import { writeWhole } from "../../project/write-whole";
import { leftOutSchema } from "../../report/model/review";
import { reviewedSchema, stackName } from "../kept/reviewed-file";

const readPlanSchema: z.ZodType<ReadPlan> = z.strictObject({
  review: stackReviewSchema,
  facts: accessFactsSchema,
});

const shardSchema = z.strictObject({
  version: z.literal(1),
  /** The key of the account whose stacks are shared out. Absent: the stacks of all accounts. */
  account: stackName.exactOptional(),
  index: z.number().int().min(1),
  total: z.number().int().min(1),
  /** The same for all shards, except `stacks`: those that this shard planned. */
  reviewed: reviewedSchema,
  leftOut: z.array(leftOutSchema).readonly(),
  plans: z.array(readPlanSchema).readonly(),
  /** Planning time of each stack. */
  seconds: z.record(stackName, z.number()),
});

/** What one shard passes to the merge. It holds no sensitive values. */
export type ShardFile = z.infer<typeof shardSchema>;

export function shardFile(
  folder: string,
  { account, index, total }: Pick<ShardFile, "account" | "index" | "total">,
): string {
  const of = account === undefined ? "" : `${account}-`;
  return path.join(folder, `shard-${of}${index}-of-${total}.json`);
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
      message: `${file} was not written by this version of oidc review --shard: ${cause instanceof Error ? cause.message : String(cause)}`,
      found: file,
      fix: "run this shard again",
      exitCode: 2,
      cause,
    });
  }
}
