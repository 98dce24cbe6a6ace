import type { PipelineJob } from "../../sandbox/runner/run-pipeline";
import type { Replayed, ReplayedJob } from "./replay";

/** What a job's status means for access. */
export function wordFor(status: PipelineJob["status"]): string {
  return { success: "allowed", failed: "denied", filtered: "not started (filter)", "not-run": "not started" }[
    status
  ];
}

/**
 * A V1 token says nothing of the repository: it is shown of a fork's job, and of every job that
 * gets in by it.
 */
export function showsV1({ scenario }: Pick<Replayed, "scenario">, { v1Token }: ReplayedJob): boolean {
  return scenario.kind === "fork" || v1Token.answer.allowed;
}

/** Such as `denied: AccessDenied`. */
export function wordForV1({ v1Token: { answer } }: ReplayedJob): string {
  return answer.allowed ? "allowed" : `denied: ${answer.code}`;
}
