import { guardDeploy } from "../lib/adopt/guard-deploy";
import { describeError, exitCodeOf } from "../lib/errors";
import { readAccess } from "../lib/project/read-access";
import { note } from "../lib/terminal/output";
import { runCdktf } from "../lib/terraform/cdktf";
import { stackNames } from "../lib/terraform/cdktf-arguments";
import { prepareTools } from "../lib/terraform/prepare";
import { requireApproval } from "../lib/terraform/require-approval";

/**
 * `npm run synth|diff|deploy|destroy -- ARGS…`: the true cdktf, with Terraform and the provider in
 * their place.
 */
async function main([command = "", ...args]: readonly string[]): Promise<number> {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  requireApproval(command, args, { env: process.env, isTerminal });
  // Before anything is written or fetched; cdktf would bury the errors in its own and end with 1.
  const access = args.includes("--help") || args.includes("-h") ? undefined : readAccess();
  // synth writes files, and that is all: it needs neither Terraform nor network.
  const { environment } = await prepareTools(command === "synth" ? [] : ["terraform", "provider"]);
  if (command === "deploy" && access !== undefined)
    await guardDeploy(access, stackNames(args), { ...process.env, ...environment });
  return runCdktf(command, args, environment);
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    note(describeError(error));
    process.exitCode = exitCodeOf(error);
  },
);
