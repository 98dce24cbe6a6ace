import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { writeConfig } from "../../../lib/circleci/write-config";
import { accessFromText } from "../../../lib/config/load";
import type { Project } from "../../../lib/config/model/model";
import { ownProgram } from "../../../lib/programs/own-program";
import { completeAnswers } from "../../../lib/start/init/complete-answers";
import { firstAccess } from "../../../lib/start/init/first-access";
import { init as makeProject, schemaBeside } from "../../../lib/start/init/init";
import { CircleState, type FakeCircleCI, serveCircleCI } from "../../circleci/api-server";
import { alice, organization, PROJECT_ID } from "../../fixtures/access";
import { answers } from "./answers";

describe("the generated file", () => {
  test("is valid and has comments", () => {
    const text = firstAccess(answers);
    const access = accessFromText(text, "access.yaml");
    expect(access.accounts[0]).toMatchObject({
      id: "012345678901",
      region: "eu-west-1",
      stateBucket: "acme-states",
    });
    expect(access.projects[0]?.roles.map(({ key }) => key)).toEqual(["deploy", "preview"]);
    expect(text).toContain("# keep the quotes");
  });

  test("points editors at the schema beside it, or else at the installed copy", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "schema-"));
    try {
      expect(schemaBeside(folder)).toBe("./node_modules/cdktf-circleci-oidc/access.schema.json");
      writeFileSync(path.join(folder, "access.schema.json"), "{}");
      expect(schemaBeside(folder)).toBe("./access.schema.json");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("is valid for every name of a person and of a branch", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,12}$/).filter((one) => one !== "everyone");
    const branch = fc
      .stringMatching(/^[a-z0-9]{1,6}(?:[/.-][a-z0-9]{1,6}){0,2}$/)
      .filter((one) => !one.endsWith(".lock") && one !== "any");
    fc.assert(
      fc.property(name, branch, fc.boolean(), (person, from, withOwnRoles) => {
        const text = firstAccess({ ...answers, person, branch: from }, { withOwnRoles });
        const access = accessFromText(text, "access.yaml");
        expect(access.people).toEqual([{ name: person, id: alice.id }]);
        const roles = access.projects[0]?.roles ?? [];
        const listed = { kind: "listed", branches: [{ kind: "exact", name: from }], tags: [] };
        for (const { grant } of roles.filter(({ key }) => key === "deploy" || key === "apply"))
          expect(grant).toMatchObject({
            people: { kind: "listed", members: [{ name: person, id: alice.id }] },
            refs: listed,
          });
        expect(roles.map(({ key }) => key)).toEqual(
          withOwnRoles ? ["apply", "deploy", "plan", "preview"] : ["deploy", "preview"],
        );
      }),
    );
  });
});

describe("a value that no flag sets", () => {
  test("is asked for, with the found value as the default; an invalid answer is asked for again", async () => {
    const asked: [string, string | undefined][] = [];
    const replies = ["", "", "", "", "not a UUID", alice.id, "", "", "", ""];
    const { person: _, personId: __, ...found } = answers;
    const complete = await completeAnswers({ person: "alice" }, found, async (question, usual) => {
      asked.push([question, usual]);
      return replies.shift() ?? "";
    });
    expect(complete).toEqual({ ...answers, stateBucket: "terraform-state-012345678901-eu-west-1" });
    expect(asked.filter(([question]) => question.includes("user ID"))).toHaveLength(2);
  });

  test("is reported, with all others, if this is not a terminal", async () => {
    const { personId: _, account: __, stateBucket: ___, ...found } = answers;
    await expect(completeAnswers({}, found, undefined)).rejects.toMatchObject({
      code: "init-incomplete",
      exitCode: 2,
      found: "--person-id, --account-id, --state-bucket",
    });
  });

  test("is asked for only after all flags were validated", async () => {
    const ask = jest.fn();
    await expect(completeAnswers({ region: "mars-1" }, answers, ask)).rejects.toMatchObject({
      code: "init-wrong-answer",
      found: "mars-1",
    });
    expect(ask).not.toHaveBeenCalled();
  });
});

describe("oidc init, not at a terminal", () => {
  let folder: string;
  let circleci: FakeCircleCI;
  beforeAll(async () => {
    circleci = await serveCircleCI(new CircleState());
    circleci.state.tokens = { "a-token-of-alice": alice.id };
    circleci.state.users = [{ id: alice.id, login: "alice", name: "Alice" }];
    circleci.state.projects = [
      {
        slug: "gh/acme/website",
        id: PROJECT_ID,
        name: "website",
        repository: "https://github.com/acme/website",
        organization: { id: organization.id, name: "acme" },
        pipelines: [],
      },
    ];
  });
  afterAll(() => circleci.close());
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "init-"));
    execFileSync("git", ["init", "-q"], { cwd: folder });
    execFileSync("git", ["remote", "add", "origin", "git@github.com:acme/website.git"], { cwd: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function init(
    ...args: readonly string[]
  ): Promise<{ readonly exitCode: number | null; readonly text: string }> {
    const [program, ...first] = ownProgram("cli/oidc.ts");
    const { AWS_ACCESS_KEY_ID: _, AWS_PROFILE: __, ...env } = process.env;
    const child = spawn(program, [...first, "init", ...args], {
      cwd: folder,
      env: {
        ...env,
        CIRCLE_TOKEN: "a-token-of-alice",
        CIRCLE_URL: circleci.url,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (text += part));
    return new Promise((resolve) => child.on("close", (exitCode) => resolve({ exitCode, text })));
  }

  test("finds values in git and CircleCI and writes a file, which a second run does not overwrite", async () => {
    const { exitCode, text } = await init("--account-id", "123456789012", "--region", "us-east-1");
    expect([exitCode, text]).toEqual([
      0,
      expect.stringContaining("alice may assume website/deploy from main"),
    ]);
    expect(text).not.toContain("a-token-of-alice");
    const file = path.join(folder, "access.yaml");
    const written = readFileSync(file, "utf8");
    expect(accessFromText(written, file)).toMatchObject({
      organizations: [{ id: organization.id }],
      people: [alice],
      projects: [{ key: "website", id: PROJECT_ID, repository: "github.com/acme/website" }],
    });
    writeFileSync(file, `${written}# mine\n`);
    const again = await init("--account-id", "123456789012");
    expect([again.exitCode, again.text]).toEqual([2, expect.stringContaining("error[access-file-exists]")]);
    expect(readFileSync(file, "utf8")).toBe(`${written}# mine\n`);
  });

  test("makes a project that plans and applies its own stacks: the pipeline is what access.yaml says", async () => {
    const { exitCode, text } = await init(".", "--account-id", "123456789012", "--pipeline");
    expect([exitCode, text]).toEqual([0, expect.stringContaining("applies them after an approval")]);
    const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
    const { projects } = accessFromText(read("access.yaml"), "access.yaml");
    expect(read(".circleci/config.yml")).toBe(writeConfig(projects[0] as Project));
    expect(Object.keys(parse(read(".circleci/config.yml")).jobs)).toEqual(
      expect.arrayContaining(["plan", "apply", "deploy", "preview"]),
    );
  });

  test("refuses a pipeline below the top of a repository, where CircleCI reads none, and without FOLDER", async () => {
    const below = await init("infrastructure", "--account-id", "123456789012", "--pipeline");
    expect([below.exitCode, below.text]).toEqual([2, expect.stringContaining("error[pipeline-not-at-top]")]);
    expect(existsSync(path.join(folder, "infrastructure"))).toBe(false);
    const bare = await init("--account-id", "123456789012", "--pipeline");
    expect([bare.exitCode, bare.text]).toEqual([2, expect.stringContaining("init FOLDER --pipeline")]);
    expect(existsSync(path.join(folder, "access.yaml"))).toBe(false);
  });

  test("without AWS credentials, requires --account-id and writes nothing", async () => {
    const { exitCode, text } = await init();
    expect([exitCode, text]).toEqual([2, expect.stringContaining("--account-id")]);
    expect(existsSync(path.join(folder, "access.yaml"))).toBe(false);
  });
});

describe("a new project's folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "init-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const answer = (project: string | undefined, given: object = {}, framework?: "cdktn"): Promise<string> =>
    makeProject(
      {
        given: { ...answers, ...given },
        ...(project === undefined ? {} : { project }),
        ...(framework === undefined ? {} : { framework }),
      },
      {
        env: { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/dev/null" },
        folder,
        note: () => {},
        withPrompt: (task) => task(undefined),
      },
    );

  test("the framework is a project's: without a folder for one, the call is wrong", async () => {
    await expect(answer(undefined, {}, "cdktn")).rejects.toMatchObject({ code: "wrong-call", exitCode: 2 });
  });

  test.each([
    ["an invalid value", "new", { region: "mars-1" }, "init-wrong-answer"],
    ["a folder without a name", "", {}, "wrong-call"],
    ["a folder in node_modules", "node_modules/new", {}, "wrong-call"],
    ["a file where the folder would be", "file", {}, "not-written"],
    ["a file above the folder", "file/below/new", {}, "not-written"],
  ])("%s is an error, and nothing is created", async (_, project, given, code) => {
    writeFileSync(path.join(folder, "file"), "kept");
    await expect(answer(project, given)).rejects.toMatchObject({ code });
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  test("a new folder may be deep, and is quoted in the command that enters it", async () => {
    expect(await answer("teams/our access")).toContain("  cd 'teams/our access'\n");
    const made = readFileSync(path.join(folder, "teams", "our access", "package.json"), "utf8");
    expect(JSON.parse(made).name).toBe("our-access");
  });
});
