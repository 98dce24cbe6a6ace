import { readFileSync } from "node:fs";
import path from "node:path";
import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { copyAsRepository } from "../../dev/e2e/clone";
import { said, succeeded } from "../../dev/e2e/ended";
import { type JobSession, sessionOf } from "../../dev/e2e/session";
import { startWorld } from "../../dev/e2e/start-world";
import type { World } from "../../dev/e2e/world";
import type { LoggedDecision } from "../../dev/sandbox/authorize/decision-log";
import { startSandbox } from "../../dev/sandbox/sandbox";
import type { Ended } from "../../dev/tools/sandbox-support";
import type { PolicyDocument } from "../../lib/iam/language/document";
import { inlinePolicies } from "../../lib/iam/write/inline-policies";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { readAccess } from "../../lib/project/read-access";
import { prepareTools } from "../../lib/terraform/prepare";

jest.setTimeout(1_800_000);

const EXAMPLE = path.join(repositoryRoot, "examples", "infrastructure", "access.yaml");
const STATE = "acme-terraform-state";
const STACKS = ["main-state", "main-identity", "main-pipeline", "main-website"];
const BOUNDARY = "arn:aws:iam::123456789012:policy/cdktf-circleci-oidc-boundary";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const [PLAN, APPLY] = ["infrastructure-plan", "infrastructure-apply"];
const FEATURE = { person: "bob", project: "infrastructure", branch: "feature/x" };
const MAIN = { person: "alice", project: "infrastructure", branch: "main" };

function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } });
}
const EVERYTHING = policy({ Action: "*", Resource: "*" });
const EVERYBODY = policy({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" });

let world: World;
let account: AccountReader;
let plan: JobSession;
let apply: JobSession;
/** This repository as a job checks it out, and the plans that one job hands to the next. */
let checkout: string;
let plans: string;
let reviewed: Ended;
let reviewedAgain: Ended;
let planned: readonly Ended[];
let applied: Ended;
let appliedAgain: Ended;
const decisions: LoggedDecision[] = [];

/**
 * An administrator deploys. Then as `.circleci/config.yml` has it: a push to a branch is
 * reviewed, and an admin's push to main is reviewed by the one role and applied by the other.
 */
beforeAll(async () => {
  const tools = await prepareTools(["moto"]);
  const sandbox = await startSandbox({
    motoCommand: tools.moto,
    env: { ...process.env, ...tools.environment },
    onDecision: (decision) => decisions.push(decision),
  });
  world = await startWorld(sandbox);
  account = new AccountReader(sandbox);
  const example = readFileSync(EXAMPLE, "utf8");
  await world.writeAccess(example);
  succeeded(await world.bootstrap());
  await world.synth("main-identity", "main-pipeline", "main-website");
  for (const stack of STACKS.slice(1)) await world.apply(stack);
  [plan, apply] = await Promise.all([sessionOf(world, FEATURE, PLAN), sessionOf(world, MAIN, APPLY)]);

  checkout = path.join(world.folder, "checkout");
  plans = path.join(world.folder, "plans");
  copyAsRepository(checkout);
  reviewed = await oidc(["review", "main-website", "--read-only"], plan);

  // One more person, another setting; and what is lost has to be made anew.
  await world.writeAccess(
    example
      .replace("publishers: [alice]", "publishers: [alice, bob]")
      .replace("bucket: acme-website }", "bucket: { name: acme-website, keepVersionsDays: 60 } }"),
  );
  await loseThePreview();
  reviewedAgain = await oidc(["review", "--read-only", "--out", plans], plan);
  await world.synth();
  planned = await Promise.all(
    STACKS.map((stack) =>
      world.terraform(stack, ["plan", "-input=false", "-detailed-exitcode"], { env: apply.env }),
    ),
  );
  applied = await oidc(["apply", "--reviewed", plans], apply);
  appliedAgain = await oidc(["apply", "--reviewed", plans], apply);
});

afterAll(async () => {
  plan?.close();
  apply?.close();
  account?.close();
  await world?.stop();
});

/**
 * `npm run oidc -- ARGS…` in the job that has checked out the repository, with no rights but its
 * session's.
 */
function oidc(args: readonly string[], { env }: JobSession): Promise<Ended> {
  const output = path.join(checkout, "cdktf.out");
  const program = ownProgram("cli/oidc.ts");
  return world.start([...program, ...args, "--output", output], { cwd: checkout, output, env }).ended;
}

async function loseThePreview(): Promise<void> {
  const preview = { RoleName: "website-preview" };
  await account.iam.send(new DeleteRolePolicyCommand({ ...preview, PolicyName: "bucket" }));
  await account.iam.send(new DeleteRoleCommand(preview));
  await account.removeBucket("acme-website-preview");
  await account.iam.send(
    new CreateRoleCommand({ RoleName: "undeclared", AssumeRolePolicyDocument: EVERYBODY }),
  );
}

/**
 * `ACTION RESOURCE` of every call that a role's sessions made while Terraform ran; who one is may
 * be asked without a right.
 */
function callsOf(role: string, verdict: LoggedDecision["verdict"]): readonly string[] {
  const own = decisions.filter(
    (one) =>
      one.caller.includes(`assumed-role/${role}/`) &&
      one.verdict === verdict &&
      one.action !== "sts:GetCallerIdentity",
  );
  return [...new Set(own.map(({ action, resource }) => `${action} ${resource}`))].sort();
}

/** `ACTION RESOURCE` of all that the computed policy of a role allows. */
function allowedTo(role: string): readonly string[] {
  const found = readAccess(EXAMPLE)
    .projects.flatMap(({ roles }) => roles)
    .find(({ name }) => name === role);
  const documents: readonly PolicyDocument[] =
    found === undefined ? [] : inlinePolicies(found).map((one) => one.document);
  return documents
    .flatMap(({ Statement }) => Statement.filter(({ Effect }) => Effect === "Allow"))
    .flatMap(({ Action = [], Resource = [] }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${resource}`)),
    )
    .sort();
}

const DENIED = expect.objectContaining({ name: expect.stringMatching(/^AccessDenied/) });

describe("the role that plans", () => {
  test("reviews a stack without a lock, and finds no changes", () => {
    expect([reviewed.exitCode, said(reviewed)]).toEqual([0, expect.stringContaining("No changes")]);
    expect(reviewed.stdout).toContain("main-website");
  });

  test("reviews every stack without a lock: who gains access, and what was deleted outside of Terraform", () => {
    expect(reviewedAgain.exitCode).toBe(0);
    for (const stack of STACKS) expect(reviewedAgain.stdout).toContain(stack);
    expect(reviewedAgain.stdout).toContain(
      "`bob` can now assume `website-deploy` from `main` of `github.com/acme/website`",
    );
    expect(said(reviewedAgain)).toContain("`aws_iam_role.preview` **has been deleted**");
  });

  test("needed exactly the calls that its policy allows", () => {
    const used = callsOf(PLAN, "allowed");
    expect(used).toEqual(allowedTo(PLAN));
    expect(used).toContain(`iam:GetPolicyVersion ${BOUNDARY}`);
  });

  test.each<[what: string, call: () => Promise<unknown>]>([
    ["write a state", () => put(plan, STATE, "main-website.tfstate")],
    ["take a lock", () => put(plan, STATE, "main-website.tfstate.tflock")],
    ["put an object into a bucket", () => put(plan, "acme-website", "index.html")],
    ["read an object there", () => get(plan, "acme-website", "index.html")],
    ["read anything in the state bucket but its states", () => get(plan, STATE, "other.tfstate")],
    ["change a role's trust policy", () => open(plan, "website-deploy")],
    ["change its own trust policy", () => open(plan, PLAN)],
    ["add a policy to a role", () => giveEverything(plan, "website-deploy")],
    ["read an undeclared role", () => plan.iam.send(new GetRoleCommand({ RoleName: "undeclared" }))],
  ])("cannot %s", async (_, call) => {
    await expect(call()).rejects.toEqual(DENIED);
  });
});

describe("the role that applies", () => {
  test("plans every stack with a lock: only the website's has changes", () => {
    expect(planned.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 2]);
  });

  test("applies exactly what was reviewed, and finds nothing to do when repeated", async () => {
    const unchanged = ["identity", "pipeline", "state"].map((stack) => `main-${stack}: no changes\n`);
    expect([applied.exitCode, applied.stdout]).toEqual([0, `${unchanged.join("")}main-website: applied\n`]);
    expect([appliedAgain.exitCode, appliedAgain.stdout]).toEqual([
      0,
      expect.stringContaining("main-website: already applied"),
    ]);
    const { lifecycle } = await account.bucket("acme-website");
    expect(lifecycle).toEqual([
      expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 60 } }),
    ]);
    expect(await account.bucketNames()).toContain("acme-website-preview");
    const { trust } = await account.role("website-deploy");
    expect(JSON.stringify(trust)).toContain("91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02");
  });

  test("created the lost role again within the boundary", async () => {
    const found = await account.iam.send(new GetRoleCommand({ RoleName: "website-preview" }));
    expect(found.Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(BOUNDARY);
  });

  test("used only what its policy allows; unused permissions are those for removing, renaming and repairing", () => {
    const allowed = allowedTo(APPLY);
    const used = callsOf(APPLY, "allowed");
    expect(used.filter((call) => !allowed.includes(call))).toEqual([]);
    const actions = (calls: readonly string[]) => new Set(calls.map((call) => call.split(" ")[0] ?? ""));
    const unused = [...actions(allowed)].filter((action) => !actions(used).has(action));
    expect(unused.sort()).toEqual([
      "iam:AddClientIDToOpenIDConnectProvider",
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "iam:DetachRolePolicy",
      "iam:ListInstanceProfilesForRole",
      "iam:PutRolePermissionsBoundary",
      "iam:RemoveClientIDFromOpenIDConnectProvider",
      "iam:TagOpenIDConnectProvider",
      // AWS asks for it when a role is created with tags (IAM API Reference, CreateRole); the door
      // does not.
      "iam:TagRole",
      "iam:UntagOpenIDConnectProvider",
      "iam:UntagRole",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
      "s3:DeleteBucket",
      "s3:DeleteBucketPolicy",
    ]);
  });

  test.each<[what: string, call: () => Promise<unknown>]>([
    ["create a role without a boundary", () => create("website-deploy")],
    ["create a role within another boundary", () => create("website-deploy", ADMINISTRATOR)],
    ["create a role that the file does not name", () => create("website-other", BOUNDARY)],
    [
      "remove a boundary",
      () => apply.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "website-deploy" })),
    ],
    ["replace a boundary", () => bound("website-deploy", ADMINISTRATOR)],
    ["change the boundary itself", () => changeBoundary()],
    ["change its own trust policy", () => open(apply, APPLY)],
    ["change the trust policy of the role that plans", () => open(apply, PLAN)],
    ["add a policy to itself", () => giveEverything(apply, APPLY)],
    ["add a policy to the role that plans", () => giveEverything(apply, PLAN)],
    ["attach AdministratorAccess to itself", () => attach(APPLY)],
    ["attach AdministratorAccess to a role of the file", () => attach("website-deploy")],
    ["change the trust policy of an undeclared role", () => open(apply, "undeclared")],
    ["add a policy to an undeclared role", () => giveEverything(apply, "undeclared")],
    ["create an undeclared bucket", () => apply.s3.send(new CreateBucketCommand({ Bucket: "acme-other" }))],
    ["open the state bucket", () => openBucket(STATE)],
    ["write the state of the pipeline's own stack", () => put(apply, STATE, "main-pipeline.tfstate")],
    ["put an object into a website's bucket", () => put(apply, "acme-website", "index.html")],
  ])("cannot %s", async (_, call) => {
    await expect(call()).rejects.toEqual(DENIED);
  });

  test("may give a role any policy, and the role still cannot exceed the boundary", async () => {
    await giveEverything(apply, "website-preview");
    const preview = await sessionOf(
      world,
      { person: "bob", project: "website", branch: "feature/x" },
      "website-preview",
    );
    try {
      await put(preview, "acme-website-preview", "index.html");
      await expect(get(preview, STATE, "main-website.tfstate")).rejects.toEqual(DENIED);
      await expect(giveEverything(preview, "website-preview")).rejects.toEqual(DENIED);
      await expect(open(preview, APPLY)).rejects.toEqual(DENIED);
      await expect(preview.s3.send(new CreateBucketCommand({ Bucket: "acme-x" }))).rejects.toEqual(DENIED);
    } finally {
      preview.close();
    }
  });

  test.each([
    ["bob from main", { ...MAIN, person: "bob" }],
    ["alice from a branch", { ...MAIN, branch: "feature/x" }],
    ["alice from another project", { ...MAIN, project: "website" }],
  ])("denies %s", async (_, job) => {
    await expect(sessionOf(world, job, APPLY)).rejects.toEqual(DENIED);
  });
});

function put({ s3 }: JobSession, Bucket: string, Key: string): Promise<unknown> {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
}

function get({ s3 }: JobSession, Bucket: string, Key: string): Promise<unknown> {
  return s3.send(new GetObjectCommand({ Bucket, Key }));
}

function open({ iam }: JobSession, RoleName: string): Promise<unknown> {
  return iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: EVERYBODY }));
}

function giveEverything({ iam }: JobSession, RoleName: string): Promise<unknown> {
  return iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "x", PolicyDocument: EVERYTHING }));
}

function create(RoleName: string, PermissionsBoundary?: string): Promise<unknown> {
  const boundary = PermissionsBoundary === undefined ? {} : { PermissionsBoundary };
  return apply.iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: EVERYBODY, ...boundary }),
  );
}

function bound(RoleName: string, PermissionsBoundary: string): Promise<unknown> {
  return apply.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
}

function changeBoundary(): Promise<unknown> {
  const PolicyDocument = EVERYTHING;
  return apply.iam.send(
    new CreatePolicyVersionCommand({ PolicyArn: BOUNDARY, PolicyDocument, SetAsDefault: true }),
  );
}

function attach(RoleName: string): Promise<unknown> {
  return apply.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
}

function openBucket(Bucket: string): Promise<unknown> {
  const Policy = policy({ Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}/*` });
  return apply.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}
