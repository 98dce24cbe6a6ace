import { oneDiffLine } from "../../collections/one-line";
import type { Applied } from "./apply-reviewed";

/** One line for each reviewed stack: what was done with it, and what was not. */
export function printApplied(outcomes: ReadonlyMap<string, Applied>): string {
  return [...outcomes].map(([name, outcome]) => `${name}: ${describe(outcome)}`).join("\n");
}

/** Whether everything that was reviewed is now as reviewed. */
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
      return "skipped, its plan has no changes";
    case "already-applied":
      return "already applied: nothing is left to do";
    case "stale":
      return "not applied: the state has changed since it was planned, and the plan is stale. Run `oidc review` again";
    case "failed":
      return `failed\n${indented(outcome.failure)}`;
    case "not-begun":
      return `not begun, because of ${outcome.because}`;
  }
}

/** Terraform's words, without what could rewrite a terminal. */
function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${oneDiffLine(line)}`)
    .join("\n");
}
