import { guardDeploy } from "../lib/adopt/guard-deploy";
import { readAccess } from "../lib/project/read-access";
import { runCdktf } from "../lib/terraform/cdktf";
import { stackNames } from "../lib/terraform/cdktf-arguments";
import { prepareTools } from "../lib/terraform/prepare";
import { requireApproval } from "../lib/terraform/require-approval";
import { runTask } from "./command";

/**
 * `npm run synth|diff|deploy|destroy -- ARGS…`: the real cdktf CLI, with Terraform and the
 * provider.
 */
async function main([command = "", ...args]: readonly string[]): Promise<number> {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  requireApproval(command, args, { env: process.env, isTerminal });
  // First, because cdktf would wrap the error in one of its own and exit with 1.
  const access = args.includes("--help") || args.includes("-h") ? undefined : readAccess();
  // synth only writes files: it needs neither Terraform nor the network.
  const { environment } = await prepareTools(command === "synth" ? [] : ["terraform", "provider"]);
  if (command === "deploy" && access !== undefined)
    await guardDeploy(access, stackNames(args), { ...process.env, ...environment });
  return runCdktf(command, args, environment);
}

runTask(() => main(process.argv.slice(2)));
