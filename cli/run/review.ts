import { existsSync } from "node:fs";
import path from "node:path";
import { writeMoment } from "../../lib/config/rules/moment";
import { readAccepted, readFailOn } from "../../lib/deliver/call/gate-options";
import { parallelism } from "../../lib/deliver/call/parallelism";
import { readReportWords } from "../../lib/deliver/call/report-words";
import { checkReviewCall } from "../../lib/deliver/call/review-call";
import { forgetReviewed, writeReviewed } from "../../lib/deliver/kept/reviewed-file";
import { readPlanFile } from "../../lib/deliver/plan-files/read-plan-file";
import { showPlanFile } from "../../lib/deliver/plan-files/show-plan-file";
import { type PostingOptions, postReview, preparePosting } from "../../lib/deliver/publish/post-review";
import {
  printJson,
  type ReportFiles,
  reportLinks,
  requireReportFiles,
  writeReportFiles,
} from "../../lib/deliver/publish/report-files";
import { terraformPlaces } from "../../lib/deliver/publish/terraform-places";
import { mergeShards, type Planned } from "../../lib/deliver/shards/merge-shards";
import { readShards } from "../../lib/deliver/shards/read-shards";
import { readShard, type Shard } from "../../lib/deliver/shards/shard";
import { shardFile, writeShard } from "../../lib/deliver/shards/shard-file";
import { readTimes, type Times, writeTimes } from "../../lib/deliver/shards/times";
import { readPlan } from "../../lib/diff/read-plan";
import { cacheDirectory } from "../../lib/programs/cache";
import { createProgress } from "../../lib/programs/progress";
import { inForce, notesOn, today } from "../../lib/project/acceptance";
import { awsPolicies } from "../../lib/project/aws-data";
import { codeVersion } from "../../lib/project/git";
import { pickAccount } from "../../lib/project/pick-account";
import { accessFileKey, outputFolder, projectRoot } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { nameOf } from "../../lib/project/read-input";
import { writeWhole } from "../../lib/project/write-whole";
import { printMarkdown } from "../../lib/report/markdown/report";
import type { Review } from "../../lib/report/model/review";
import { reviewOf } from "../../lib/report/model/review-of";
import { type PlaceOf, reviewSarif } from "../../lib/report/sarif/review-sarif";
import { gateItemsIn, gateOf } from "../../lib/report/verdict/gate";
import { note, print, printAsJson } from "../../lib/terminal/output";
import { prepareTools } from "../../lib/terraform/prepare";
import { Terraform } from "../../lib/terraform/terraform";
import type { ReviewOptions } from "../review-options";

/** Runs `oidc review`. */
export async function runReview(stacks: readonly string[], options: ReviewOptions): Promise<void> {
  checkReviewCall({ ...options, stacks });
  const wanted = readFailOn(options.failOn);
  const shard = options.shard === undefined ? undefined : readShard(options.shard, process.env);
  if (shard !== undefined) return planShard(shard, options);
  const words = readReportWords(options);
  const given = inForce(readAccepted(options.accept ?? [], options.acceptFile), today());
  const files = filesOf(options);
  const posting = options.post === true ? preparePosting(process.env, postingOptions(options)) : undefined;
  requireReportFiles({ ...files, sarif: options.sarif });
  const whole = await reviewWhole(stacks, options);
  const accepted = given.accepted.map(({ id }) => id);
  const gate = gateOf(whole, wanted, accepted);
  writeReportFiles(whole, gate, files, words);
  if (options.sarif !== undefined) writeWhole(options.sarif, reviewSarif(whole, gate, placesOf(options)));
  if (options.json === true) printAsJson(printJson(whole));
  else print(printMarkdown(whole, { ...words, gate }));
  const known = gateItemsIn(whole).flatMap(({ id }) => id ?? []);
  for (const one of notesOn(given, known, "this review")) note(one);
  const isFailed = [...whole.stacks, ...whole.leftOut].some(({ isErrored }) => isErrored === true);
  if (gate.failing.length > 0 || isFailed) process.exitCode = 1;
  if (posting !== undefined)
    await post(posting, whole, { ...words, gate, whole: reportLinks(files, process.env) });
}

async function post(
  posting: ReturnType<typeof preparePosting>,
  whole: Review,
  shown: Parameters<typeof postReview>[2],
): Promise<void> {
  const posted =
    "none" in posting ? posting : await postReview(posting, whole, shown, { env: process.env, note });
  if ("none" in posted) return note(`not posted: ${posted.none}`);
  note(`comment: ${posted.did}${posted.url === undefined ? "" : `, ${posted.url}`}`);
}

function postingOptions(options: ReviewOptions): PostingOptions {
  const { onNoChanges, oldComments, host, apiUrl, repository, pullRequest, commit, run } = options;
  const key = options.commentKey ?? (options.access ? accessFileKey() : "plans");
  return { key, onNoChanges, oldComments, host, apiUrl, repository, pullRequest, commit, run };
}

/**
 * Where stacks are declared: plan files in `--chdir`, stacks of this project in the output folder.
 */
function placesOf(options: ReviewOptions): PlaceOf {
  const { plan, chdir } = options;
  const folderOf = (stack: string) => {
    const own = path.join(outputOf(options), "stacks", stack);
    return chdir ?? (plan === undefined || existsSync(own) ? own : undefined);
  };
  const otherwise = plan?.find((file) => file !== "-") ?? (options.access ? accessFileKey() : "plan.json");
  return terraformPlaces(folderOf, process.cwd(), otherwise);
}

function filesOf({ html, markdown, json }: ReviewOptions): ReportFiles {
  return { html, markdown, json: json === true ? undefined : json };
}

async function reviewWhole(stacks: readonly string[], options: ReviewOptions): Promise<Review> {
  const { plan, merge, times } = options;
  const known = {
    aws: awsPolicies,
    at: writeMoment(Date.now()),
    ...(options.access ? { access: readAccess() } : {}),
  };
  if (plan !== undefined) {
    const settings = { output: outputOf(options), env: process.env, ...chdirOf(options) };
    const plans = [];
    for (const file of plan)
      plans.push(
        readPlan(await readPlanFile(file, (binary) => showPlanFile(binary, settings)), nameOf(file)),
      );
    return reviewOf(plans, known);
  }
  const past = pastTimes(times);
  const { plans, leftOut, reviewed, seconds } =
    merge === undefined ? await planHere(stacks, options, past) : await merged(merge, options);
  writeReviewed(merge ?? outOf(options), reviewed);
  if (times !== undefined) writeTimes(times, past, seconds, reviewed.synthesised);
  const { commit } = reviewed;
  return reviewOf(plans, { ...known, isOwn: true, leftOut, ...(commit === null ? {} : { commit }) });
}

/**
 * A failed stack is not an error here: CircleCI persists nothing of a failed job, and the merge
 * reports it.
 */
async function planShard(shard: Shard, options: ReviewOptions): Promise<void> {
  const [account] = options.account ?? [];
  const { plans, leftOut, reviewed, seconds } = await planHere([], options, pastTimes(options.times), shard);
  const named = { ...(account === undefined ? {} : { account }), ...shard };
  writeShard(outOf(options), { version: 1, ...named, reviewed, leftOut, plans, seconds });
  const failed = [...plans.map(({ review }) => review), ...leftOut]
    .filter(({ isErrored }) => isErrored === true)
    .map(({ name }) => name);
  const said = failed.length === 0 ? "" : `; failed: ${failed.join(", ")}`;
  print(
    `shard ${shard.index}/${shard.total}: ${plans.length} planned${said}; written to ${shardFile(outOf(options), named)}`,
  );
}

/** With AWS's SDK, which the review of a plan file does without: a tenth of its time. */
function planning() {
  return import("../../lib/deliver/plan/plan-project.ts");
}

async function merged(folder: string, options: ReviewOptions): Promise<Planned> {
  const { account } = options;
  const { stacksOfAccounts } = await planning();
  const wanted = account === undefined ? undefined : stacksOfAccounts(readAccess(), accountsIn(account));
  forgetReviewed(folder);
  const shards = readShards(folder);
  const isInGit = shards.some(({ reviewed }) => reviewed.commit !== null);
  const commit = isInGit ? (await codeVersion(projectRoot(), [folder, outputOf(options)])).commit : null;
  return mergeShards(shards, commit, wanted);
}

async function planHere(
  stacks: readonly string[],
  options: ReviewOptions,
  times: Times,
  shard?: Shard,
): Promise<Planned> {
  const { readOnly, changedSince } = options;
  // Fails before anything is downloaded or written.
  const access = readAccess();
  const accounts = accountsIn(options.account, access);
  const atOnce = parallelism(options.parallelism);
  const progress = createProgress();
  const tools = await prepareTools(["terraform", "provider"], { progress, access });
  const env = { ...process.env, ...tools.environment };
  const { planProject } = await planning();
  return planProject(stacks, {
    access,
    accounts,
    project: projectRoot(),
    cache: cacheDirectory(),
    terraform: new Terraform(tools.terraform, env),
    env,
    output: outputOf(options),
    folder: outOf(options),
    atOnce,
    lock: readOnly !== true,
    times,
    progress,
    ...(shard === undefined ? {} : { shard }),
    ...(changedSince === undefined ? {} : { changedSince }),
  });
}

/** @throws ProjectError `unknown-account` (exit 2) */
function accountsIn(names: readonly string[] = [], access = readAccess()): readonly string[] {
  return [...new Set(names.map((name) => pickAccount(access, name).key))];
}

function pastTimes(file: string | undefined): Times {
  const times = file === undefined ? {} : readTimes(file);
  if (times === undefined) note(`${file} is not a file of planning times; it is ignored`);
  return times ?? {};
}

function outOf(options: ReviewOptions): string {
  return options.out ?? path.join(outputOf(options), "plans");
}

function outputOf({ output }: ReviewOptions): string {
  return output ?? outputFolder();
}

function chdirOf({ chdir }: ReviewOptions): { chdir?: string } {
  return chdir === undefined ? {} : { chdir };
}
