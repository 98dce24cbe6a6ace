import { oneDiffLine } from "../../collections/one-line";
import type { Applied } from "./apply-reviewed";

/** One line for each reviewed stack: its result. */
export function printApplied(outcomes: ReadonlyMap<string, Applied>): string {
  return [...outcomes].map(([name, outcome]) => `${name}: ${describe(outcome)}`).join("\n");
}

/** Whether every reviewed stack is now as reviewed. */
export function isAllApplied(outcomes: ReadonlyMap<string, Applied>): boolean {
  return [...outcomes.values()].every(
    ({ kind }) => kind === "applied" || kind === "already-applied" || kind === "no-changes",
  );
}

function describe(outcome: Applied): string {
  switch (outcome.kind) {
    case "applied":
      return "applied";
    case "no-changes":
      return "no changes";
    case "already-applied":
      return "already applied";
    case "stale":
      return "not applied: the state changed after planning, so the plan is stale. Run `oidc review` again";
    case "failed":
      return `failed\n${indented(outcome.failure)}`;
    case "not-begun":
      return `not started (cause: ${outcome.because})`;
  }
}

/** Terraform's message, without control characters. */
function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${oneDiffLine(line)}`)
    .join("\n");
}
