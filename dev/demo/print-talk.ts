import Table from "cli-table3";
import { refText } from "../../lib/describe/ref";
import { wrapText } from "../../lib/terminal/wrap-text";
import { V1_TOKEN } from "../../lib/token/claims";
import { fullRef } from "../../lib/token/ref";
import type { BucketContents } from "./account/contents";
import { PLAIN } from "./account/tables";
import type { BranchPin } from "./attacks/branch-pin";
import type { BreakGlass } from "./attacks/break-glass";
import type { Forged } from "./attacks/forged";
import { WHEN } from "./record/words";
import type { Replayed } from "./replay/replay";
import { showsV1, statusWord, v1Word } from "./replay/words";
import type { RoleAnswer } from "./tokens/ask-role";
import type { UsedCircle } from "./usage/used-circle";

/** A terminal of the usual width; wider ones show the same. */
const WIDTH = 80;

/** One push: AWS's answer for each job, and the reason, in the same words as `explain`'s. */
export function printRun(run: Replayed): string {
  const { scenario, jobs } = run;
  const lines = jobs.flatMap((one) => {
    const { job, answer } = one;
    const aws = job.status === "failed" ? [detail("AWS", job.result?.message ?? "no message")] : [];
    const started = job.status === "success" || job.status === "failed";
    const would = started ? "" : `would be ${answer.decision === "allow" ? "allowed" : "denied"}: `;
    const v1 = showsV1(run, one)
      ? [
          detail(`with its V1 token, ${V1_TOKEN}`, v1Word(one)),
          detail("reason", one.v1Token.explained.reason),
        ]
      : [];
    return [
      `  ${job.name.padEnd(12)} ${statusWord(job.status)}`,
      ...aws,
      detail("reason", `${would}${answer.reason}`),
      ...v1,
    ];
  });
  return [scenario.title, ...lines].join("\n");
}

function detail(name: string, text: string): string {
  return wrapText(`      ${name}: ${text}`, WIDTH, "        ");
}

export function printContents(contents: readonly BucketContents[]): string {
  if (contents.length === 0) return "The file has no bucket.";
  const table = new Table({ head: ["bucket", "object", "bytes", "text"], style: PLAIN });
  for (const { bucket, objects } of contents) {
    if (objects.length === 0) table.push([bucket, "(empty)", "", ""]);
    for (const { key, bytes, text } of objects) table.push([bucket, key, bytes, wrapText(text, 28)]);
  }
  return table.toString();
}

/** The valid token of a job that may assume its role, and every forgery of it. */
export function printForged(forged: Forged | undefined): string {
  if (forged === undefined) return "The file has no role whose token could be forged.";
  const { job, own, tried } = forged;
  const { person, role, ref } = job;
  const table = new Table({ head: [`token sent for ${role.name}`, "AWS"], style: PLAIN });
  const good = `the valid token of ${person.name} from ${refText(fullRef(ref))}`;
  table.push([wrapText(good, 42), verdictOf(own)]);
  for (const { forgery, answer } of tried)
    table.push([
      wrapText(forgery.title, 42),
      answer.allowed ? "ALLOWED (unintended)" : `denied: ${answer.code}`,
    ]);
  return table.toString();
}

/** The branch pin of CircleCI's documentation beside ours. */
export function printBranchPin(pin: BranchPin | undefined): string {
  if (pin === undefined) return "No role in the file is restricted to branches.";
  const { job, pattern, branch, pushes } = pin;
  const table = new Table({ head: ["push", "documented pin", job.role.name], style: PLAIN });
  for (const { person, branch: pushed, documented, ours } of pushes)
    table.push([
      `${person.name}:\n${pushed}`,
      wrapText(verdictOf(documented.answer, pushed !== job.ref.name), 14),
      wrapText(verdictOf(ours.answer), 14),
    ]);
  return [
    table.toString(),
    "CircleCI's documented pin requires this subject:",
    `  ${pattern}`,
    "Its wildcards also match the beginning of this branch name:",
    `  ${branch}`,
  ].join("\n");
}

/** A role that was used, narrowed to that, and used again. */
export function printUsed(used: UsedCircle | undefined): string {
  if (used === undefined) return "No role of the file has a list that leaves a person out.";
  const { job, unused, usage, diff, tries, call } = used;
  const table = new Table({ head: [`token sent for ${job.role.name}`, "before", "narrowed"], style: PLAIN });
  for (const { person, before, after } of tries)
    table.push([person.name, wrapText(verdictOf(before), 18), wrapText(verdictOf(after), 18)]);
  table.push(["the job's call", callWord(call.before), callWord(call.after)]);
  return [
    `${job.role.name}, with ${unused.name} in its list, who never used it, and a statement for every bucket.`,
    "`oidc usage` on the CloudTrail records of this demo:",
    ...usage.map((line) => wrapText(`  ${line}`, WIDTH, "      ")),
    "`oidc usage --suggest`, proven narrower:",
    ...diff.split("\n").map((line) => `  ${line}`),
    table.toString(),
  ].join("\n");
}

function callWord(isAllowed: boolean): string {
  return isAllowed ? "allowed" : "denied";
}

/** A person with a role for two hours: AWS's answers by the sandbox's clock. */
export function printBreakGlass(opened: BreakGlass | undefined): string {
  if (opened === undefined) return "Everyone may assume every role of the file.";
  const { job, person, end, tries } = opened;
  const table = new Table({ head: ["the sandbox's clock (UTC)", job.role.name], style: PLAIN });
  for (const { when, at, tried } of tries)
    table.push([
      wrapText(`${at.replace("T", " ").replace("Z", "")} ${WHEN[when].en}`, 42),
      verdictOf(tried.answer),
    ]);
  return [
    `${person.name} may assume ${job.role.name} for two hours, until ${end}.`,
    "The entry in access.yaml, as `oidc grant` writes it:",
    `  - ${person.name}: { until: ${end}, reason: INC-123 }`,
    table.toString(),
  ].join("\n");
}

/** @param isUnintended whether the policy's author would not expect the token to be allowed */
function verdictOf(answer: RoleAnswer, isUnintended = false): string {
  if (!answer.allowed) return `denied: ${answer.code}`;
  return isUnintended ? "ALLOWED (unintended)" : "allowed";
}

export function printLeftOut(leftOut: readonly string[]): string {
  return ["Not shown:", ...leftOut.map((line) => wrapText(`  ${line}`, WIDTH, "    "))].join("\n");
}
