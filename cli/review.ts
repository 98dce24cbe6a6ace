import type { Command } from "commander";
import { addPlanOptions, addReportOptions, type ReviewOptions } from "./review-options";

/** `oidc review`. */
export function addReview(program: Command): void {
  const command = program
    .command("review")
    .description("Plan every stack and report what changes: resources, and who can do what afterwards.");
  addReportOptions(addPlanOptions(command)).action(
    async (stacks: readonly string[], options: ReviewOptions) =>
      (await import("./run/review.ts")).runReview(stacks, options),
  );
}
