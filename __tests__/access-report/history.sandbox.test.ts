import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AccessReport } from "../../lib/access-report/model/report";
import { describeSince } from "../../lib/access-report/print/describe-since";
import { notExaminedIn } from "../../lib/access-report/print/not-examined";
import { reportOf, snapshotAt } from "../../lib/access-report/read/read-report";
import { plainText } from "../../lib/describe/phrase";
import { ProjectError } from "../../lib/errors";
import { awsPolicies } from "../../lib/project/aws-data";
import { fileOf, ids, rolesOf } from "../config/sample";

const NOW = "2026-11-30T12:00:00Z";

/** One repository for all cases: its history is written once. */
let folder: string;
let top: string;
const file = () => path.join(top, "access", "access.yaml");
const commits = new Map<string, string>();

/** A commit on a day of 2026, such as `03-01`. */
function git(day: string, ...args: readonly string[]): string {
  const time = `2026-${day}T10:00:00Z`;
  const env = { ...process.env, GIT_COMMITTER_DATE: time, GIT_AUTHOR_DATE: time };
  const who = ["-c", "user.name=Ann", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...args], { cwd: top, env, encoding: "utf8", stdio: "pipe" }).trim();
}

function commit(name: string, day: string, message = name): void {
  git(day, "add", "-A");
  git(day, "commit", "-q", "-m", message);
  commits.set(name, git(day, "rev-parse", "HEAD"));
}

const accessYaml = (deploy: string, more: Readonly<Record<string, string>> = {}, groups?: string): string =>
  fileOf({ projects: rolesOf({ deploy, ...more }), ...(groups === undefined ? {} : { groups }) });

const PREVIEW = { preview: "{ people: everyone, branches: any }" };
const LISTED = accessYaml("{ people: [alice, bob], branches: [main] }", PREVIEW);
const HAND_WRITTEN = { ...PREVIEW, old: "{ trust: old.json }" };
/** The newest version that is committed: alice by a group, and a hand-written role. */
const GROUPED = accessYaml(
  "{ people: [ops], branches: [main, 'release/*'] }",
  HAND_WRITTEN,
  "{ ops: [alice, bob] }",
);
const trust = (...services: readonly string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: services } }],
  });

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "report-"));
  top = path.join(folder, "project");
  mkdirSync(path.join(top, "access"), { recursive: true });
  git("01-01", "init", "-q", "-b", "main");
  writeFileSync(path.join(top, "access.yaml"), accessYaml("{ people: [alice], branches: [main] }"));
  commit("first", "01-02");
  renameSync(path.join(top, "access.yaml"), file());
  commit("renamed", "02-01");
  git("03-01", "checkout", "-q", "-b", "add-bob");
  writeFileSync(file(), LISTED);
  commit("on a branch", "03-01");
  git("03-02", "checkout", "-q", "main");
  writeFileSync(path.join(top, "README.md"), "meanwhile");
  commit("other", "03-02");
  git("03-03", "merge", "-q", "--no-ff", "-m", "Merge pull request #12 from acme/add-bob", "add-bob");
  commits.set("merge", git("03-03", "rev-parse", "HEAD"));
  writeFileSync(path.join(top, "access", "old.json"), trust("ec2.amazonaws.com"));
  writeFileSync(file(), GROUPED);
  commit("grouped", "04-01", "Groups (#34)");
  writeFileSync(path.join(top, "access", "old.json"), trust("ec2.amazonaws.com", "lambda.amazonaws.com"));
  commit("wider trust", "05-01");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  git("06-01", "checkout", "-q", "-f", "main");
  git("06-01", "clean", "-q", "-f", "-d");
});

const report = async (at?: string): Promise<AccessReport> =>
  reportOf(await snapshotAt(file(), { at, now: NOW }), awsPolicies);

/** `person role ref`, and the name of the commit since which it is so. */
function datesOf({ people, everyoneElse }: AccessReport): readonly string[] {
  return [...people.flatMap(({ access }) => access), ...everyoneElse].map(({ who, role, ref, since }) => {
    const name = who.kind === "person" ? who.name : "everyone else";
    const pattern = ref.kind === "branch" ? Object.values(ref.pattern).at(-1) : ref.kind;
    const hash = "commit" in since ? since.commit?.hash : undefined;
    const of = [...commits].find(([, one]) => one === hash)?.[0] ?? "";
    return `${name} ${role} ${pattern}: ${since.kind === "commit" ? of : `${since.kind} ${of}`.trim()}`;
  });
}

test("an access is dated by the commit that the branch had it from, across renames, merges and groups", async () => {
  const found = await report();
  expect(datesOf(found)).toEqual([
    "alice website/deploy main: first",
    "alice website/deploy release/: grouped",
    "alice website/preview any: merge",
    "bob website/deploy main: merge",
    "bob website/deploy release/: grouped",
    "bob website/preview any: merge",
    "everyone else website/preview any: merge",
  ]);
  const since = found.people[1]?.access[0]?.since;
  expect(since && plainText(describeSince(since))).toBe(
    `3 March 2026 (${commits.get("merge")?.slice(0, 12)} by Ann, #12)`,
  );
  expect(found.history).toMatchObject({ kind: "examined", isShallow: false, notCommitted: [] });
  expect(found.sources).toEqual([
    {
      path: "access/access.yaml",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      commit: commits.get("grouped"),
    },
    {
      path: "access/old.json",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      commit: commits.get("wider trust"),
    },
  ]);
});

test("the same input gives the same report", async () => {
  expect(JSON.stringify(await report(NOW))).toBe(JSON.stringify(await report(NOW)));
});

describe("changes that are not committed", () => {
  test("what only the work tree has is not committed; the rest keeps its date", async () => {
    writeFileSync(file(), GROUPED.replace("[main, 'release/*']", "[main, 'release/*', next]"));
    const found = await report();
    expect(datesOf(found).filter((line) => line.startsWith("alice website/deploy"))).toEqual([
      "alice website/deploy main: first",
      "alice website/deploy next: not-committed",
      "alice website/deploy release/: grouped",
    ]);
    expect(found.history).toMatchObject({ notCommitted: ["access/access.yaml", "access/old.json"] });
    expect(found.sources[0]).not.toHaveProperty("commit");
  });
  test("a change that git was told to ignore is found all the same", async () => {
    git("06-01", "update-index", "--assume-unchanged", "access/access.yaml");
    writeFileSync(file(), GROUPED.replace("branches: any", "branches: [any-other]"));
    const found = await report();
    git("06-01", "update-index", "--no-assume-unchanged", "access/access.yaml");
    expect(found.sources[0]).not.toHaveProperty("commit");
  });
  test("a reordered file and comments change no date", async () => {
    const before = await report();
    writeFileSync(file(), `# reordered\n${GROUPED.replace("[alice, bob]", "[bob, alice]")}`);
    expect(datesOf(await report())).toEqual(datesOf(before));
  });
});

test("an end that was extended after it: access came with the commit that extended it", async () => {
  git("06-01", "checkout", "-q", "--detach");
  const until = (day: string) =>
    accessYaml(`{ people: [alice, { bob: { until: ${day} } }], branches: [main] }`, PREVIEW);
  writeFileSync(file(), until("2026-06-30"));
  commit("limited", "06-01");
  writeFileSync(file(), `${until("2026-06-30")}# still there\n`);
  commit("after its end", "08-01");
  writeFileSync(file(), until("2026-12-31"));
  commit("extended", "09-01");
  const bob = async (at?: string) =>
    datesOf(await report(at)).find((line) => line.startsWith("bob website/deploy"));
  expect(await bob()).toBe("bob website/deploy main: extended");
  // Before that it had ended, as an access of the merge.
  expect(await bob("2026-08-15T00:00:00Z")).toBe("bob website/deploy main: merge");
});

test("a version that cannot be read is said: nothing is determined before the next one", async () => {
  git("06-01", "checkout", "-q", "--detach");
  writeFileSync(file(), GROUPED.replace("[alice, bob]", "[alice, carol]"));
  commit("broken", "06-01");
  writeFileSync(file(), GROUPED);
  commit("repaired", "06-02");
  const found = await report();
  expect(datesOf(found)[0]).toBe("alice website/deploy main: not-determined-before repaired");
  expect(found.people[0]?.access[0]?.since).toMatchObject({
    unreadable: { hash: commits.get("broken") },
    why: expect.stringMatching(/^unknown-(person|member|name).*line \d+$/),
  });
  expect(notExaminedIn(found)).toContainEqual(
    expect.objectContaining({ what: "unreadable-version", names: [commits.get("broken")?.slice(0, 12)] }),
  );
  await expect(report("2026-06-02T00:00:00Z")).rejects.toMatchObject({ code: "report-version-unreadable" });
});

test("a shallow clone says at least since its oldest commit", async () => {
  const clone = path.join(folder, "shallow");
  execFileSync("git", ["clone", "-q", "--depth", "2", `file://${top}`, clone], { stdio: "pipe" });
  const own = top;
  top = clone;
  const found = await report();
  const early = await report("2026-03-10T00:00:00Z").catch((error: unknown) => error);
  top = own;
  expect(datesOf(found)[0]).toBe("alice website/deploy main: at-least grouped");
  expect(found.history).toMatchObject({ isShallow: true });
  expect(early).toMatchObject({
    code: "report-history-too-short",
    fix: expect.stringContaining("--unshallow"),
  });
  rmSync(clone, { recursive: true });
});

describe("a past moment", () => {
  test("the file as the branch had it then, whatever the work tree has", async () => {
    writeFileSync(file(), "not: [valid");
    expect(datesOf(await report("2026-02-15T00:00:00Z"))).toEqual(["alice website/deploy main: first"]);
    // Committed on a branch on 1 March, merged on 3 March.
    expect(datesOf(await report("2026-03-02T23:00:00Z"))).toHaveLength(1);
    expect(datesOf(await report("2026-03-03T10:00:00Z"))).toContain("bob website/deploy main: merge");
  });
  test("before the first commit there is no answer", async () => {
    await expect(report("2025-12-31T00:00:00Z")).rejects.toMatchObject({ code: "report-history-too-short" });
  });
  test("without git there is no answer; a report on now says that dates were not examined", async () => {
    const plain = path.join(folder, "plain");
    cpSync(path.join(top, "access"), path.join(plain, "access"), { recursive: true });
    const own = top;
    top = plain;
    const past = await report("2026-03-10T00:00:00Z").catch((error: unknown) => error);
    const found = await report();
    top = own;
    expect(past).toBeInstanceOf(ProjectError);
    expect(past).toMatchObject({ code: "report-no-history" });
    expect(found.history).toEqual({ kind: "not-examined", why: "no-repository" });
    expect(datesOf(found)[0]).toBe("alice website/deploy main: not-examined");
    expect(found.people.map(({ id }) => id)).toEqual([ids.alice, ids.bob]);
  });
});
