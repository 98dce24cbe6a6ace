import type { PipelineJob } from "../../sandbox/runner/run-pipeline";

/** What a job's status means for access. */
export function wordFor(status: PipelineJob["status"]): string {
  return { success: "allowed", failed: "denied", filtered: "not started (filter)", "not-run": "not started" }[
    status
  ];
}
