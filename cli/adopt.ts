import path from "node:path";
import { type Command, Option } from "commander";
import {
  type AdoptHost,
  finishAdoption,
  proposeAdoption,
  releaseFrom,
  transfersToCheck,
} from "../lib/adopt/adopt";
import type { AdoptionCheck } from "../lib/adopt/check/adoption-check";
import { checkAdoption } from "../lib/adopt/check/check";
import { readPolicyDocument } from "../lib/adopt/discover/read-calls";
import { printCheck } from "../lib/adopt/print/check";
import { printDone, printRelease } from "../lib/adopt/print/imports";
import { printPatch, printProposal, printProposalAsJson } from "../lib/adopt/print/proposal";
import type { FileChange } from "../lib/adopt/propose/proposal";
import { finishWriting, writeChanges } from "../lib/adopt/write-changes";
import { parallelism } from "../lib/deliver/call/parallelism";
import { bucketArn } from "../lib/iam/write/buckets/bucket-permissions";
import { createProgress, type Progress } from "../lib/programs/progress";
import { pickAccount } from "../lib/project/pick-account";
import { accessFile, readAccess } from "../lib/project/read-access";
import { wrongCall } from "../lib/project/unknown-name";
import { note, print, printAsJson } from "../lib/terminal/output";
import { hasPluginCache } from "../lib/terraform/cli-config";
import { prepareTools } from "../lib/terraform/prepare";
import { synthesise } from "../lib/terraform/synthesise";
import { Terraform } from "../lib/terraform/terraform";

interface Options {
  readonly account?: string;
  readonly only?: readonly string[];
  readonly bucket?: readonly string[];
  readonly project?: string;
  readonly defaultTags?: true;
  readonly dryRun?: true;
  readonly check?: boolean;
  readonly done?: true;
  readonly release?: readonly string[];
  readonly json?: true;
  readonly printPolicy?: true;
  readonly output: string;
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
    .option("--check", "plan what is written already, and say whether a deploy would change anything of it")
    .option("--no-check", "write, and do not plan")
    .option("--done", "after the deploy: take out of imports.json what the state has")
    .option(
      "--release <name...>",
      "the opposite: Terraform forgets these roles or buckets, and AWS keeps them",
    )
    .option("--json", "what was found, for programs")
    .addOption(new Option("--print-policy", "the policy that the caller needs"))
    .option("--output <folder>", "where the stacks are written", process.env.CDKTF_OUTDIR || "cdktf.out")
    .action(run);
}

async function run(options: Options): Promise<void> {
  refuseBothAtOnce(options);
  const file = accessFile();
  if (options.printPolicy === true) {
    const { stateBucket, partition } = pickAccount(readAccess(file), options.account);
    printAsJson(JSON.stringify(readPolicyDocument(bucketArn(stateBucket, partition)), null, 2));
    return;
  }
  const finished = finishWriting(path.dirname(file));
  if (finished.length > 0) note(`finished what an earlier run had begun: ${finished.join(", ")}`);
  const progress = createProgress();
  const host: AdoptHost = {
    accessFile: file,
    env: process.env,
    step: (what, task) => progress.step(what, task),
  };
  if (options.check === true) return report(await check(options, progress), options);
  if (options.done === true) return done(options, host);
  if (options.release !== undefined) return release(options.release, options, host, progress);
  const proposal = await proposeAdoption(
    {
      ...(options.account === undefined ? {} : { account: options.account }),
      ...(options.only === undefined ? {} : { only: options.only }),
      ...(options.project === undefined ? {} : { project: options.project }),
      buckets: options.bucket ?? [],
      defaultTags: options.defaultTags === true,
    },
    host,
  );
  if (options.json === true) printAsJson(printProposalAsJson(proposal));
  else print(printProposal(proposal));
  if (proposal.inventory.unseen.length > 0) process.exitCode = 1;
  if (!write(proposal.changes, options)) return;
  if (options.check !== false) report(await check(options, progress), { ...options, json: undefined });
}

/** Each is a thing of its own. */
function refuseBothAtOnce({ check, done: isDone, release: names, dryRun }: Options): void {
  const said = [
    check === true ? "--check" : "",
    isDone ? "--done" : "",
    names === undefined ? "" : "--release",
  ];
  const named = said.filter((one) => one !== "");
  if (named.length > 1)
    throw wrongCall(`${named.join(" and ")} exclude each other`, "do one after the other");
  if (check === true && dryRun === true)
    throw wrongCall("--check writes nothing, so --dry-run has no place beside it", "leave it out");
}

/** @returns whether anything was written */
function write(changes: readonly FileChange[], { dryRun, json }: Options): boolean {
  if (changes.length === 0) return false;
  if (dryRun === true) {
    if (json !== true) print(`\n${printPatch(changes)}`);
    return false;
  }
  writeChanges(path.dirname(accessFile()), changes);
  for (const change of changes) note(`${change.after === undefined ? "removed" : "written"}: ${change.file}`);
  return true;
}

async function check({ account, output }: Options, progress: Progress): Promise<AdoptionCheck> {
  const transfers = transfersToCheck(account, accessFile());
  const tools = await prepareTools(["terraform", "provider"], { progress });
  const env = { ...process.env, ...tools.environment };
  await progress.step("write the stacks", () => synthesise(output, env));
  return checkAdoption(transfers, {
    terraform: new Terraform(tools.terraform, env),
    output,
    atOnce: parallelism(undefined),
    initsAlone: hasPluginCache(env),
    step: (what, task) => progress.step(what, task),
  });
}

function report(found: AdoptionCheck, { json }: Pick<Options, "json"> | { readonly json: undefined }): void {
  if (json === true) printAsJson(JSON.stringify(found, null, 2));
  else print(printCheck(found));
  if (found.problems.length > 0) process.exitCode = 1;
}

async function done(options: Options, host: AdoptHost): Promise<void> {
  const left = await finishAdoption(options.account, host);
  if (options.json === true) printAsJson(JSON.stringify(left, null, 2));
  else print(printDone(left));
  write(left.changes, options);
  if (left.waiting.length + left.remembered.length > 0) process.exitCode = 1;
}

async function release(
  names: readonly string[],
  options: Options,
  host: AdoptHost,
  progress: Progress,
): Promise<void> {
  const proposal = await releaseFrom(names, options.account, host);
  if (options.json === true) printAsJson(JSON.stringify(proposal, null, 2));
  else print(printRelease(proposal));
  if (!write(proposal.changes, options)) return;
  if (options.check !== false) report(await check(options, progress), { json: undefined });
}
