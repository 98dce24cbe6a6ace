import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makePrivateFolder } from "../../../lib/deliver/kept/private-folder";
import {
  type Reviewed,
  readReviewed,
  reviewedFile,
  writeReviewed,
} from "../../../lib/deliver/kept/reviewed-file";
import { planStacks } from "../../../lib/deliver/plan/plan-stacks";
import { codeOf } from "../../fixtures/project-error";
import { plan } from "../../plan/a-plan";
import { fakeStacks, fakeTerraform, noProgress, WRITES_FILES } from "../fake-terraform";

let folder: string;
let plans: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kept-"));
  plans = path.join(folder, "plans");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
const keep = (script = `${WRITES_FILES}\ncase "$1" in show) echo '${plan([])}';; esac`) =>
  planStacks(fakeStacks(folder, { one: [] }), {
    terraform: fakeTerraform(folder, script),
    folder: plans,
    atOnce: 1,
    lock: true,
    onStack: noProgress,
  });
const EXAMPLE: Reviewed = {
  version: 1,
  commit: "a".repeat(40),
  isDirty: false,
  terraform: "1.11.4",
  synthesised: ["one"],
  stacks: { one: { outcome: "failed", dependencies: [], code: "c".repeat(64) } },
};

test("only the owner can ever read kept files, with any umask", async () => {
  const before = process.umask(0);
  try {
    // The mode is seen while the plan is being written.
    await keep(
      `${WRITES_FILES}\ncase "$1" in plan) ls -l "$out" | cut -c1-10 > ${folder}/mode;; show) echo '${plan([])}';; esac`,
    );
    writeReviewed(plans, EXAMPLE);
  } finally {
    process.umask(before);
  }
  expect(readFileSync(path.join(folder, "mode"), "utf8")).toBe("-rw-------\n");
  expect(readdirSync(plans).sort()).toEqual(["one.lock.hcl", "one.plan", "reviewed.json"]);
  expect(readdirSync(plans).map((name) => modeOf(path.join(plans, name)))).toEqual(["600", "600", "600"]);
  expect(modeOf(plans)).toBe("700");
});

test("a folder of plans becomes private; one with other files keeps its mode", () => {
  mkdirSync(plans);
  chmodSync(plans, 0o755);
  writeFileSync(path.join(plans, "main-website.plan"), "");
  makePrivateFolder(plans);
  expect(modeOf(plans)).toBe("700");
  chmodSync(plans, 0o755);
  writeFileSync(path.join(plans, "report.html"), "");
  makePrivateFolder(plans);
  expect(modeOf(plans)).toBe("755");
});

test("a link at the path of a plan is replaced, and its target is untouched", async () => {
  const victim = path.join(folder, "victim");
  writeFileSync(victim, "mine");
  mkdirSync(plans);
  symlinkSync(victim, path.join(plans, "one.plan"));
  await keep();
  expect([readFileSync(victim, "utf8"), readFileSync(path.join(plans, "one.plan"), "utf8")]).toEqual([
    "mine",
    "plan of one\n",
  ]);
});

test("a failed stack leaves no plan, not even an old one; an unwritable folder fails the run", async () => {
  await keep();
  await keep("exit 1");
  expect(readdirSync(plans)).toEqual([]);
  writeFileSync(path.join(folder, "file"), "");
  plans = path.join(folder, "file", "below");
  await expect(keep()).rejects.toMatchObject({ code: "not-written" });
});

test("a written file is read back, and any other is an error", () => {
  const read = () => readReviewed(folder);
  expect(codeOf(read)).toBe("reviewed-missing 2");
  writeReviewed(folder, EXAMPLE);
  expect(read()).toEqual(EXAMPLE);
  const [one] = Object.values(EXAMPLE.stacks);
  for (const wrong of [
    { ...EXAMPLE, version: 2 },
    { ...EXAMPLE, more: 1 },
    { ...EXAMPLE, commit: "main" },
    { ...EXAMPLE, synthesised: [] },
    // Names become paths.
    { ...EXAMPLE, stacks: { "../one": one } },
    { ...EXAMPLE, stacks: { one: { ...one, outcome: "changes" } } },
    { ...EXAMPLE, stacks: { one: { ...one, outcome: "fine" } } },
  ]) {
    writeFileSync(reviewedFile(folder), JSON.stringify(wrong));
    expect(codeOf(read)).toBe("reviewed-not-read 2");
  }
  writeFileSync(reviewedFile(folder), JSON.stringify(EXAMPLE).slice(0, -5));
  expect(codeOf(read)).toBe("reviewed-not-read 2");
});
