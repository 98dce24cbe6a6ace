import type { Access } from "../../config/model/model";
import { diffCalls } from "../../terraform/cdktf-arguments";
import { type DeployCall, type DeployHost, declaredStacks } from "./deploy-call";
import { printNext, printResources, printStacks, printWarnings } from "./print";
import { printQuietly, runStacks } from "./run-stacks";
import type { StackRun } from "./stack-runs";

/**
 * Runs `cdktf deploy`, `destroy` or `diff`. Quiet: one line of progress for each stack, and the
 * complete output of a stack only if Terraform fails in it. In the end: warnings, what changed in
 * which stack, its roles and buckets, and the next command.
 * @param planned the saved plans in `call.plans`, which are applied
 * @returns cdktf's exit code
 * @throws ProjectError `unknown-stack` (exit 2)
 */
export async function deployStacks(
  call: DeployCall,
  host: DeployHost,
  planned: readonly StackRun[] = [],
): Promise<number> {
  const { access, command, args, isQuiet } = call;
  const calls = command === "diff" ? diffCalls(args, declaredStacks(access)) : [args];
  const ended = await runStacks(call, calls, host, planned);
  const { runs, result } = ended;
  if (isQuiet === true) printQuietly(command, ended, host);
  if (runs.length > 0) host.say(report(command, access, { runs, planned, exitCode: result.exitCode }));
  return result.exitCode;
}

interface Reported {
  readonly runs: readonly StackRun[];
  readonly planned: readonly StackRun[];
  readonly exitCode: number;
}

function report(command: string, access: Access, { runs, planned, exitCode }: Reported): string {
  const deployed = runs.filter(({ isFailed }) => !isFailed);
  const stacks = command === "deploy" ? deployed.map(({ stack }) => stack) : [];
  return [
    "",
    printStacks(runs),
    printResources(access, stacks),
    printWarnings([...planned, ...runs]),
    exitCode === 0 ? printNext(command, access, deployed) : "",
  ]
    .filter((part, index) => index === 0 || part !== "")
    .join("\n\n")
    .slice(1);
}
