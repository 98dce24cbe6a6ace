import path from "node:path";
import { readPlan } from "../../lib/diff/read-plan";
import { repositoryRoot } from "../../lib/programs/cache";
import { awsPolicies } from "../../lib/project/aws-data";
import { readAccess } from "../../lib/project/read-access";
import { printMarkdown } from "../../lib/report/markdown/report";
import { reviewOf } from "../../lib/report/model/review-of";
import { type GoldenName, goldenPlan } from "./cases";
import { situationPlan } from "./situations";

/** Where the reports are: what a pull request with each plan would show. */
export const reportFolder = path.join(__dirname, "reports");

export function reportFile(name: GoldenName): string {
  return path.join(reportFolder, `${name}.md`);
}

/** The review of a golden plan as Markdown, with the people of examples/talk. */
export function reportOf(name: GoldenName): string {
  return markdownOf(name, goldenPlan(name));
}

/** The same of the plan of a situation; it is kept beside the plan. */
export function situationReport(name: string): string {
  return markdownOf(name, situationPlan(name));
}

function markdownOf(name: string, plan: string): string {
  const access = readAccess(path.join(repositoryRoot, "examples", "talk", "access.yaml"));
  return `${printMarkdown(reviewOf([readPlan(plan, name)], { access, aws: awsPolicies }))}\n`;
}
