import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { addIds } from "../../cli/ids";
import { ALICE, acme, BOB, MALLORY, ORGANIZATION, PROJECT, TOKEN } from "../circleci/a-circleci";
import { type FakeCircleCI, serveCircleCI } from "../circleci/api-server";

const TEXT = `organization: { id: ${ORGANIZATION} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-terraform-state } } }
people:
  alice: ${ALICE}
projects: {}
`;
const environment = { ...process.env };
let fake: FakeCircleCI;
let folder: string;
let file: string;
const printed: string[] = [];

beforeEach(async () => {
  fake = await serveCircleCI(acme());
  folder = mkdtempSync(path.join(tmpdir(), "ids-"));
  file = path.join(folder, "access.yaml");
  writeFileSync(file, TEXT);
  Object.assign(process.env, { CIRCLE_TOKEN: TOKEN, CIRCLE_URL: fake.url, OIDC_ACCESS_FILE: file });
  printed.length = 0;
  for (const method of ["log", "error"] as const)
    jest
      .spyOn(console, method)
      .mockImplementation((...texts: unknown[]) => void printed.push(texts.join(" ")));
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...environment };
  rmSync(folder, { recursive: true });
  await fake.close();
});

async function ids(...args: readonly string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => printed.push(text) });
  addIds(program);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  await program.parseAsync(["ids", "--project", "gh/acme/website", ...args], { from: "user" });
  return printed.join("\n");
}

test("prints them as a table", async () => {
  expect(await ids()).toBe(
    [
      `organization  acme     ${ORGANIZATION}  gh/acme`,
      `project       website  ${PROJECT}  gh/acme/website, github.com/acme/website`,
      `people        alice    ${ALICE}  Alice Liddell (you)`,
      `              mallory  ${MALLORY}  Bob (only with pull requests of forks)`,
      `              bob      ${BOB}`,
      "People are those who started something in the newest 4 pipelines, and you.",
    ].join("\n"),
  );
  expect(readFileSync(file, "utf8")).toBe(TEXT);
});

test("--json has the same for programs", async () => {
  const found = JSON.parse(await ids("--json", "--person", "BOB"));
  expect(found).toMatchObject({ organization: { id: ORGANIZATION }, project: { id: PROJECT } });
  expect(found.people).toEqual([{ id: BOB, login: "bob", isYou: false, source: "project" }]);
});

test("--write adds what is missing, and says what it left out", async () => {
  const text = await ids("--write");
  expect(text).toContain(
    `${file}:\n  added     people.bob: ${BOB}\n  left out  mallory (${MALLORY}): seen with`,
  );
  expect(readFileSync(file, "utf8")).toBe(TEXT.replace(`${ALICE}\n`, `${ALICE}\n  bob: ${BOB}\n`));
});

test("what strangers call themselves cannot write to the terminal", async () => {
  fake.state.users = fake.state.users.map((user) => ({ ...user, name: "\u001b[2J\nproject  evil" }));
  const text = await ids();
  expect(text).not.toContain("\u001b");
  expect(text.match(/^project/gm)).toHaveLength(1);
});

test.each<[code: string, args: readonly string[]]>([
  ["circleci-slug", ["--project", "acme/website"]],
  ["wrong-call", ["--replace"]],
  ["commander.invalidArgument", ["--pipelines", "many"]],
  ["unknown-person", ["--person", "bbo", "--write"]],
])("%s: %j", async (code, args) => {
  await expect(ids(...args)).rejects.toMatchObject({ code });
  expect(readFileSync(file, "utf8")).toBe(TEXT);
});

test("nothing is asked of CircleCI for a file that cannot be written to", async () => {
  rmSync(file);
  await expect(ids("--write")).rejects.toMatchObject({ code: "access-file-missing" });
  expect(fake.state.asked).toEqual([]);
});

test("the token stands in no output, whatever goes wrong", async () => {
  fake.state.fail("GET", /project/, { status: 404, body: { message: `not with ${TOKEN}` } }, 9);
  const failure: unknown = await ids("--json").catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "circleci-not-found", exitCode: 1 });
  expect(`${String(failure)}${JSON.stringify(failure)}${printed.join()}`).not.toContain(TOKEN);
});
