import path from "node:path";
import type { ReadPlan } from "../../lib/diff/model/facts";
import { failedPlan, readPlan } from "../../lib/diff/read-plan";
import { repositoryRoot } from "../../lib/programs/cache";
import { awsPolicies } from "../../lib/project/aws-data";
import { readAccess } from "../../lib/project/read-access";
import { printMarkdown } from "../../lib/report/markdown/report";
import type { Review } from "../../lib/report/model/review";
import { reviewOf } from "../../lib/report/model/review-of";
import { type GoldenName, goldenPlan } from "./cases";
import { failedIn, situationPlan } from "./situations";

/** Where the reports are: what a pull request with each plan would show. */
export const reportFolder = path.join(__dirname, "reports");

/** The same at every time, as reports say how soon access ends. */
const CLOCK = "2026-12-01T00:00:00Z";

export function reportFile(name: GoldenName): string {
  return path.join(reportFolder, `${name}.md`);
}

/** The review of a golden plan, with the people of examples/talk. */
export function reviewOfGolden(name: GoldenName): Review {
  return withPeople([readPlan(goldenPlan(name), name)]);
}

/** The same of the plan of a situation, beside the stacks of it that could not be planned. */
export function reviewOfSituation(name: string): Review {
  const failed = Object.entries(failedIn(name)).map(([stack, message]) => failedPlan(stack, message));
  return withPeople([readPlan(situationPlan(name), name), ...failed]);
}

/** A review as Markdown, as its file has it: that of a situation is beside its plan. */
export function reportOf(review: Review): string {
  return `${printMarkdown(review)}\n`;
}

function withPeople(plans: readonly ReadPlan[]): Review {
  const access = readAccess(path.join(repositoryRoot, "examples", "talk", "access.yaml"));
  return reviewOf(plans, { access, aws: awsPolicies, at: CLOCK });
}
