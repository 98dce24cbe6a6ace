import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { type Demo, RECORD, startDemo } from "../../dev/e2e/demo";
import { said, succeeded } from "../../dev/e2e/ended";
import { exchange, sessionOf } from "../../dev/e2e/session";
import { startWorld } from "../../dev/e2e/start-world";
import { deployRole, managedBucket, previewRole, provider } from "../../dev/e2e/talk-objects";
import type { World } from "../../dev/e2e/world";
import { askForToken } from "../../dev/sandbox/circleci/ask-for-token";
import { FORGERIES } from "../../dev/sandbox/circleci/forgeries";
import { closeServer, listenOnLoopback } from "../../dev/sandbox/http/listen";

jest.setTimeout(900_000);

const STACKS = ["main-identity", "main-state", "main-website"];

let demo: Demo;
let world: World;
let account: AccountReader;

// `npm run demo -- --keep`: bootstrap, deploy and a second plan, from an empty account. All else is
// a second clone's doing.
beforeAll(async () => {
  demo = await startDemo();
  world = await startWorld(demo.sandbox, demo);
  account = new AccountReader(demo.sandbox);
});

afterAll(async () => {
  account?.close();
  await world?.stop();
  await demo?.sandbox.stop();
  rmSync(path.dirname(RECORD), { recursive: true, force: true });
});

/** Without the line breaks that fit a text into a terminal. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** No table is wider than a terminal of the usual width. */
test("the demo's tables fit 80 columns", () => {
  for (const line of demo.said.split("\n"))
    if (line.startsWith("│")) expect(line.length).toBeLessThanOrEqual(80);
});

test("the demo lists what exists and who may do what", () => {
  expect(demo.said).toMatch(/main-state\.tfstate/);
  expect(demo.said).toMatch(/website-deploy +│ alice +│ main +│\n│ +│ +│ of github\.com\/acme\/website/);
  expect(demo.said).toMatch(
    /website-preview +│ everyone who can start a +│ any ref +│\n│ +│ pipeline of website +│ of github\.com\/acme\/website/,
  );
  expect(demo.said).toMatch(/acme-website +│ blocked +│ kept +│ AES256 +│ denied/);
  expect(demo.said).not.toMatch(/\bNOT\b/);
});

test.each<[title: string, preview: string, deploy: string]>([
  ["alice pushes to main", "allowed", "allowed"],
  ["bob pushes to main", "allowed", "denied"],
  ["bob pushes to feature/try-it", "allowed", "not started (filter)"],
  ["bob pushes to feature/try-it, with the filters removed from the config", "allowed", "denied"],
  ["an outside contributor opens a pull request from a fork", "denied", "not started"],
  ["alice runs the same jobs in another project", "denied", "not started"],
])("in the demo %s: preview %s, deploy %s", (title, preview, deploy) => {
  const [, run = ""] = demo.said.split(`\n\n${title}\n`);
  const [first, second] = run.split("\n\n")[0]?.match(/^ {2}\w.*$/gm) ?? [];
  expect([first, second]).toEqual([`  preview      ${preview}`, `  deploy       ${deploy}`]);
});

test("the demo sends both tokens of the fork's jobs to AWS, and each role denies both", () => {
  const [, run = ""] = demo.said.split("\n\nan outside contributor opens a pull request from a fork\n");
  const fork = onOneLine(run.split("\n\n")[0] ?? "");
  expect(fork.match(/with its V1 token, CIRCLE_OIDC_TOKEN: denied: AccessDenied/g)).toHaveLength(2);
  expect(fork).toContain("the code comes from github.com/contributor/website, not from");
  expect(fork).toContain(
    "the token names no repository (V1 token or custom webhook), and website/preview requires",
  );
});

test("for each denial, the demo shows AWS's message and that of explain", () => {
  const [, run = ""] = demo.said.split("\n\nbob pushes to main\n");
  expect(onOneLine(run.split("\n\n")[0] ?? "")).toMatch(
    /AWS: An error occurred \(AccessDenied\) when calling the AssumeRoleWithWebIdentity operation: Not authorized.* reason: only alice may assume website\/deploy/,
  );
});

test("the demo reads from the buckets what the allowed pushes deployed, and nothing else", () => {
  expect(demo.said).toMatch(/│ acme-website +│ index\.html │ \d+ +│ alice pushes to main\. +│/);
  expect(demo.said).toMatch(
    /│ acme-website-preview │ index\.html │ \d+ +│ bob pushes to +│\n[│ ]+ feature\/try-it, with/,
  );
});

test("every forged token is denied where the valid one is allowed, and a branch bypasses only the documented pin", () => {
  expect(demo.said).toMatch(/the valid token of alice from main +│ allowed/);
  const tables = demo.said.split("token sent for website-deploy").map((part) => part.split("└")[0] ?? "");
  const forged = tables.find((table) => table.includes("the valid token of alice")) ?? "";
  expect(forged.match(/│ denied: \w+/g)).toHaveLength(FORGERIES.length);
  expect(demo.said).toMatch(
    /bob: +│ ALLOWED +│ denied: +│\n│ feature\/vcs-ref\/refs\/heads\/main +│ \(unintended\) +│ AccessDenied/,
  );
});

test("the demo's record has all of its runs", () => {
  const page = readFileSync(RECORD, "utf8");
  expect(page.match(/<summary>/g)).toHaveLength(6);
  expect(page).toContain("bob pushes to main");
});

test("the only provider is the organization's own issuer, with one audience and no configured thumbprint", async () => {
  expect(await account.providers()).toEqual([provider]);
});

test("there are exactly two roles", async () => {
  expect(await account.roleNames()).toEqual(["website-deploy", "website-preview"]);
});

test("deploy: only alice from main", async () => {
  expect(await account.role("website-deploy")).toEqual(deployRole);
});

test("preview: everyone in the project, from any ref of its own repository", async () => {
  expect(await account.role("website-preview")).toEqual(previewRole);
});

test("there are exactly three buckets", async () => {
  expect(await account.bucketNames()).toEqual([
    "acme-terraform-state",
    "acme-website",
    "acme-website-preview",
  ]);
});

test.each([
  ["acme-terraform-state", "main-state", 365],
  ["acme-website", "main-website", 30],
  ["acme-website-preview", "main-website", 30],
])(
  "%s is private, versioned, encrypted and TLS-only, and its old versions expire",
  async (name, stack, days) => {
    expect(await account.bucket(name)).toEqual(managedBucket(name, stack, days));
  },
);

test("every stack has its state in the account's bucket, and no lock is left", async () => {
  expect(await account.objects("acme-terraform-state")).toEqual(STACKS.map((stack) => `${stack}.tfstate`));
});

/** What AWS answers to a person's job that assumes a role and writes an object with it. */
async function uploadAs(person: string, role: string, bucket: string): Promise<string> {
  try {
    const job = await sessionOf(world, { person, project: "website", branch: "main" }, role);
    try {
      await job.s3.send(new PutObjectCommand({ Bucket: bucket, Key: person, Body: "hello" }));
      return "uploaded";
    } finally {
      job.close();
    }
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

test("Alice previews and deploys; Bob previews, and his deploy is denied; no role writes to the other's bucket", async () => {
  const [denied, foreign] = [/^AccessDenied.*AssumeRoleWithWebIdentity/, /^AccessDenied.*PutObject/];
  const answers = await Promise.all([
    uploadAs("alice", "website-preview", "acme-website-preview"),
    uploadAs("alice", "website-deploy", "acme-website"),
    uploadAs("bob", "website-preview", "acme-website-preview"),
    uploadAs("bob", "website-deploy", "acme-website"),
    uploadAs("bob", "website-preview", "acme-website"),
  ]);
  expect(answers).toEqual([
    ...["uploaded", "uploaded", "uploaded"],
    ...[expect.stringMatching(denied), expect.stringMatching(foreign)],
  ]);
  expect(await account.objects("acme-website")).toEqual(["alice", "index.html"]);
  expect(await account.objects("acme-website-preview")).toEqual(["alice", "bob", "index.html"]);
}, 300_000);

test("every role denies both tokens of a fork", async () => {
  const { environment } = demo.sandbox;
  const fork = {
    organization: "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
    project: "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03",
    user: "deadbeef-0000-4000-8000-000000000000",
    source: { origin: "github.com/mallory/website", ref: "refs/heads/main" },
  };
  for (const version of [1, 2] as const) {
    const token = await askForToken({ ...fork, version }, environment);
    for (const role of ["website-preview", "website-deploy"])
      await expect(exchange(demo.sandbox, token, role, "fork")).rejects.toMatchObject({
        name: "AccessDenied",
        message: expect.stringContaining("AssumeRoleWithWebIdentity"),
      });
  }
}, 300_000);

/** CloudTrail's log of one account: alice from main, and someone from a fork whom AWS refused. */
const ASSUMED = "AssumeRoleWithWebIdentity";
function trailLog(): string {
  const [organization, project] = [
    "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
    "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03",
  ];
  const record = (user: string, origin: string, error?: string) => ({
    eventTime: new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, "Z"),
    eventSource: "sts.amazonaws.com",
    eventName: ASSUMED,
    awsRegion: "us-east-1",
    recipientAccountId: "123456789012",
    eventCategory: "Management",
    ...(error === undefined ? {} : { errorCode: error }),
    userIdentity: {
      type: "WebIdentityUser",
      userName: `org/${organization}/project/${project}/user/${user}/vcs-origin/${origin}/vcs-ref/refs/heads/main`,
      identityProvider: `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${organization}`,
    },
    requestParameters: { roleArn: "arn:aws:iam::123456789012:role/website-deploy" },
  });
  const alice = record("0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01", "github.com/acme/website");
  const fork = record("deadbeef-0000-4000-8000-000000000000", "github.com/mallory/website", "AccessDenied");
  return JSON.stringify({ Records: [alice, fork] });
}

test("watch and report: a clean account, then a trust policy that was broadened by hand, once as new and then as standing", async () => {
  const log = path.join(world.folder, "trail.json");
  writeFileSync(log, trailLog());
  const messages: string[] = [];
  const chat = createServer((request, response) => {
    request.on("data", (part: Buffer) => messages.push(part.toString()));
    request.on("end", () => response.end("ok"));
  });
  const env = { OIDC_WATCH_WEBHOOK: `${await listenOnLoopback(chat)}/services/T000/B000/secret-part` };
  const watch = (...from: readonly string[]) =>
    world.ours("oidc", ["watch", "--once", "--fail-on", "broader", ...from], { env });
  const { iam, s3 } = account;
  const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: "website-deploy" }));
  const trust = decodeURIComponent(role?.AssumeRolePolicyDocument ?? "");
  const setTrust = (PolicyDocument: string) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: "website-deploy", PolicyDocument }));
  try {
    const first = succeeded(await watch("--events", log));
    expect(first.stdout).toMatch(/First run[\s\S]*No changes/);
    expect(first.stdout).toMatch(/denied[\s\S]*mallory[\s\S]*website\/deploy/);
    expect(first.stdout).toContain(
      "2 roles of access.yaml, 0 other roles that trust CircleCI, 1 OIDC provider, 3 buckets",
    );
    await setTrust(trust.replace(/user\/[^/]+\//, "user/*/").replaceAll("StringEquals", "StringLike"));
    const second = await watch("--events", log);
    expect([second.exitCode, second.stderr]).toEqual([1, ""]);
    expect(second.stdout).toMatch(/can now assume `website-deploy`/);
    expect(second.stdout).not.toMatch(/First run|mallory/);
    const report = succeeded(await world.ours("oidc", ["report", "--live", "--json", "-"]));
    expect(JSON.parse(report.stdout).report.live).toMatchObject([
      {
        account: "main",
        outcome: "differs",
        text: "1 role differs from access.yaml",
        withoutEffect: [],
        differences: [
          {
            class: "external-access",
            subjects: [{ kind: "role", name: "website-deploy", in: "both" }],
            what: expect.stringContaining("an now assume website-deploy"),
          },
        ],
        examined: { roles: 2, otherRoles: 0, providers: 1, buckets: 3 },
        notExamined: [],
      },
    ]);
    const third = await watch();
    expect(third.exitCode).toBe(1);
    expect(third.stdout).toMatch(/can now assume `website-deploy`[\s\S]*New since the last run:\*\* 0/);
    // The local AWS has no event history: what CloudTrail does not answer is not examined.
    expect(third.stdout).toMatch(/Not examined in CloudTrail[\s\S]*cloudtrail:LookupEvents failed/);
    expect(messages.map((body) => JSON.parse(body).text)).toEqual([
      expect.stringContaining("account main (123456789012): No changes"),
      expect.stringContaining("can now assume"),
      expect.stringContaining("0 new since the last run; 1 not examined"),
    ]);
    expect(`${first.stdout}${second.stdout}${third.stdout}`).not.toContain("secret-part");
  } finally {
    await setTrust(trust);
    await s3.send(new DeleteObjectCommand({ Bucket: "acme-terraform-state", Key: "watch.json" }));
    await closeServer(chat);
  }
}, 300_000);

test("a second deploy, from another clone, changes nothing", async () => {
  const before = await everything();
  const deployed = said(succeeded(await world.cdktf("deploy", [])));
  expect(deployed.match(/Resources: 0 added, 0 changed, 0 destroyed/g)).toHaveLength(STACKS.length);
  expect(await everything()).toEqual(before);
});

/**
 * All that is there, and whose each state is: a state that was begun anew would have another
 * lineage.
 */
async function everything() {
  const [roles, buckets] = await Promise.all([account.roleNames(), account.bucketNames()]);
  const states = await Promise.all(STACKS.map((stack) => account.state(stack)));
  return {
    providers: await account.providers(),
    roles: await Promise.all(roles.map((name) => account.role(name))),
    buckets: await Promise.all(buckets.map((name) => account.bucket(name))),
    lineages: states.map(({ lineage }) => lineage),
    addresses: states.map(({ resources }) => resources.map(({ type, name }) => `${type}.${name}`)),
  };
}
