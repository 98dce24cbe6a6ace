import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cloneOf, commitAll, copyAsRepository } from "../../../dev/e2e/clone";
import { compiledProgram } from "../../../dev/tools/compiled-program";
import { run } from "../../../lib/process/run";
import { plan, resource } from "../../plan/a-plan";
import { fakeTerraformProgram, WRITES_FILES } from "../fake-terraform";

jest.setTimeout(300_000);

let folder: string;
beforeAll(() => (folder = realpathSync(mkdtempSync(path.join(tmpdir(), "by-command-")))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

  mkdirSync(path.join(folder, "bin"));
  const shown = plan([resource("aws_s3_bucket.a")]);
  const terraform = fakeTerraformProgram(
    path.join(folder, "bin"),
    `${WRITES_FILES}
case "$1" in
  version) echo '{"terraform_version":"1.11.4"}';;
  show) echo '${shown}';;
  plan) exit 2;;
  apply) echo "applies $(basename "$PWD")";;
esac`,
  );
  const oidc = async (project: string, ...args: readonly string[]) => {
    const [node, ...first] = compiledProgram("cli/oidc.ts", project);
    const env = {
      ...process.env,
      TERRAFORM_BINARY_NAME: terraform,
      CDKTF_OUTDIR: "cdktf.out",
      OIDC_ACCESS_FILE: "access.yaml",
      OIDC_CACHE_DIR: path.join(folder, "cache"),
      CIRCLE_NODE_INDEX: "1",
      CIRCLE_NODE_TOTAL: "2",
      CI: "1",
    };
    return run(node, [...first, ...args], { cwd: project, env });
  };

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
  const namesOf = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  expect(namesOf(review.stacks)).toEqual(["main-website"]);
  expect(namesOf(review.leftOut)).toEqual(["main-identity", "main-state"]);
  expect(Object.keys(JSON.parse(readFileSync(times, "utf8")).seconds)).toEqual(["main-website"]);

  const applied = await oidc(there, "apply", "--reviewed", plans);
  expect([applied.exitCode, applied.stdout]).toEqual([0, "main-website: applied\n"]);
  expect(applied.stderr).toContain("main-website: applies main-website");
});
