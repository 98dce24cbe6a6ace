import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../../errors";
import { writeWhole } from "../../project/write-whole";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Names that cdktf allows. They become file names, so they must not leave the folder. */
export const stackName = z.string().regex(/^\w[\w.-]{0,200}$/);

const common = {
  /** Stacks that are applied before this one. */
  dependencies: z.array(stackName).readonly(),
  /** SHA-256 of the synthesised code (code-digest.ts). */
  code: digest,
};
const planned = {
  ...common,
  /** SHA-256 of the plan file. */
  plan: digest,
  /** SHA-256 of the provider lock file of the plan. */
  lock: digest,
};

const stackSchema = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("changes"), ...planned }),
  z.strictObject({ outcome: z.literal("no-changes"), ...planned }),
  z.strictObject({ outcome: z.literal("failed"), ...common }),
]);

export const reviewedSchema = z.strictObject({
  version: z.literal(1),
  /** The planned commit; null: the code was not in a git repository. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .nullable(),
  /** Whether there were uncommitted changes. */
  isDirty: z.boolean(),
  /** The version of Terraform that planned. No other version can apply its plans. */
  terraform: z.string().min(1),
  /** All synthesised stacks, planned or not, sorted. */
  synthesised: z.array(stackName).min(1).readonly(),
  /** The planned stacks. */
  stacks: z.record(stackName, stackSchema),
});

/** What was reviewed: the code, and the digests of its plans. */
export type Reviewed = z.infer<typeof reviewedSchema>;
export type ReviewedStack = z.infer<typeof stackSchema>;

/** Its path in a folder of plans. */
export function reviewedFile(folder: string): string {
  return path.join(folder, "reviewed.json");
}

export function planFile(folder: string, stack: string): string {
  return path.resolve(folder, `${stack}.plan`);
}

/** The provider lock file of a stack's plan. */
export function lockFile(folder: string, stack: string): string {
  return path.resolve(folder, `${stack}.lock.hcl`);
}

/**
 * Written last, when every plan is there: without it nothing is applied. @throws ProjectError
 * `not-written`
 */
export function writeReviewed(folder: string, reviewed: Reviewed): void {
  writeWhole(reviewedFile(folder), `${JSON.stringify(reviewed, null, 2)}\n`, 0o600);
}

/**
 * Called before new plans are written: until they are complete, the folder is not reviewed.
 */
export function forgetReviewed(folder: string): void {
  rmSync(reviewedFile(folder), { force: true });
}

/** @throws ProjectError `reviewed-missing`, `reviewed-not-read` (exit 2) */
export function readReviewed(folder: string): Reviewed {
  const file = reviewedFile(folder);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new ProjectError({
      code: "reviewed-missing",
      message: `${file} cannot be read: the review did not finish, or its plans are in another folder`,
      found: file,
      fix: "pass the folder of `oidc review --out`; after --shard, run `oidc review --merge` first",
      exitCode: 2,
      cause,
    });
  }
  return parseReviewed(text, file);
}

function parseReviewed(text: string, file: string): Reviewed {
  try {
    return reviewedSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ProjectError({
      code: "reviewed-not-read",
      message: `${file} was not written by this version of oidc review: ${cause instanceof Error ? cause.message : String(cause)}`,
      found: file,
      fix: "run `oidc review` again",
      exitCode: 2,
      cause,
    });
  }
}
