import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accessFromText } from "../../lib/config/load";
import { type ExplainOptions, explain } from "../../lib/explain/explain";
import { isAsExpected, isV1Alone, type JobAnswer } from "../../lib/explain/job-answer";
import { printAnswers, printAnswersAsJson } from "../../lib/explain/print";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { alice, organization, PROJECT_ID, REPOSITORY } from "../fixtures/access";
import { onlyAnswer } from "./asked";

const FILE = `
organization: { id: ${organization.id} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: ${alice.id} }
projects:
  website:
    id: ${PROJECT_ID}
    repository: ${REPOSITORY}
    roles:
      preview: { people: everyone, branches: any }
      nightly: { people: everyone, branches: any, tokensWithoutOrigin: true }
      hers: { people: [alice], branches: any, tokensWithoutOrigin: true }
      deploy: { people: [alice], branches: [main] }
`;
const access = accessFromText(FILE, "access.yaml");
const STRANGER = "deadbeef-0000-4000-8000-000000000000";
const FORK = "github.com/mallory/website";
const HOST = `oidc.circleci.com/org/${organization.id}`;
const JOB = `org/${organization.id}/project/${PROJECT_ID}/user/`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "both-tokens-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: object): string {
  const file = path.join(mkdtempSync(path.join(folder, "input-")), "input.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const only = (options: ExplainOptions): JobAnswer => onlyAnswer(access, options);

/** Such as `deny: CIRCLE_OIDC_TOKEN_V2 deny, CIRCLE_OIDC_TOKEN deny`. */
function inShort({ decision, tokens }: JobAnswer): string {
  return `${decision}: ${tokens.map((one) => `${one.variables.join(" and ")} ${one.decision}`).join(", ")}`;
}

const V2 = "CIRCLE_OIDC_TOKEN_V2";
const V1 = "CIRCLE_OIDC_TOKEN";

describe("a job has two tokens, and one allowed token is enough", () => {
  const fork: ExplainOptions = { person: STRANGER, branch: "x", origin: FORK };

  test.each<[what: string, ExplainOptions, answer: string]>([
    ["a fork, any ref", { ...fork, role: "preview" }, `deny: ${V2} deny, ${V1} deny`],
    ["a fork, tokens without an origin", { ...fork, role: "nightly" }, `allow: ${V2} deny, ${V1} allow`],
    [
      "a user who is not in the file, from a fork, for a role of alice",
      { ...fork, role: "hers" },
      `deny: ${V2} deny, ${V1} deny`,
    ],
    [
      "a fork whose job is alice's",
      { ...fork, person: "alice", role: "hers" },
      `allow: ${V2} deny, ${V1} allow`,
    ],
    ["a fork, main", { ...fork, branch: "main", role: "deploy" }, `deny: ${V2} deny, ${V1} deny`],
    [
      "a fork, its branch left open",
      { person: STRANGER, origin: FORK, role: "preview" },
      `deny: ${V2} deny, ${V1} deny`,
    ],
    [
      "a fork, its branch left open, tokens without an origin",
      { person: STRANGER, origin: FORK, role: "nightly" },
      `allow: ${V2} deny, ${V1} allow`,
    ],
    [
      "the repository itself",
      { person: STRANGER, branch: "x", role: "preview" },
      `allow: ${V2} allow, ${V1} deny`,
    ],
    [
      "the repository itself, allowed by both tokens",
      { person: STRANGER, branch: "x", role: "nightly" },
      `allow: ${V2} allow, ${V1} allow`,
    ],
    ["a webhook, any ref", { person: "alice", webhook: true, role: "preview" }, `deny: ${V2} and ${V1} deny`],
    [
      "a webhook, tokens without an origin",
      { person: "alice", webhook: true, role: "nightly" },
      `allow: ${V2} and ${V1} allow`,
    ],
  ])("%s", (_, options, answer) => {
    const found = only(options);
    expect(inShort(found)).toBe(answer);
    const [expected, other] =
      found.decision === "allow" ? (["allow", "deny"] as const) : (["deny", "allow"] as const);
    expect(isAsExpected(found, expected)).toBe(true);
    expect(isAsExpected(found, other)).toBe(false);
  });

  test("the reason names the token and the risk of allowing it", () => {
    expect(only({ ...fork, role: "nightly" }).reason).toBe(
      "by CIRCLE_OIDC_TOKEN: everyone may assume website/nightly, also with a token that names no repository: code from any repository, if the project passes secrets to forked pull requests",
    );
    expect(only({ ...fork, role: "preview" }).reason).toBe(
      `the code comes from ${FORK}, not from ${REPOSITORY}; CIRCLE_OIDC_TOKEN: the token names no repository (V1 token or custom webhook), and website/preview requires ${REPOSITORY}`,
    );
    expect(only({ person: STRANGER, branch: "x", role: "nightly" }).reason).toBe(
      "everyone may assume website/nightly from any ref; CIRCLE_OIDC_TOKEN, which names no repository, is allowed too: code from any repository, if the project passes secrets to forked pull requests",
    );
  });

  test("the claims, the reason and the statements are the deciding token's", () => {
    const { claims, tokens } = only({ ...fork, role: "nightly" });
    expect(claims.sub).toBe(`${JOB}${STRANGER}`);
    expect(tokens.map((token) => token.claims.sub)).toEqual([
      `${JOB}${STRANGER}/vcs-origin/${FORK}/vcs-ref/refs/heads/x`,
      `${JOB}${STRANGER}`,
    ]);
  });

  test("the table names what is allowed", () => {
    const text = printAnswers(
      explain(() => access, {}),
      120,
    );
    expect(text).toMatch(/alice +│ main +│ any ref, any repository │ any ref, any repository │ any ref +│/);
  });

  test("one answer shows both tokens, in text and in JSON", () => {
    const answer = only({ ...fork, role: "nightly" });
    const text = printAnswers([answer]);
    expect(text).toContain(`  ${V2}: denied\n    subject  ${JOB}${STRANGER}/vcs-origin/`);
    expect(text).toContain(`  ${V1}: allowed\n    subject  ${JOB}${STRANGER}\n`);
    expect(JSON.parse(printAnswersAsJson([answer])).decisions[0].tokens).toEqual([
      expect.objectContaining({ variables: [V2], decision: "deny" }),
      expect.objectContaining({ variables: [V1], decision: "allow" }),
    ]);
  });
});

describe("a single token is one of the two of its job", () => {
  const claims = (sub: string): object => ({ iss: `https://${HOST}`, aud: organization.id, sub });
  const ofFork = claims(`${JOB}${STRANGER}/vcs-origin/${FORK}/vcs-ref/refs/heads/x`);

  test("the V1 claims follow from V2: the job is allowed if its V1 token is", () => {
    const answer = only({ token: fileWith(ofFork), role: "nightly" });
    expect(inShort(answer)).toBe(`deny: ${V2} deny, ${V1} allow`);
    expect(answer.reason).toContain("the same job's CIRCLE_OIDC_TOKEN is allowed");
    expect(isAsExpected(answer, "deny")).toBe(false);
    expect(isAsExpected(answer, "allow")).toBe(false);
  });

  test("denied for both", () => {
    const answer = only({ token: fileWith(ofFork), role: "preview" });
    expect(inShort(answer)).toBe(`deny: ${V2} deny, ${V1} deny`);
    expect(isAsExpected(answer, "deny")).toBe(true);
  });

  test("the V2 claims do not follow from V1", () => {
    const token = fileWith(claims(`${JOB}${STRANGER}`));
    expect(inShort(only({ token, role: "nightly" }))).toBe(`allow: ${V1} allow`);
    expect(inShort(only({ token, role: "preview" }))).toBe(`deny: ${V1} deny`);
    expect(isV1Alone(only({ token, role: "preview" }))).toBe(true);
    expect(isV1Alone(only({ token: fileWith(ofFork), role: "preview" }))).toBe(false);
  });

  test("a token of no job has no second token", () => {
    const token = fileWith(claims(`org/${organization.id}/file-streaming/audit-logs`));
    expect(inShort(only({ token, role: "preview" }))).toBe("deny:  deny");
  });
});

describe("a policy from elsewhere is also asked about both", () => {
  const policyFor = (...subjects: readonly string[]): string =>
    fileWith({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::210987654321:oidc-provider/${HOST}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${HOST}:aud`]: organization.id },
          StringLike: { [`${HOST}:sub`]: subjects },
        },
      },
    });
  const fork: ExplainOptions = { person: STRANGER, project: "website", origin: FORK };
  const ANYONE = "????????-????-????-????-????????????";
  const pinned = `${JOB}${ANYONE}/vcs-origin/${REPOSITORY}/vcs-ref/*`;

  test("a pinned origin denies a fork; an additional V1 subject allows it", () => {
    const answerOf = (file: string, more: ExplainOptions) =>
      inShort(only({ ...fork, ...more, policy: file }));
    const safe = policyFor(pinned);
    const open = policyFor(pinned, `${JOB}${ANYONE}`);
    expect(answerOf(safe, {})).toBe(`deny: ${V2} deny, ${V1} deny`);
    expect(answerOf(open, {})).toBe(`allow: ${V2} deny, ${V1} allow`);
    expect(answerOf(safe, { branch: "x" })).toBe(`deny: ${V2} deny, ${V1} deny`);
    expect(answerOf(open, { branch: "x" })).toBe(`allow: ${V2} deny, ${V1} allow`);
  });

  test("a V1 subject is enough, despite a branch pin in the same policy", () => {
    const main = `${JOB}${ANYONE}/vcs-origin/${REPOSITORY}/vcs-ref/refs/heads/main`;
    const bob: ExplainOptions = { person: STRANGER, project: "website" };
    expect(only({ ...bob, policy: policyFor(main) }).decision).toBe("unknown");
    expect(inShort(only({ ...bob, policy: policyFor(main, `${JOB}${ANYONE}`) }))).toBe(
      `allow: ${V2} unknown, ${V1} allow`,
    );
  });
});

test("--expect deny fails if one of the two tokens is allowed", () => {
  const file = path.join(folder, "access.yaml");
  writeFileSync(file, FILE);
  const [program, ...first] = ownProgram("cli/oidc.ts");
  const expecting = (role: string, expected: string): number | null => {
    const asked = ["--role", role, "--origin", FORK, "--person", STRANGER, "--expect", expected];
    const env = { ...process.env, OIDC_ACCESS_FILE: file };
    return spawnSync(program, [...first, "explain", ...asked], { cwd: repositoryRoot, env }).status;
  };
  expect([expecting("preview", "deny"), expecting("nightly", "deny")]).toEqual([0, 1]);
  expect([expecting("preview", "allow"), expecting("nightly", "allow")]).toEqual([1, 0]);
});
