import path from "node:path";
import {
  type AdoptHost,
  type AdoptOptions,
  finishAdoption,
  proposeAdoption,
  releaseFrom,
} from "../../lib/adopt/adopt";
import type { AdoptionCheck } from "../../lib/adopt/check/adoption-check";
import { checkWritten } from "../../lib/adopt/check-written";
import { readPolicyDocument } from "../../lib/adopt/discover/read-calls";
import { adoptMode } from "../../lib/adopt/mode";
import { printCheck } from "../../lib/adopt/print/check";
import { printDone, printRelease } from "../../lib/adopt/print/imports";
import { printPatch, printWritten } from "../../lib/adopt/print/patch";
import { printProposal, printProposalAsJson } from "../../lib/adopt/print/proposal";
import type { FileChange } from "../../lib/adopt/propose/proposal";
import { finishWriting, writeChanges } from "../../lib/adopt/write-changes";
import { bucketArn } from "../../lib/iam/write/buckets/bucket-permissions";
import { createProgress } from "../../lib/programs/progress";
import { pickAccount } from "../../lib/project/pick-account";
import { accessFile, outputFolder } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { note, print, printAsJson } from "../../lib/terminal/output";

export interface AdoptCall extends Omit<AdoptOptions, "buckets" | "defaultTags"> {
  readonly bucket?: readonly string[];
  readonly defaultTags?: true;
  readonly dryRun?: true;
  readonly check?: boolean;
  readonly done?: true;
  readonly release?: readonly string[];
  readonly json?: true;
  readonly printPolicy?: true;
  readonly output?: string;
}

/** Runs `oidc adopt`. */
export async function runAdopt(options: AdoptCall): Promise<void> {
  const mode = adoptMode(options);
  if (mode === "print-policy") return printPolicy(options);
  const finished = finishWriting(path.dirname(accessFile()));
  if (finished.length > 0) note(`Completed an interrupted run: ${finished.join(", ")}`);
  const progress = createProgress();
  const host = { accessFile: accessFile(), env: process.env, step: progress.step.bind(progress) };
  const check = async (): Promise<AdoptionCheck> => {
    const { account, output = outputFolder() } = options;
    return checkWritten({ accessFile: accessFile(), account, output, env: process.env, progress });
  };
  if (mode === "check") return report(await check(), options.json);
  if (mode === "done") return done(options, host);
  const changes = mode === "release" ? await release(options, host) : await adopt(options, host);
  if (write(changes, options) && options.check !== false) report(await check(), undefined);
}

function printPolicy({ account }: AdoptCall): void {
  const { stateBucket, partition } = pickAccount(readAccess(), account);
  printAsJson(JSON.stringify(readPolicyDocument(bucketArn(stateBucket, partition)), null, 2));
}

async function adopt({ bucket, defaultTags, ...options }: AdoptCall, host: AdoptHost) {
  const asked = { ...options, buckets: bucket ?? [], defaultTags: defaultTags === true };
  const proposal = await proposeAdoption(asked, host);
  if (options.json === true) printAsJson(printProposalAsJson(proposal));
  else print(printProposal(proposal));
  if (proposal.inventory.unseen.length > 0) process.exitCode = 1;
  return proposal.changes;
}

async function release({ release: names = [], account, json }: AdoptCall, host: AdoptHost) {
  const proposal = await releaseFrom(names, account, host);
  if (json === true) printAsJson(JSON.stringify(proposal, null, 2));
  else print(printRelease(proposal));
  return proposal.changes;
}

async function done(options: AdoptCall, host: AdoptHost): Promise<void> {
  const remaining = await finishAdoption(options.account, host);
  if (options.json === true) printAsJson(JSON.stringify(remaining, null, 2));
  else print(printDone(remaining));
  write(remaining.changes, options);
  if (remaining.waiting.length + remaining.remembered.length > 0) process.exitCode = 1;
}

function report(found: AdoptionCheck, json: true | undefined): void {
  if (json === true) printAsJson(JSON.stringify(found, null, 2));
  else print(printCheck(found));
  if (found.problems.length > 0) process.exitCode = 1;
}

/** @returns whether anything was written */
function write(changes: readonly FileChange[], { dryRun, json }: AdoptCall): boolean {
  if (changes.length === 0) return false;
  if (dryRun === true) {
    if (json !== true) print(`\n${printPatch(changes)}`);
    return false;
  }
  writeChanges(path.dirname(accessFile()), changes);
  note(printWritten(changes));
  return true;
}
