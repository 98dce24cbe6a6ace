import { type CdktfResult, runCdktf } from "../../terraform/cdktf";
import type { DeployCall, DeployHost } from "./deploy-call";
import { follow } from "./follow";
import { printFailure, printPlan } from "./print";
import type { StackRun } from "./stack-runs";
import { refuseUnknownStack } from "./unknown-stack";

interface StacksEnded {
  readonly runs: readonly StackRun[];
  readonly result: CdktfResult;
}

/**
 * Runs cdktf until a call fails. Each stack has its line of progress, the last of which is written
 * before this ends.
 * @param calls the arguments of each call; one is asked for when the call before it has ended
 * @param planned the plans that are applied, which Terraform does not print again
 */
export async function runStacks(
  { access: _, ...call }: DeployCall,
  calls: Iterable<readonly string[]>,
  host: DeployHost,
  planned: readonly StackRun[] = [],
): Promise<StacksEnded> {
  const { runs, listen, endAll } = follow(call, host, planned);
  let result: CdktfResult = { exitCode: 0, output: "" };
  for (const args of calls) {
    result = await runCdktf({ ...call, args, onEvent: listen });
    if (result.exitCode !== 0) break;
  }
  await endAll();
  return { runs: runs.all(), result };
}

/**
 * What cdktf would have printed and has to be seen: where Terraform failed, and the plans of
 * `diff`.
 * @throws ProjectError `unknown-stack` (exit 2)
 */
export function printQuietly(
  command: string,
  { runs, result: { exitCode, output } }: StacksEnded,
  host: DeployHost,
): void {
  const failed = runs.filter(({ isFailed }) => isFailed);
  for (const run of failed) host.note(printFailure(run));
  if (exitCode !== 0 && failed.length === 0) {
    refuseUnknownStack(output, host.stackNames);
    host.note(output.trim());
  }
  if (command !== "diff") return;
  for (const run of runs) if (!run.isFailed) host.say(printPlan(run));
}
