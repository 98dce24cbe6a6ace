import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../../errors";
import { writeWhole } from "../../project/write-whole";
import type { ReadPlan } from "../read-plan";
import { reviewedSchema, stackName } from "../reviewed/manifest";

const list = z.array(z.looseObject({}));
/** The lists that a review of one plan consists of. What is in them was written by the same commit of this tool, and `mergeShards` sees to that. */
const readPlanShape = z.strictObject({
  review: z.looseObject({
    name: stackName,
    failure: z.string().optional(),
    isErrored: z.boolean(),
    isIncomplete: z.boolean(),
    ...{ resources: list, drift: list, deferred: list, outputs: list, checks: list },
  }),
  facts: z.looseObject({ changes: list, drift: list }),
});

const shardSchema = z.strictObject({
  version: z.literal(1),
  index: z.number().int().min(1),
  total: z.number().int().min(1),
  /** The whole, and of its stacks those that this shard has planned. */
  reviewed: reviewedSchema,
  leftOut: z.array(z.strictObject({ name: stackName, reason: z.string() })).readonly(),
  plans: z
    .array(
      z.custom<ReadPlan>(
        (value) => readPlanShape.safeParse(value).success,
        "not a plan as a shard writes it",
      ),
    )
    .readonly(),
  /** How long each took. */
  seconds: z.record(stackName, z.number()),
});

/** What one shard hands on to the merge. No secret values are in it. */
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
