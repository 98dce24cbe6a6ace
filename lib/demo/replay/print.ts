import type { Replayed } from "./replay";
import { wordFor } from "./talk";

/** Every run with what AWS said and why, the same words as `explain`'s. */
export function printReplayed(replayed: readonly Replayed[]): string {
  return replayed.map(printOne).join("\n\n");
}

function printOne({ scenario, jobs }: Replayed): string {
  const lines = jobs.flatMap(({ job, answer }) => {
    const aws = job.status === "failed" ? [`      AWS: ${job.result?.message ?? "nothing"}`] : [];
    const started = job.status === "success" || job.status === "failed";
    const would = started ? "" : `${answer.decision === "allow" ? "allowed" : "denied"} if it did: `;
    return [`  ${job.name.padEnd(12)} ${wordFor(job.status)}`, ...aws, `      why: ${would}${answer.reason}`];
  });
  return [`${scenario.title}`, ...lines].join("\n");
}
