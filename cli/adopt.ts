import path from "node:path";
import { type Command, Option } from "commander";
import { proposeAdoption } from "../lib/adopt/adopt";
import { readPolicyDocument } from "../lib/adopt/discover/read-calls";
import { printPatch, printProposal, printProposalAsJson } from "../lib/adopt/print";
import { finishWriting, writeChanges } from "../lib/adopt/write/write-changes";
import { bucketArn } from "../lib/iam/bucket-permissions";
import { pickAccount } from "../lib/project/pick-account";
import { accessFile, readAccess } from "../lib/project/read-access";
import { createProgress } from "../lib/tools/progress";

interface Options {
  readonly account?: string;
  readonly only?: readonly string[];
  readonly bucket?: readonly string[];
  readonly project?: string;
  readonly defaultTags?: true;
  readonly dryRun?: true;
  readonly json?: true;
  readonly printPolicy?: true;
}

/** `oidc adopt`. */
export function addAdopt(program: Command): void {
  program
    .command("adopt")
    .description(
      "Brings the roles, provider and buckets that exist in an account under this project, without changing them.",
    )
    .option("--account <name>", "the account's name in access.yaml; may be left out if there is only one")
    .option("--only <role...>", "these roles alone, by their names in IAM")
    .option("--bucket <name...>", "buckets that no role's policies name")
    .option("--project <key>", "where what belongs to no one project goes")
    .option("--default-tags", "put this project's tags on what is adopted: the one change that is made")
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--json", "what was found, for programs")
    .addOption(new Option("--print-policy", "the policy that the caller needs"))
    .action(run);
}

async function run(options: Options): Promise<void> {
  const file = accessFile();
  if (options.printPolicy === true) {
    const { stateBucket, partition } = pickAccount(readAccess(file), options.account);
    console.log(JSON.stringify(readPolicyDocument(bucketArn(stateBucket, partition)), null, 2));
    return;
  }
  const folder = path.dirname(file);
  const finished = finishWriting(folder);
  if (finished.length > 0) console.error(`finished what an earlier run had begun: ${finished.join(", ")}`);
  const progress = createProgress();
  const proposal = await proposeAdoption(
    {
      ...(options.account === undefined ? {} : { account: options.account }),
      ...(options.only === undefined ? {} : { only: options.only }),
      ...(options.project === undefined ? {} : { project: options.project }),
      buckets: options.bucket ?? [],
      defaultTags: options.defaultTags === true,
    },
    { accessFile: file, env: process.env, step: (what, task) => progress.step(what, task) },
  );
  console.log(options.json === true ? printProposalAsJson(proposal) : printProposal(proposal));
  if (proposal.inventory.unseen.length > 0) process.exitCode = 1;
  if (proposal.changes.length === 0) return;
  if (options.dryRun === true) {
    if (options.json !== true) console.log(`\n${printPatch(proposal.changes)}`);
    return;
  }
  writeChanges(folder, proposal.changes);
  for (const change of proposal.changes) console.error(`written: ${change.file}`);
}
