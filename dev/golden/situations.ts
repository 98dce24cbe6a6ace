import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/**
 * Situations of real repositories: Terraform as teams write it, and the plan of one pull request.
 * Each is a folder:
 *
 * - `before/`: the configuration that is applied first; missing, the account is empty
 * - `by-hand.sh`: what is then changed with the AWS CLI, outside of Terraform
 * - `after/`: the files of the pull request; files of `before/` that it does not have stay
 * - `failed/STACK/`: further stacks of the pull request, which Terraform cannot plan
 * - `plan.json`: Terraform's plan, and `review.md`: the comment on it
 * - `failed.json`: Terraform's own error for each stack of `failed/`
 * - `show.txt`: what `terraform show` prints of it, of those in docs/review/compared.md
 */
const situationsFolder = path.join(__dirname, "situations");

/** The names of all situations, sorted. */
export const situationNames: readonly string[] = readdirSync(situationsFolder).sort();

/** Those that docs/review/compared.md shows beside what other tools print. */
export const comparedSituations: readonly string[] = [
  "circleci-deployer-added",
  "administrator-attached-by-hand",
  "refactored-into-modules",
];

/** A file or folder of a situation; undefined: it has none of this name. */
export function partOf(name: string, part: "before" | "by-hand.sh" | "after" | "failed"): string | undefined {
  const place = path.join(situationsFolder, name, part);
  return existsSync(place) ? place : undefined;
}

type SituationFile = "plan.json" | "failed.json" | "review.md" | "show.txt";

export function situationFile(name: string, file: SituationFile): string {
  return path.join(situationsFolder, name, file);
}

/** The plan of a situation, but for what differs from day to day (normalise.ts). */
export function situationPlan(name: string): string {
  return readFileSync(situationFile(name, "plan.json"), "utf8");
}

const failedSchema = z.record(z.string(), z.string());

/**
 * The stacks of a situation that could not be planned, with Terraform's own error; usually none.
 */
export function failedIn(name: string): Readonly<Record<string, string>> {
  const file = situationFile(name, "failed.json");
  return existsSync(file) ? failedSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : {};
}
