import { oidc } from "../../command-name";
import { diffArguments, isNamed, stackNames, withoutStackNames } from "../../terraform/cdktf-arguments";
import { deployStacks } from "./deploy";
import { type DeployCall, type DeployHost, declaredStacks } from "./deploy-call";
import { requirePlanFiles, withPlanFolder } from "./plan-files";
import { printChanges, printResources } from "./print";
import { printQuietly, runStacks } from "./run-stacks";
import { NO_CHANGES } from "./terraform-text";
import { unknownStack } from "./unknown-stack";

type Asking = Omit<DeployCall, "isQuiet" | "plans">;
type AskingHost = DeployHost & { readonly confirm: (question: string) => Promise<boolean> };

/**
 * Runs `cdktf deploy` or `destroy` at a terminal: what changes in which stack, one question for all
 * stacks, and then the run. `deploy` applies exactly the plans that it showed. Nothing is asked if
 * nothing changes.
 * @returns cdktf's exit code; 1 without approval
 * @throws ProjectError `unknown-stack`, `plan-not-saved` (exit 2)
 */
export function deployAsking(call: Asking, host: AskingHost): Promise<number> {
  const quiet = { ...call, isQuiet: true };
  if (call.command !== "deploy") return destroyAsking(quiet, host);
  return withPlanFolder((plans) => deployPlanned({ ...quiet, plans }, host));
}

async function deployPlanned(
  call: DeployCall & { readonly plans: string },
  host: AskingHost,
): Promise<number> {
  const { args, plans } = call;
  const ended = await runStacks({ ...call, command: "diff" }, planCalls(call, host), host);
  const { runs, result } = ended;
  if (result.exitCode !== 0 || runs.length === 0) {
    const exitCode = result.exitCode || 1;
    printQuietly("deploy", { runs, result: { ...result, exitCode } }, host);
    return exitCode;
  }
  requirePlanFiles(plans, runs);
  host.say(`\n${printChanges(runs)}`);
  if (runs.every(({ changes }) => changes === NO_CHANGES)) {
    host.say("\nNo changes: nothing to deploy.");
    return 0;
  }
  host.say(`\n${oidc("diff")} shows every value.`);
  if (!(await host.confirm("Deploy these changes?"))) return notApproved(host);
  // The stacks whose plans were shown, whatever main.ts would declare now.
  const shown = runs.map(({ stack }) => stack);
  const approved = [...shown, ...withoutStackNames(args), "--auto-approve", "--skip-synth"];
  return deployStacks({ ...call, args: approved }, host, runs);
}

/**
 * The arguments of the calls that plan each named stack: cdktf plans one a call. The first one
 * synthesizes, after which all stacks are known.
 */
function* planCalls(
  { access, args }: Asking,
  { stackNames: synthesized }: DeployHost,
): Generator<readonly string[]> {
  const named = stackNames(args);
  const options = diffArguments(withoutStackNames(args));
  const first = declaredStacks(access).find((stack) => isNamed(named, stack)) ?? named[0];
  yield first === undefined ? options : [first, ...options];
  const stacks = synthesized();
  const unknown = named.find((name) => !stacks.some((stack) => isNamed([name], stack)));
  if (unknown !== undefined) throw unknownStack(unknown, stacks);
  for (const stack of stacks)
    if (isNamed(named, stack) && !(first !== undefined && isNamed([first], stack)))
      yield [stack, ...options, "--skip-synth"];
}

async function destroyAsking(call: DeployCall, host: AskingHost): Promise<number> {
  const { access, args } = call;
  const named = stackNames(args);
  const declared = declaredStacks(access);
  const others = named.filter((name) => !declared.some((stack) => isNamed([name], stack)));
  const stacks = [...declared.filter((stack) => isNamed(named, stack)), ...others];
  const resources = printResources(access, stacks);
  const what = stacks.map((stack) => `  ${stack}`).join("\n");
  host.say(`\nDestroys all resources of:\n${what}${resources === "" ? "" : `\n\n${resources}`}`);
  if (!(await host.confirm("Destroy these stacks?"))) return notApproved(host);
  // What was listed, and not what a pattern would match beyond it.
  return deployStacks({ ...call, args: [...stacks, ...withoutStackNames(args), "--auto-approve"] }, host);
}

function notApproved({ note }: DeployHost): number {
  note("Not approved: nothing was changed.");
  return 1;
}
