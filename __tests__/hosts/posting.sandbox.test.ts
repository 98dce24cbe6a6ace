import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { reportLinks } from "../../lib/deliver/publish/report-files";
import { run } from "../../lib/process/run";
import { ownProgram } from "../../lib/programs/own-program";
import { reviewSchema } from "../../lib/report/model/review";
import { alice, bob, only } from "../fixtures/access";
import { plan, role, trustFor } from "../plan/a-plan";
import { HEAD, OLD } from "./fakes/all-hosts";
import { startGitHub } from "./fakes/fake-github";
import type { Fake } from "./fakes/fake-server";

const JOB = "3df8fe81-1066-4a7b-9843-bad46ff42b65";
let folder: string;
let fake: Fake;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "posting-"));
  fake = await startGitHub();
  writeFileSync(
    path.join(folder, "plan.json"),
    plan([role(trustFor(), trustFor({ people: only(alice, bob) }))]),
  );
});

afterAll(async () => {
  await fake.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `oidc review` of a plan in which bob gains a role, in a job of CircleCI. */
function review(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  const [program, ...first] = ownProgram("cli/oidc.ts");
  const { GH_TOKEN: _, GITHUB_TOKEN: __, ...rest } = process.env;
  return run(program, [...first, "review", "--no-access", "--plan", "plan.json", ...args], {
    cwd: folder,
    env: { ...rest, CIRCLE_WORKFLOW_JOB_ID: JOB, CIRCLE_NODE_INDEX: "0", ...env },
  });
}

const inPullRequest = () => ({
  CIRCLE_PULL_REQUEST: "https://github.example.com/acme/site/pull/12",
  OIDC_REVIEW_API_URL: fake.apiUrl,
  GH_TOKEN: "token-of-the-bot",
  CIRCLE_SHA1: HEAD,
  CIRCLE_BUILD_NUM: "7",
});
const posting = ["--post", "--host", "github"];

test("the comment says who gains, links the reports, and is posted although a gate fails", async () => {
  fake.state.head = HEAD;
  const ended = await review(
    inPullRequest(),
    ...[...posting, "--fail-on", "broader", "--html", "out/review.html", "--json", "out/review.json"],
  );
  expect(ended.stderr).toMatch(/^comment: created, http:/m);
  expect(ended.exitCode).toBe(1);
  const [comment, ...others] = fake.state.live;
  expect(others).toEqual([]);
  const [marker, , verdict] = comment?.body.split("\n") ?? [];
  expect(marker).toMatch(/^<!-- cdktf-circleci-oidc review plans commit=a{40} run=0\.7 -->$/);
  expect(verdict).toBe(ended.stdout.split("\n")[0]);
  expect(comment?.body).toContain(`user \`${bob.id}\` can now assume \`website-deploy\``);
  expect(comment?.body).toContain(
    `[review.html](https://output.circle-artifacts.com/output/job/${JOB}/artifacts/0/out/review.html)`,
  );
  expect(
    reviewSchema.parse(JSON.parse(readFileSync(path.join(folder, "out/review.json"), "utf8"))).access,
  ).toHaveLength(1);
  expect(`${ended.stdout}${ended.stderr}${comment?.body}`).not.toContain("token-of-the-bot");

  // The run of an older commit comes later, and leaves it alone.
  const late = await review({ ...inPullRequest(), CIRCLE_SHA1: OLD, CIRCLE_BUILD_NUM: "9" }, ...posting);
  expect([late.exitCode, late.stderr]).toEqual([0, expect.stringMatching(/^comment: superseded/m)]);
  expect(fake.state.live).toEqual([comment]);
});

test("without a pull request the review is printed, and a note says that it was not posted", async () => {
  const ended = await review({ CIRCLE_SHA1: HEAD }, "--post");
  expect(ended.stdout).toMatch(/^🟠 \*\*/);
  expect([ended.exitCode, ended.stderr]).toEqual([
    0,
    expect.stringMatching(/^not posted: .*CIRCLE_PULL_REQUEST/m),
  ]);
});

test.each<[what: string, env: () => NodeJS.ProcessEnv, args: readonly string[], code: string]>([
  ["no token", () => ({ ...inPullRequest(), GH_TOKEN: "" }), posting, "review-token-missing"],
  [
    "a host without --api-url",
    () => ({ ...inPullRequest(), OIDC_REVIEW_API_URL: "" }),
    posting,
    "review-api-not-chosen",
  ],
  ["an invalid accepted id", () => ({}), ["--accept", "everything"], "wrong-call"],
])("%s is an error before anything is planned", async (_, env, args, code) => {
  const before = fake.state.asked.length;
  const ended = await review(env(), ...args);
  expect([ended.exitCode, ended.stdout]).toEqual([2, ""]);
  expect(ended.stderr).toContain(`error[${code}]`);
  expect(fake.state.asked).toHaveLength(before);
});

test("a report is linked only if it is an artifact under its own path", () => {
  const circle = { CIRCLE_WORKFLOW_JOB_ID: JOB, CIRCLE_NODE_INDEX: "1" };
  const link = (file: string, env: NodeJS.ProcessEnv = circle) => reportLinks({ html: file }, env)[0];
  expect(link("a b/r.html")?.url).toBe(
    `https://output.circle-artifacts.com/output/job/${JOB}/artifacts/1/a%20b/r.html`,
  );
  for (const file of ["/tmp/r.html", "../r.html"]) expect(link(file)).toEqual({ text: file });
  for (const env of [
    {},
    { ...circle, CIRCLE_WORKFLOW_JOB_ID: "x) [y](z" },
    { ...circle, CIRCLE_NODE_INDEX: "a" },
  ])
    expect(link("r.html", env)).toEqual({ text: "r.html" });
});
