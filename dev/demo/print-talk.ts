import Table from "cli-table3";
import { V1_TOKEN } from "../../lib/token/claims";
import type { BranchPin } from "./attacks/branch-pin";
import type { Forged } from "./attacks/forged";
import type { Tried } from "./attacks/tried";
import type { BucketContents } from "./contents";
import type { Replayed } from "./replay/replay";
import { showsV1, wordFor, wordForV1 } from "./replay/words";
import { PLAIN } from "./tables";

/**
 * What happened to one push: what AWS said of each job, and why, in the same words as `explain`'s.
 */
export function printRun(run: Replayed): string {
  const { scenario, jobs } = run;
  const lines = jobs.flatMap((one) => {
    const { job, answer } = one;
    const aws = job.status === "failed" ? [`      AWS: ${job.result?.message ?? "nothing"}`] : [];
    const started = job.status === "success" || job.status === "failed";
    const would = started ? "" : `${answer.decision === "allow" ? "allowed" : "denied"} if it did: `;
    const v1 = showsV1(run, one)
      ? [
          `      with its V1 token, ${V1_TOKEN}: ${wordForV1(one)}`,
          `      why: ${one.v1Token.explained.reason}`,
        ]
      : [];
    return [
      `  ${job.name.padEnd(12)} ${wordFor(job.status)}`,
      ...aws,
      `      why: ${would}${answer.reason}`,
      ...v1,
    ];
  });
  return [scenario.title, ...lines].join("\n");
}

export function printContents(contents: readonly BucketContents[]): string {
  if (contents.length === 0) return "The file has no bucket.";
  const table = new Table({ head: ["what lies in bucket", "object", "bytes", "says"], style: PLAIN });
  for (const { bucket, objects } of contents) {
    if (objects.length === 0) table.push([bucket, "nothing", "", ""]);
    for (const { key, bytes, text } of objects) table.push([bucket, key, bytes, text]);
  }
  return table.toString();
}

/** The own token of a job that may have its role, and every forgery of it. */
export function printForged(forged: Forged | undefined): string {
  if (forged === undefined) return "The file has no role whose token could be forged.";
  const { job, own, tried } = forged;
  const { person, role, ref } = job;
  const table = new Table({ head: ["shown to AWS", "for", "AWS"], style: PLAIN });
  const good = `${person.name}'s own token from ${ref.name}`;
  table.push([good, role.name, own.allowed ? "allowed" : `denied: ${own.code}`]);
  for (const { forgery, answer } of tried)
    table.push([forgery.title, role.name, answer.allowed ? "ALLOWED" : `denied: ${answer.code}`]);
  return table.toString();
}

/** A pin as it is documented beside ours. */
export function printBranchPin(pin: BranchPin | undefined): string {
  if (pin === undefined) return "No role of the file is pinned to a branch.";
  const { job, pattern, branch, pushes } = pin;
  const head = ["pushed", "a branch pin as CircleCI documents it", job.role.name];
  const table = new Table({ head, style: PLAIN });
  for (const { person, branch: pushed, documented, ours } of pushes)
    table.push([
      `${person.name}: ${pushed}`,
      verdictOf(documented, pushed !== job.ref.name),
      verdictOf(ours),
    ]);
  return [
    table.toString(),
    `The documented pin asks for: ${pattern}`,
    `Its asterisks swallow the beginning of a branch named ${branch}`,
  ].join("\n");
}

function verdictOf({ answer }: Tried, unmeant = false): string {
  if (!answer.allowed) return `denied: ${answer.code}`;
  return unmeant ? "ALLOWED, which nobody meant" : "allowed";
}

export function printLeftOut(leftOut: readonly string[]): string {
  return ["Not shown:", ...leftOut.map((line) => `  ${line}`)].join("\n");
}
