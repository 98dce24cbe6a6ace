import { localAccount } from "../../dev/demo/shown-part";
import { openDecisionFile } from "../../dev/sandbox/authorize/decision-log";
import { openTrail } from "../../dev/sandbox/authorize/trail-records";
import {
  clearedVariables,
  insideSandbox,
  SANDBOX_ACCOUNT_ID,
  shellExports,
} from "../../dev/sandbox/environment/environment";
import { runInside } from "../../dev/sandbox/process/run-inside";
import { isFromTerminal, onStopRequest, type StopReason } from "../../dev/sandbox/process/stop-requests";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../dev/sandbox/sandbox";
import { readAccess } from "../../lib/project/read-access";
import { readMoment } from "../../lib/project/read-moment";
import { note, print, printAsJson } from "../../lib/terminal/output";
import { type Need, prepareTools } from "../../lib/terraform/prepare";

export interface SandboxCall {
  readonly account?: string;
  readonly at?: string;
  readonly json?: true;
  readonly verbose?: true;
  readonly log?: string;
  readonly trail?: string;
}

/** Stops the program. Until the sandbox runs, the process ends, and moto with it. */
let stop: (reason: StopReason) => void = () => process.exit(1);

/** Runs `oidc sandbox`. Ends the process. */
export async function runSandbox(command: readonly string[], options: SandboxCall): Promise<void> {
  onStopRequest((reason) => stop(reason));
  // The reader may close the pipe after the first line. The sandbox keeps running.
  process.stdout.on("error", () => undefined);
  const onLog = (line: string) => options.verbose && note(line);
  const [name, ...args] = command;
  // Fails before anything is downloaded.
  const { region, ...account } = accountOptions(options.account);
  const at = options.at === undefined ? undefined : Date.parse(readMoment(options.at));
  const tools = await prepareTools(needsOf(command));
  const env = { ...LOCAL_ONLY, ...process.env, ...tools.environment };
  const logs = [
    ...(options.log === undefined ? [] : [openDecisionFile(options.log)]),
    ...(options.trail === undefined
      ? []
      : [openTrail(options.trail, account.accountId ?? SANDBOX_ACCOUNT_ID, Date.now(), region)]),
  ];
  const sandbox = await startSandbox({
    ...account,
    ...(at === undefined ? {} : { at }),
    motoCommand: tools.moto,
    env,
    onLog,
    onDecision: (decision, session) => {
      for (const log of logs) log(decision, session);
    },
  });
  let exitCode = 0;
  let stopping = false;
  sandbox.whenEnded.then((reason) => {
    if (!stopping) note(`error[moto-ended]: ${reason}. All requests get status 503 from now on.`);
    exitCode ||= stopping ? 0 : 1;
  });
  try {
    if (options.json || name === undefined) describe(sandbox, options);
    if (name === undefined) await new Promise<void>((resolve) => (stop = () => resolve()));
    else exitCode = await inside(name, args, insideSandbox(sandbox.environment, env));
  } finally {
    stopping = true;
    await sandbox.stop();
  }
  process.exit(exitCode);
}

/**
 * Otherwise cdktf asks the registry for the checksums of other platforms (its
 * `--skip-provider-lock`).
 */
const LOCAL_ONLY = { CDKTF_SKIP_PROVIDER_LOCK: "true" };

/** What the command uses: cdktf and Terraform find the provider without their registry, too. */
function needsOf(command: readonly string[]): readonly Need[] {
  if (command.length === 0) return ["moto"];
  const runsTerraform = /\b(cdktf|terraform)\b/.test(command.join(" "));
  return ["moto", "aws", ...(runsTerraform ? (["terraform", "provider"] as const) : [])];
}

/**
 * The account's ID, and the organizations of the file, whose tokens this AWS knows from the start.
 */
function accountOptions(
  key: string | undefined,
): Pick<SandboxOptions, "accountId" | "organizations"> & { readonly region?: string } {
  if (key === undefined) return {};
  const access = readAccess();
  const { id, region } = localAccount(access, key);
  return { accountId: id, region, organizations: access.organizations.map((one) => one.id) };
}

function inside(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const running = runInside(name, args, env);
  stop = (reason) => {
    if (!isFromTerminal(reason)) running.end(reason === "orphaned" ? "SIGTERM" : reason);
  };
  return running.exitCode;
}

function describe({ endpoint, accountId, environment }: Sandbox, options: SandboxCall): void {
  const unset = clearedVariables(environment);
  if (options.json) {
    printAsJson(JSON.stringify({ endpoint, accountId, environment, unset }));
    return;
  }
  const lines = [
    `# Local CircleCI and AWS, account ${accountId}. To use it, run these commands in another terminal:`,
    ...shellExports(environment, unset),
    "# Ctrl-C in this terminal stops it and deletes its data.",
  ];
  print(lines.join("\n"));
}
