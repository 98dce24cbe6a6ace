import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describeError } from "../../../lib/errors";
import { type IdsOptions, ids } from "../../../lib/start/ids/ids";
import { ALICE, acme, BOB, MALLORY, ORGANIZATION, PROJECT, TOKEN } from "../../circleci/a-circleci";
import { type FakeCircleCI, serveCircleCI } from "../../circleci/api-server";

const TEXT = `organization: { id: ${ORGANIZATION} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-terraform-state } } }
people:
  alice: ${ALICE}
projects: {}
`;
let fake: FakeCircleCI;
let folder: string;
let file: string;

beforeEach(async () => {
  fake = await serveCircleCI(acme());
  folder = mkdtempSync(path.join(tmpdir(), "ids-"));
  file = path.join(folder, "access.yaml");
  writeFileSync(file, TEXT);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await fake.close();
});

function call(options: Partial<IdsOptions> = {}): Promise<string> {
  const env = { CIRCLE_TOKEN: TOKEN, CIRCLE_URL: fake.url, OIDC_ACCESS_FILE: file };
  const note = jest.fn();
  return ids({ project: "gh/acme/website", pipelines: 100, ...options }, { env, folder, note });
}

test("prints the IDs as a table", async () => {
  expect(await call()).toBe(
    [
      `organization  acme     ${ORGANIZATION}  gh/acme`,
      `project       website  ${PROJECT}  gh/acme/website, github.com/acme/website`,
      `people        alice    ${ALICE}  Alice Liddell (you)`,
      `              mallory  ${MALLORY}  Bob (only in pull requests from forks)`,
      `              bob      ${BOB}`,
      "People: you, and everyone who started a workflow in the newest 4 pipelines.",
    ].join("\n"),
  );
  expect(readFileSync(file, "utf8")).toBe(TEXT);
});

test("--json prints the same as JSON", async () => {
  const found = JSON.parse(await call({ json: true, person: ["BOB"] }));
  expect(found).toMatchObject({ organization: { id: ORGANIZATION }, project: { id: PROJECT } });
  expect(found.people).toEqual([{ id: BOB, login: "bob", isYou: false, source: "project" }]);
});

test("--write adds what is missing and reports what it skipped", async () => {
  const text = await call({ write: true });
  expect(text).toContain(
    `${file}:\n  added     people.bob: ${BOB}\n  skipped   mallory (${MALLORY}): seen only`,
  );
  expect(readFileSync(file, "utf8")).toBe(TEXT.replace(`${ALICE}\n`, `${ALICE}\n  bob: ${BOB}\n`));
});

test("control characters in display names are not written to the terminal", async () => {
  fake.state.users = fake.state.users.map((user) => ({ ...user, name: "\u001b[2J\nproject  evil" }));
  const text = await call();
  expect(text).not.toContain("\u001b");
  expect(text.match(/^project/gm)).toHaveLength(1);
});

test.each<[code: string, options: Partial<IdsOptions>]>([
  ["circleci-slug", { project: "acme/website" }],
  ["wrong-call", { replace: true }],
  ["unknown-person", { person: ["bbo"], write: true }],
])("%s: %j", async (code, options) => {
  await expect(call(options)).rejects.toMatchObject({ code, exitCode: 2 });
  expect(readFileSync(file, "utf8")).toBe(TEXT);
});

test("without --project, the git remote names the project", async () => {
  const here = { env: { CIRCLE_TOKEN: TOKEN, CIRCLE_URL: fake.url }, folder, note: jest.fn() };
  await expect(ids({ pipelines: 0 }, here)).rejects.toMatchObject({ code: "circleci-slug-unknown" });
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder });
  git("init", "-q");
  git("remote", "add", "upstream", "git@github.com:acme/website.git");
  expect(await ids({ pipelines: 0 }, here)).toContain(PROJECT);
  git("remote", "add", "fork", "git@github.com:mallory/website.git");
  await expect(ids({ pipelines: 0 }, here)).rejects.toMatchObject({ code: "circleci-slug-unknown" });
  git("remote", "rename", "upstream", "origin");
  expect(await ids({ pipelines: 0 }, here)).toContain(PROJECT);
});

test("CircleCI is not asked if the file cannot be written", async () => {
  rmSync(file);
  await expect(call({ write: true })).rejects.toMatchObject({ code: "access-file-missing" });
  expect(fake.state.asked).toEqual([]);
});

test("no error contains the token", async () => {
  fake.state.fail("GET", /project/, { status: 404, body: { message: `not with ${TOKEN}` } });
  const failure: unknown = await call({ json: true }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "circleci-not-found", exitCode: 1 });
  expect(describeError(failure) + JSON.stringify(failure)).not.toContain(TOKEN);
});
