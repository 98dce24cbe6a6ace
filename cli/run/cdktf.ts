import path from "node:path";
import { guardDeploy } from "../../lib/adopt/guard-deploy";
import { projectRoot } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { checkCallerOfStacks } from "../../lib/start/deploy/check-caller";
import { deployStacks } from "../../lib/start/deploy/deploy";
import { deployAsking } from "../../lib/start/deploy/deploy-asking";
import { isTerminal } from "../../lib/terminal/prompt";
import { requireCdktf, runCdktf } from "../../lib/terraform/cdktf";
import { outputFolder, stackNames } from "../../lib/terraform/cdktf-arguments";
import { prepareTools } from "../../lib/terraform/prepare";
import { isApproved, requireApproval } from "../../lib/terraform/require-approval";
import { deployHost } from "../host";

/** Runs `oidc synth|diff|deploy|destroy`. @returns cdktf's exit code */
export async function runCdktfCommand(command: string, given: readonly string[]): Promise<number> {
  const args = given.filter((arg) => arg !== "--verbose");
  const canAsk = isTerminal() && process.stdout.isTTY === true;
  requireApproval(command, args, { env: process.env, isTerminal: canAsk });
  const isHelp = args.includes("--help") || args.includes("-h");
  // synth only writes files: it needs neither credentials, nor Terraform, nor the network.
  if (command === "synth" || isHelp) {
    // First, because cdktf would wrap the error in one of its own and exit with 1.
    if (!isHelp) readAccess();
    const { environment } = await prepareTools([]);
    return (await runCdktf({ command, args, environment })).exitCode;
  }
  const access = readAccess();
  requireCdktf();
  const named = stackNames(args);
  await checkCallerOfStacks(command, access, named);
  const { environment } = await prepareTools(["terraform", "provider"], { access });
  if (command === "deploy") await guardDeploy(access, named, { ...process.env, ...environment });
  const isVerbose = given.length > args.length;
  const host = deployHost(path.resolve(projectRoot(), outputFolder(args)));
  // With --verbose, cdktf shows the plan and asks.
  if (command !== "diff" && !isVerbose && !isApproved(args, process.env))
    return deployAsking({ access, command, args, environment }, host);
  return deployStacks({ access, command, args, environment, isQuiet: !isVerbose }, host);
}
