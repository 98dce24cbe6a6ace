import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../../errors";
import { writeWhole } from "../../project/write-whole";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** As cdktf allows them; it becomes a file's name, so nothing in it may lead out of the folder. */
export const stackName = z.string().regex(/^\w[\w.-]{0,200}$/);

const common = {
  /** Stacks that have to be there before. */
  dependencies: z.array(stackName).readonly(),
  /** SHA-256 of what was synthesised (code-digest.ts). */
  code: digest,
};
const planned = {
  ...common,
  /** SHA-256 of the plan's bytes. */
  plan: digest,
  /** SHA-256 of the lock file of the providers that it was planned with. */
  lock: digest,
};

const stackSchema = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("changes"), ...planned }),
  z.strictObject({ outcome: z.literal("no-changes"), ...planned }),
  z.strictObject({ outcome: z.literal("failed"), ...common }),
]);

export const reviewedSchema = z.strictObject({
  version: z.literal(1),
  /** Of the code that was planned; null: it was in no git repository. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .nullable(),
  /** The files were not those of the commit. */
  isDirty: z.boolean(),
  /** The version of the Terraform that planned: no other can apply its plans. */
  terraform: z.string().min(1),
  /** Every stack that was synthesised, planned or not, sorted. */
  synthesised: z.array(stackName).min(1).readonly(),
  /** Those that were planned. */
  stacks: z.record(stackName, stackSchema),
});

/** What was reviewed: which code, and which files hold what it does. */
export type Reviewed = z.infer<typeof reviewedSchema>;
export type ReviewedStack = z.infer<typeof stackSchema>;

/** Where it lies in a folder of plans. */
export function reviewedFile(folder: string): string {
  return path.join(folder, "reviewed.json");
}

export function planFile(folder: string, stack: string): string {
  return path.resolve(folder, `${stack}.plan`);
}

/** The lock file of the providers that a stack was planned with. */
export function lockFile(folder: string, stack: string): string {
  return path.resolve(folder, `${stack}.lock.hcl`);
}

/**
 * Comes last, when the plans are there: without it nothing is applied. @throws ProjectError
 * `not-written`
 */
export function writeReviewed(folder: string, reviewed: Reviewed): void {
  writeWhole(reviewedFile(folder), `${JSON.stringify(reviewed, null, 2)}\n`, 0o600);
}

/**
 * What lies in the folder is being made anew: until that is done, nothing in it counts as reviewed.
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
      message: `${file} cannot be read: the review was not finished, or its plans are elsewhere`,
      found: file,
      fix: "name the folder of `oidc review --out`; after --shard, run `oidc review --merge` first",
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
      message: `${file} is not as a review writes it: ${cause instanceof Error ? cause.message : String(cause)}`,
      found: file,
      fix: "run `oidc review` again",
      exitCode: 2,
      cause,
    });
  }
}
