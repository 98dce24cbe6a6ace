import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Applied, applyReviewed } from "../../../lib/deliver/apply/apply-reviewed";
import { isAllApplied, printApplied } from "../../../lib/deliver/apply/print-applied";
import { ApplyRefused } from "../../../lib/deliver/apply/refusal";
import type { Present } from "../../../lib/deliver/apply/refusals";
import type { Stopping } from "../../../lib/deliver/apply/stop-once";
import { lockFile, planFile, type Reviewed } from "../../../lib/deliver/kept/reviewed-file";
import { planStacks } from "../../../lib/deliver/plan/plan-stacks";
import type { SynthesisedStack } from "../../../lib/deliver/stacks/synthesised-stacks";
import { plan } from "../../plan/a-plan";
import { fakeStacks, fakeTerraform, noProgress, WRITES_FILES } from "../fake-terraform";

const COMMIT = "a".repeat(40);
const GRAPH = { base: [], left: ["base"], right: ["base"], top: ["left", "right"], same: ["base"] };
/** `same` has no changes; `show` prints a plan of none, which nobody looks at here. */
const PLANS = `${WRITES_FILES}
case "$1" in show) echo '${plan([])}';; plan) [ "$(basename "$PWD")" = same ] || exit 2;; esac`;

let folder: string;
let plans: string;
let stacks: readonly SynthesisedStack[];
let reviewed: Reviewed;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "apply-"));
  plans = path.join(folder, "plans");
  stacks = fakeStacks(folder, GRAPH);
  const planned = await planStacks(stacks, {
    terraform: fakeTerraform(folder, PLANS),
    folder: plans,
    atOnce: 2,
    lock: true,
    onStack: noProgress,
  });
  reviewed = {
    version: 1,
    commit: COMMIT,
    isDirty: false,
    terraform: "1.11.4",
    synthesised: Object.keys(GRAPH),
    stacks: Object.fromEntries(planned.map((one) => [one.name, one.reviewed])),
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nobodyStops: Stopping = { signal: () => undefined, watch: () => undefined, end: () => undefined };
const log = () => {
  const file = path.join(folder, "log");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
};

/**
 * Applies with a Terraform that logs the stacks it applies. @param script more of what it does;
 * `$stack` is where it runs
 */
function apply(
  script = "",
  present: Partial<Present> = {},
  stopping: Stopping = nobodyStops,
): Promise<ReadonlyMap<string, Applied>> {
  const program = `${WRITES_FILES}\nstack="$(basename "$PWD")"\n${script}\n[ "$1" != apply ] || echo "$stack" >> ${folder}/log`;
  return applyReviewed(
    reviewed,
    { code: { commit: COMMIT, isDirty: false }, terraform: "1.11.4", stacks, ...present },
    {
      terraform: fakeTerraform(folder, program),
      folder: plans,
      atOnce: 4,
      stopping,
      onStack: noProgress,
      onLine: () => undefined,
    },
  );
}

const kinds = (outcomes: ReadonlyMap<string, Applied>) =>
  Object.fromEntries([...outcomes].map(([name, { kind }]) => [name, kind]));

test("dependencies are applied first, and plans without changes are skipped", async () => {
  const outcomes = await apply();
  expect(kinds(outcomes)).toEqual({
    base: "applied",
    left: "applied",
    right: "applied",
    top: "applied",
    same: "no-changes",
  });
  expect(isAllApplied(outcomes)).toBe(true);
  const order = log();
  expect([order[0], order.slice(1, 3).sort(), order[3]]).toEqual(["base", ["left", "right"], "top"]);
});

test("if one fails, its dependents are not started, the others are applied, and each has a line", async () => {
  const outcomes = await apply(`case "$1$stack" in applyleft) echo "no \x1b[31mrights" >&2; exit 1;; esac`);
  expect(kinds(outcomes)).toEqual({
    base: "applied",
    left: "failed",
    right: "applied",
    top: "not-begun",
    same: "no-changes",
  });
  expect(isAllApplied(outcomes)).toBe(false);
  const said = printApplied(outcomes);
  expect(said).toContain("top: not started (cause: left)");
  expect(said).toContain("no \ufffd[31mrights");
});

const STALE = `case "$1$stack" in applybase) echo "Error: Saved plan is stale" >&2; exit 1;; esac`;

test("a stale plan counts as applied if a new plan has no changes, as after an interrupted run", async () => {
  const outcomes = await apply(STALE);
  expect(kinds(outcomes)).toMatchObject({ base: "already-applied", left: "applied", top: "applied" });
  expect(isAllApplied(outcomes)).toBe(true);
});

test("a stale plan whose new plan has changes is stale, and its dependents are not started", async () => {
  const outcomes = await apply(`${STALE}\ncase "$1$stack" in planbase) exit 2;; esac`);
  expect(kinds(outcomes)).toMatchObject({ base: "stale", left: "not-begun", top: "not-begun" });
  expect(log()).toEqual([]);
});

test("after a signal no further stack is started", async () => {
  const outcomes = await apply(
    "",
    {},
    { ...nobodyStops, signal: () => (log().length > 0 ? "SIGINT" : undefined) },
  );
  expect(kinds(outcomes)).toMatchObject({ base: "applied", left: "not-begun", top: "not-begun" });
  expect(log()).toEqual(["base"]);
});

test("the checked copies are applied: later writes to the folder of plans have no effect", async () => {
  const swap = `[ "$1" != init ] || for one in ${plans}/*.plan ${plans}/*.lock.hcl; do echo evil > "$one"; done`;
  const seen = `[ "$1" != apply ] || { for last; do :; done; cat "$last" .terraform.lock.hcl >> ${folder}/applied; ls -ld "$(dirname "$last")" >> ${folder}/modes; }`;
  const wanted = ["base", "left", "right", "top"].map((name) => [
    readFileSync(planFile(plans, name), "utf8"),
    readFileSync(lockFile(plans, name), "utf8"),
  ]);
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith("reviewed-"));
  expect(isAllApplied(await apply(`${swap}\n${seen}`))).toBe(true);
  expect(readFileSync(planFile(plans, "base"), "utf8")).toBe("evil\n");
  const applied = readFileSync(path.join(folder, "applied"), "utf8");
  expect(applied).not.toContain("evil");
  for (const [plan = "", lock = ""] of wanted) expect(applied).toContain(plan + lock);
  expect(readFileSync(path.join(folder, "modes"), "utf8")).toMatch(/^(drwx------ .*\n){4}$/);
  // The copies hold secrets, and are gone.
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("reviewed-"))).toEqual(before);
});

test.each([
  ["code", "cdk.tf.json"],
  ["lock file", ".terraform.lock.hcl"],
])("a stack whose %s changes after the check is not applied", async (_, file) => {
  const later = path.join(folder, "stacks", "left", file);
  const outcomes = await apply(`[ "$1$stack" != applybase ] || echo "{}" > ${later}`);
  expect(kinds(outcomes)).toMatchObject({
    base: "applied",
    left: "failed",
    right: "applied",
    top: "not-begun",
  });
  expect(printApplied(outcomes)).toContain("left: its code or lock file changed after the check");
  expect(log().sort()).toEqual(["base", "right"]);
});

test("the state lock of a killed run is reported with the command that removes it", async () => {
  const locked = `case "$1$stack" in applyleft) echo "Error: Error acquiring the state lock" >&2; exit 1;; esac`;
  const said = printApplied(await apply(locked));
  expect(said).toContain("npm run unlock -- left");
  expect(
    printApplied(await apply(`[ "$1$stack" != applyleft ] || { echo other >&2; exit 1; }`)),
  ).not.toContain("unlock");
});

describe("a refusal, before anything is applied", () => {
  async function refusals(script = "", present: Partial<Present> = {}): Promise<readonly string[]> {
    try {
      await apply(script, present);
    } catch (error) {
      if (!(error instanceof ApplyRefused)) throw error;
      expect([error.code, error.exitCode]).toEqual(["apply-refused", 1]);
      expect(log()).toEqual([]);
      return error.refusals.map(({ code, message }) => `${code} ${message}`);
    }
    return [];
  }
  const code = (commit: string | null, isDirty = false) => ({ code: { commit, isDirty } });

  test.each<[string, () => Partial<Present> | undefined, string]>([
    [
      "another commit",
      () => code("b".repeat(40)),
      `reviewed-commit commit ${COMMIT} was reviewed, but the current commit is ${"b".repeat(40)}`,
    ],
    [
      "no commit",
      () => code(null),
      `reviewed-commit commit ${COMMIT} was reviewed, but the current commit is unknown`,
    ],
    [
      "uncommitted changes",
      () => code(COMMIT, true),
      "reviewed-dirty the current code has uncommitted changes",
    ],
    [
      "another Terraform",
      () => ({ terraform: "1.12.0" }),
      "reviewed-terraform the plans need Terraform 1.11.4, which made them; this is 1.12.0",
    ],
    [
      "a missing stack",
      () => ({ stacks: stacks.slice(0, -1) }),
      "reviewed-stacks the stacks differ from the reviewed ones: removed: same",
    ],
    [
      "an additional stack",
      () => ({ stacks: [...stacks, ...fakeStacks(folder, { more: [] })] }),
      "reviewed-stacks the stacks differ from the reviewed ones: new: more",
    ],
  ])("%s", async (_, present, said) => expect(await refusals("", present())).toEqual([said]));

  test.each<[string, () => void, string]>([
    [
      "code",
      () => writeFileSync(path.join(folder, "stacks", "left", "cdk.tf.json"), "{}"),
      "reviewed-code left: ",
    ],
    [
      "changed code of a stack without changes",
      () => writeFileSync(path.join(folder, "stacks", "same", "cdk.tf.json"), "{}"),
      "reviewed-code same: ",
    ],
    [
      "one changed byte of a plan",
      () => writeFileSync(planFile(plans, "top"), "plan of tap\n"),
      "reviewed-plan-changed top: its plan ",
    ],
    ["a missing plan", () => rmSync(planFile(plans, "top")), "reviewed-plan-missing top: its plan "],
    [
      "other providers",
      () => writeFileSync(lockFile(plans, "top"), "# others\n"),
      "reviewed-plan-changed top: its provider lock file ",
    ],
    [
      "the review of a dirty tree",
      () => (reviewed = { ...reviewed, isDirty: true }),
      "reviewed-dirty the reviewed code had uncommitted changes",
    ],
    [
      "a review outside of a repository",
      () => (reviewed = { ...reviewed, commit: null }),
      "reviewed-commit the reviewed code was not in a git repository",
    ],
  ])("%s", async (_, change, said) => {
    change();
    const found = await refusals();
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  test("a stack that could not be planned", async () => {
    const [base] = await planStacks(stacks.slice(0, 1), {
      terraform: fakeTerraform(folder, "exit 1"),
      folder: plans,
      atOnce: 1,
      lock: true,
      onStack: noProgress,
    });
    if (base === undefined) throw new Error("nothing was planned");
    reviewed = { ...reviewed, stacks: { ...reviewed.stacks, base: base.reviewed } };
    expect(existsSync(planFile(plans, "base"))).toBe(false);
    expect(await refusals()).toEqual(["reviewed-failed base: could not be planned"]);
  });

  test("missing providers, with Terraform's message and the reviewed lock file", async () => {
    const script = `case "$*" in *-lockfile=readonly*) cat .terraform.lock.hcl > ${folder}/seen; [ "$stack" != right ] || { echo "checksum" >&2; exit 1; };; esac`;
    const [only, ...more] = await refusals(script);
    expect(more).toEqual([]);
    expect(only).toMatch(/^reviewed-providers right: .*checksum/s);
    expect(readFileSync(path.join(folder, "seen"), "utf8")).toBe(
      readFileSync(lockFile(plans, "right"), "utf8"),
    );
  });

  test("all reasons at once", async () => {
    rmSync(planFile(plans, "top"));
    expect(await refusals("", { ...code(null, true), terraform: "1.0.0" })).toHaveLength(4);
  });
});
