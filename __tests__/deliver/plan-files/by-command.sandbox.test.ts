import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cloneOf, commitAll, copyAsRepository } from "../../../dev/e2e/clone";
import { run } from "../../../lib/process/run";
import { repositoryRoot } from "../../../lib/programs/cache";
import { ownProgram } from "../../../lib/programs/own-program";
import { plan, resource } from "../../plan/a-plan";
import { type FakeSts, fakeSts } from "../fake-sts";
import { fakeTerraformProgram, WRITES_FILES } from "../fake-terraform";

jest.setTimeout(300_000);

let folder: string;
let terraform: string;
let sts: FakeSts;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "by-command-")));
  mkdirSync(path.join(folder, "bin"));
  const shown = plan([resource("aws_s3_bucket.a")]);
  terraform = fakeTerraformProgram(
    path.join(folder, "bin"),
    `${WRITES_FILES}
case "$1" in
  version) echo '{"terraform_version":"1.11.4"}';;
  show) echo '${shown}';;
  plan) exit 2;;
  apply) echo "applies $(basename "$PWD")";;
esac`,
  );
  sts = await fakeSts("123456789012");
});
afterAll(async () => {
  await sts.close();
  rmSync(folder, { recursive: true, force: true });
});

function oidc(project: string, ...args: readonly string[]) {
  const [node, ...first] = ownProgram("cli/oidc.ts");
  const env = {
    ...process.env,
    ...sts.environment,
    TERRAFORM_BINARY_NAME: terraform,
    CDKTF_OUTDIR: "cdktf.out",
    OIDC_ACCESS_FILE: "access.yaml",
    OIDC_CACHE_DIR: path.join(folder, "cache"),
    CIRCLE_NODE_INDEX: "1",
    CIRCLE_NODE_TOTAL: "2",
    CI: "1",
  };
  return run(node, [...first, ...args], { cwd: project, env });
}

const namesOf = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

// One test, since each step needs the one before: two machines plan, a third merges, a fourth
// applies.
test("stacks that changed since a commit are planned in shards, merged, and applied in another clone", async () => {
  const [here, there, plans] = ["here", "there", "plans"].map((name) => path.join(folder, name));
  if (here === undefined || there === undefined || plans === undefined) throw new Error("no folders");
  copyAsRepository(here);
  const accessFile = path.join(here, "access.yaml");
  const talk = readFileSync(path.join(here, "examples", "talk", "access.yaml"), "utf8");
  writeFileSync(accessFile, talk);
  commitAll(here, "the talk");
  writeFileSync(accessFile, talk.replace("publishers: [alice]", "publishers: [alice, bob]"));
  commitAll(here, "bob may deploy");
  cloneOf(here, there);

  const sharing = ["--changed-since", "HEAD~1", "--out", plans, "--read-only"];
  const shards = [
    await oidc(here, "review", ...sharing, "--shard", "1/2"),
    await oidc(here, "review", ...sharing, "--shard"),
  ];
  expect(shards.map(({ exitCode, stdout }) => [exitCode, stdout.split(";")[0]])).toEqual([
    [0, "shard 1/2: 1 planned"],
    [0, "shard 2/2: 0 planned"],
  ]);
  expect(shards[0]?.stderr).toContain("main-identity is skipped: its code is the same as at HEAD~1");
  // Nothing is applied before there is one review.
  const early = await oidc(there, "apply", "--reviewed", plans);
  expect([early.exitCode, early.stdout]).toEqual([2, ""]);
  expect(early.stderr).toContain("error[reviewed-missing]");

  const times = path.join(folder, "times.json");
  const merged = await oidc(here, "review", "--merge", plans, "--json", "--times", times);
  expect([merged.exitCode, merged.stderr]).toEqual([0, ""]);
  const review = JSON.parse(merged.stdout);
  expect(namesOf(review.stacks)).toEqual(["main-website"]);
  expect(namesOf(review.leftOut)).toEqual(["main-identity", "main-state"]);
  expect(Object.keys(JSON.parse(readFileSync(times, "utf8")).seconds)).toEqual(["main-website"]);

  const applied = await oidc(there, "apply", "--reviewed", plans);
  expect([applied.exitCode, applied.stdout]).toEqual([0, "main-website: applied\n"]);
  expect(applied.stderr).toContain("main-website: applies main-website");
});

test("a review tells once that an account lacks credentials, and each account's job adds its share", async () => {
  const [here, plans] = [path.join(folder, "accounts"), path.join(folder, "accounts-plans")];
  copyAsRepository(here);
  const example = readFileSync(path.join(repositoryRoot, "docs", "examples", "several-accounts.md"), "utf8");
  writeFileSync(path.join(here, "access.yaml"), /```yaml\n(.*?)```/s.exec(example)?.[1] ?? "");
  commitAll(here, "two accounts");
  const staging = ["staging-identity", "staging-state", "staging-website"];
  const production = ["production-identity", "production-state", "production-website"];

  const before = sts.calls();
  const whole = await oidc(here, "review", "--json", "--out", plans);
  expect(sts.calls() - before).toBe(2);
  expect(whole.exitCode).toBe(1);
  const review = JSON.parse(whole.stdout);
  expect(namesOf(review.stacks)).toEqual(staging);
  const reason =
    "no credentials for account production: the credentials belong to account 123456789012, not to 210987654321";
  expect(review.leftOut).toEqual(production.map((name) => ({ name, reason, isErrored: true })));
  expect(whole.stderr.split("no credentials for account production")).toHaveLength(2);
  expect(JSON.parse(readFileSync(path.join(plans, "reviewed.json"), "utf8")).stacks).toMatchObject({
    "production-website": { outcome: "failed" },
    "staging-website": { outcome: "changes" },
  });
  const neither = await oidc(here, "review", "production-*", "--account", "staging");
  expect([neither.exitCode, neither.stderr]).toEqual([2, expect.stringContaining("error[unknown-stack]")]);

  const shares = path.join(folder, "accounts-shares");
  const share = await oidc(here, "review", "--account", "staging", "--shard", "1/1", "--out", shares);
  expect([share.exitCode, share.stdout.split(";")[0]]).toEqual([0, "shard 1/1: 3 planned"]);
  const other = await fakeSts("210987654321");
  const mine = sts;
  sts = other;
  await oidc(here, "review", "--account", "production", "--shard", "1/1", "--out", shares);
  sts = mine;
  await other.close();
  const merged = await oidc(here, "review", "--merge", shares, "--json");
  expect([merged.exitCode, merged.stderr]).toEqual([0, ""]);
  expect(namesOf(JSON.parse(merged.stdout).stacks)).toEqual([...production, ...staging]);
});
