import { suggest } from "../../collections/suggest";
import { accountView } from "../../config/model/account-view";
import type { Access } from "../../config/model/model";
import { ProjectError } from "../../errors";
import type { Progress } from "../../programs/progress";
import { type CdktfResult, type CdktfRun, runCdktf } from "../../terraform/cdktf";
import { diffArguments, diffCalls, isNamed, stackNames } from "../../terraform/cdktf-arguments";
import type { StackEvent } from "../../terraform/stack-event";
import {
  printChanges,
  printFailure,
  printNext,
  printPlan,
  printResources,
  printStacks,
  printWarnings,
} from "./print";
import { type StackRun, StackRuns } from "./stack-runs";
import { NO_CHANGES } from "./terraform-text";

export interface DeployHost {
  readonly say: (text: string) => void;
  readonly note: (text: string) => void;
  readonly progress: Progress;
  /** The names of the synthesized stacks. */
  readonly stackNames: () => readonly string[];
}

interface DeployCall extends Omit<CdktfRun, "onEvent"> {
  readonly access: Access;
}

interface Ended {
  readonly runs: readonly StackRun[];
  readonly result: CdktfResult;
}

/**
 * Runs `cdktf deploy` or `destroy` at a terminal: what changes in which stack, one
 * question for all stacks, and then the run. Nothing is asked if nothing changes.
 * @returns cdktf's exit code; 1 without approval
 * @throws ProjectError `unknown-stack` (exit 2)
 */
export async function deployAsking(
  call: Omit<DeployCall, "isQuiet">,
  host: DeployHost & { readonly confirm: (question: string) => Promise<boolean> },
): Promise<number> {
  const { access, command, args } = call;
  const quiet = { ...call, isQuiet: true };
  if (command === "deploy") {
    const planned = await runStacks({ ...quiet, command: "diff", args: diffArguments(args) }, host);
    const { runs, result } = planned;
    if (result.exitCode !== 0 || runs.length === 0) {
      printQuietly("deploy", runs, { ...result, exitCode: result.exitCode || 1 }, host);
      return result.exitCode || 1;
    }
    host.say(`\n${printChanges(runs)}`);
    if (runs.every(({ changes }) => changes === NO_CHANGES)) {
      host.say("\nNo changes: nothing to deploy.");
      return 0;
    }
    host.say("\nnpm run diff shows every value.");
  } else {
    const named = stackNames(args);
    const stacks = stacksOf(access).filter((stack) => isNamed(named, stack));
    const resources = printResources(access, stacks);
    const what = (stacks.length === 0 ? named : stacks).map((stack) => `  ${stack}`).join("\n");
    host.say(`\nDestroys all resources of:\n${what}${resources === "" ? "" : `\n\n${resources}`}`);
  }
  if (!(await host.confirm(command === "deploy" ? "Deploy these changes?" : "Destroy these stacks?"))) {
    host.note("Not approved: nothing was changed.");
    return 1;
  }
  // What was planned is deployed, and not what main.ts would write now.
  const synthesised = command === "deploy" ? ["--skip-synth"] : [];
  return deployStacks({ ...quiet, args: [...args, "--auto-approve", ...synthesised] }, host);
}

/**
 * Runs `cdktf deploy`, `destroy` or `diff`. Quiet: one line of progress for each stack, and the
 * complete output of a stack only if Terraform fails in it. In the end: warnings, what changed in
 * which stack, its roles and buckets, and the next command.
 * @returns cdktf's exit code
 * @throws ProjectError `unknown-stack` (exit 2)
 */
export async function deployStacks(call: DeployCall, host: DeployHost): Promise<number> {
  const { runs, result } = await runStacks(call, host);
  if (call.isQuiet === true) printQuietly(call.command, runs, result, host);
  if (runs.length > 0) host.say(report(call.command, call.access, runs, result.exitCode));
  return result.exitCode;
}

/** Each stack has its line of progress, the last of which is written before this ends. */
async function runStacks({ access, ...call }: DeployCall, host: DeployHost): Promise<Ended> {
  const { runs, listen, endAll } = follow(call, host);
  let result: CdktfResult = { exitCode: 0, output: "" };
  for (const args of callsOf(access, call)) {
    result = await runCdktf({ ...call, args, onEvent: listen });
    if (result.exitCode !== 0) break;
  }
  await endAll();
  return { runs: runs.all(), result };
}

function stacksOf(access: Access): readonly string[] {
  return access.accounts.flatMap((account) => accountView(access, account).stackNames);
}

function callsOf(access: Access, { command, args }: Pick<CdktfRun, "command" | "args">) {
  return command === "diff" ? diffCalls(args, stacksOf(access)) : [args];
}

/** What cdktf would have printed and has to be seen. */
function printQuietly(
  command: string,
  runs: readonly StackRun[],
  { exitCode, output }: CdktfResult,
  host: DeployHost,
): void {
  const failed = runs.filter(({ isFailed }) => isFailed);
  for (const run of failed) host.note(printFailure(run));
  if (exitCode !== 0 && failed.length === 0) {
    refuseUnknownStack(output, host);
    host.note(output.trim());
  }
  if (command !== "diff") return;
  for (const run of runs) if (!run.isFailed) host.say(printPlan(run));
}

function report(command: string, access: Access, runs: readonly StackRun[], exitCode: number): string {
  const deployed = runs.filter(({ isFailed }) => !isFailed);
  const stacks = command === "deploy" ? deployed.map(({ stack }) => stack) : [];
  return [
    "",
    printStacks(runs),
    printResources(access, stacks),
    printWarnings(runs),
    exitCode === 0 ? printNext(command, access, deployed) : "",
  ]
    .filter((part, index) => index === 0 || part !== "")
    .join("\n\n")
    .slice(1);
}

/** One line of progress for each stack. */
function follow({ isQuiet }: Pick<CdktfRun, "isQuiet">, { progress, note }: DeployHost) {
  const shown = new Map<
    string,
    { readonly report: (detail: string) => void; end: (run: StackRun) => void }
  >();
  const steps: Promise<StackRun>[] = [];
  const begin = (stack: string): void => {
    const step = progress.step(
      stack,
      (report) =>
        new Promise<StackRun>((resolve) => {
          shown.set(stack, { report, end: resolve });
        }),
      ({ isFailed, changes }) => (isFailed ? "failed" : (changes ?? "done")),
    );
    steps.push(step);
  };
  const runs = new StackRuns({
    onProgress: (stack, detail) => {
      if (isQuiet !== true) return;
      if (!shown.has(stack)) begin(stack);
      shown.get(stack)?.report(detail);
    },
    onEnd: (run) => shown.get(run.stack)?.end(run),
  });
  const listen = (event: StackEvent): void => {
    if (event.kind !== "waiting") runs.on(event);
    else if (isQuiet === true) progress.note(WAITING);
    else note(WAITING);
  };
  const endAll = async (): Promise<void> => {
    for (const run of runs.all()) shown.get(run.stack)?.end(run);
    await Promise.all(steps);
  };
  return { runs, listen, endAll };
}

const WAITING = "waiting for Terraform to finish the current call and release the state lock";

/** cdktf 0.21 names the argument and no stack. */
function refuseUnknownStack(output: string, { stackNames }: DeployHost): void {
  const name = /Could not find stack(?: for pattern '(.*?)'|: (.*?))$/m.exec(output);
  if (name === null) return;
  const found = (name[1] ?? name[2] ?? "").trim();
  const names = stackNames();
  const near = suggest(found, names);
  throw new ProjectError({
    code: "unknown-stack",
    message: `no stack "${found}"; the stacks are: ${names.join(", ")}`,
    found,
    fix:
      near === undefined
        ? 'write one of these names, or a pattern such as "main-*"'
        : `did you mean "${near}"?`,
    exitCode: 2,
  });
}
