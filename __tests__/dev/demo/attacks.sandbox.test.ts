import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  GetRoleCommand,
  ListRolesCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { createStandIns } from "../../../dev/demo/account/stand-ins";
import { tryBranchPin, wrongPushes } from "../../../dev/demo/attacks/branch-pin";
import { tryBreakGlass, wrongMoments } from "../../../dev/demo/attacks/break-glass";
import { documentedPin } from "../../../dev/demo/attacks/documented-pin";
import { tryForgeries, wrongForgeries } from "../../../dev/demo/attacks/forged";
import { tryUsedCircle, wrongUses } from "../../../dev/demo/usage/used-circle";
import { openTrail } from "../../../dev/sandbox/authorize/trail-records";
import { FORGERIES } from "../../../dev/sandbox/circleci/forgeries";
import { sandboxCredentials } from "../../../dev/sandbox/environment/environment";
import { type Sandbox, startSandbox } from "../../../dev/sandbox/sandbox";
import { createIamClient, createS3Client } from "../../../lib/aws/clients";
import { accessFromText } from "../../../lib/config/load";
import type { Access, Role } from "../../../lib/config/model/model";
import { printPolicy } from "../../../lib/iam/language/document";
import { trustPolicyOf } from "../../../lib/iam/write/trust/trust-policy";
import { issuerUrl } from "../../../lib/token/issuer";
import {
  aGrant,
  anAccess,
  anAccount,
  anyRef,
  aProject,
  aRole,
  everyone,
  organization,
} from "../../fixtures/access";
import { ACCESS_TEXT, USERS } from "../../usage/records";

// Another account than the sandbox's usual one: the demo takes on whichever the file has.
const account = anAccount({ id: "555566667777" });
const deploy = aRole({ account, path: "/ci/" });
const preview = aRole({
  key: "preview",
  name: "website-preview",
  account,
  grant: aGrant({ people: everyone, refs: anyRef }),
});
const access = accessWith(preview, deploy);

let folder: string;
/** Of the test that reads it: the others use the same role. */
let trail: ReturnType<typeof openTrail> | undefined;
let sandbox: Sandbox;
let iam: ReturnType<typeof createIamClient>;
let connection: Parameters<typeof tryBranchPin>[2];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "demo-trail-"));
  sandbox = await startSandbox({
    accountId: account.id,
    organizations: [organization.id],
    onDecision: (...given) => trail?.(...given),
  });
  connection = { endpoint: sandbox.endpoint, region: "us-east-1", credentials: sandboxCredentials };
  iam = createIamClient(connection);
  const provider = { Url: issuerUrl({ organization: organization.id }), ClientIDList: [organization.id] };
  await iam.send(new CreateOpenIDConnectProviderCommand(provider));
  for (const role of [preview, deploy]) {
    const AssumeRolePolicyDocument = printPolicy(trustPolicyOf(role));
    await iam.send(new CreateRoleCommand({ RoleName: role.name, Path: role.path, AssumeRolePolicyDocument }));
  }
});

afterAll(async () => {
  iam?.destroy();
  await sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function accessWith(...roles: readonly Role[]): Access {
  return anAccess({ accounts: [account], projects: [aProject({ roles })] });
}

test("a person gets a role for two hours: open at once and up to the end, closed before and at the end", async () => {
  const opened = await tryBreakGlass(access, sandbox, connection);
  expect(opened?.person.name).toBe("bob");
  expect(
    opened?.tries.map(({ when, tried }) => [when, tried.answer.allowed, tried.explained.decision]),
  ).toEqual([
    ["before", false, "deny"],
    ["open", true, "allow"],
    ["last-seconds", true, "allow"],
    ["ended", false, "deny"],
  ]);
  expect(opened && wrongMoments(opened)).toEqual([]);
  // The clock is the real one again.
  const [before, now, after] = [Date.now(), sandbox.clock.now(), Date.now()];
  expect([before, now, after].sort((one, other) => one - other)).toEqual([before, now, after]);
});

test("a role is narrowed to what was used: its job runs as before, and who never came is denied", async () => {
  const file = path.join(folder, "access.yaml");
  const text = ACCESS_TEXT.replace('"123456789012"', `"${account.id}"`)
    .replace("[publishers, bob]", "[alice]")
    .replace("bucket: acme-website\n", "path: /ci/\n")
    .replace(/ {8}statements:[\s\S]*$/, "");
  writeFileSync(file, text);
  const s3 = createS3Client({ ...connection, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
  s3.destroy();
  const records = path.join(folder, "trail");
  trail = openTrail(records, account.id, Date.now());
  const used = await tryUsedCircle(accessFromText(text, file), file, sandbox, connection, records);
  trail = undefined;
  if (used === undefined) throw new Error("nothing was narrowed");
  expect(wrongUses(used)).toEqual([]);
  expect(used.tries.map(({ person, before, after }) => [person.name, before.allowed, after.allowed])).toEqual(
    [
      ["alice", true, true],
      ["bob", true, false],
    ],
  );
  expect(used.usage).toContainEqual(expect.stringMatching(/^ {2}never used by: bob/));
  const changed = used.diff.split("\n").filter((line) => /^[-+] /.test(line));
  expect(changed.map((line) => line.replace(/ +/g, " ").trim())).toEqual([
    "- people: [alice, bob] # who releases",
    "- branches: [main, release/*]",
    "+ people: [alice] # who releases",
    "+ branches: [main]",
    "- - s3:GetBucketPolicy",
    '- Resource: "*"',
    "+ Resource: arn:aws:s3:::acme-terraform-state",
  ]);
  const trust = (await iam.send(new GetRoleCommand({ RoleName: "website-deploy" }))).Role
    ?.AssumeRolePolicyDocument;
  expect(decodeURIComponent(trust ?? "")).not.toContain(USERS.bob);
});

test("every forged token is tried on the role that the fewest people may assume, and each is denied for its own reason", async () => {
  const forged = await tryForgeries(access, sandbox);
  expect(forged?.job.role.name).toBe("website-deploy");
  expect(forged?.own).toEqual({ allowed: true });
  expect(forged?.tried.map(({ forgery, answer }) => [forgery.name, "code" in answer && answer.code])).toEqual(
    FORGERIES.map(({ name, code }) => [name, code]),
  );
  expect(forged && wrongForgeries(forged)).toEqual([]);
});

test("a forgery that is allowed or denied with another code, and a valid token that is denied, are reported", async () => {
  const forged = await tryForgeries(access, sandbox);
  if (forged === undefined) throw new Error("nothing was tried");
  const [first, second, ...rest] = forged.tried;
  if (first === undefined || second === undefined) throw new Error("nothing was tried");
  const denied = { allowed: false, code: "AccessDenied", message: "" } as const;
  const wrong = wrongForgeries({
    job: forged.job,
    own: denied,
    tried: [{ ...first, answer: { allowed: true } }, { ...second, answer: denied }, ...rest],
  });
  expect(wrong).toEqual([
    "the valid token of alice is denied for website-deploy: AccessDenied",
    "a valid token, an hour after it expired: allowed for website-deploy",
    "a token that is valid in an hour: denied with AccessDenied, expected InvalidIdentityToken",
  ]);
});

test("a branch bypasses the documented pin but not the generated one, for every user", async () => {
  const pin = await tryBranchPin(access, sandbox, connection);
  const verdicts = pin?.pushes.map(({ person, branch, documented, ours }) => [
    ...[person.name, branch],
    ...[documented, ours].map(({ answer }) => (answer.allowed ? "allowed" : answer.code)),
  ]);
  expect(verdicts).toEqual([
    ["alice", "main", "allowed", "allowed"],
    ["alice", "feature/try-it", "AccessDenied", "AccessDenied"],
    ["alice", "feature/vcs-ref/refs/heads/main", "allowed", "AccessDenied"],
    ["bob", "feature/vcs-ref/refs/heads/main", "allowed", "AccessDenied"],
  ]);
  expect(pin && wrongPushes(pin)).toEqual([]);
});

test("the role with the documented pin is deleted afterwards", async () => {
  const names = async () => {
    const { Roles: roles = [] } = await iam.send(new ListRolesCommand({}));
    return roles.map(({ RoleName: name }) => name).sort();
  };
  const before = await names();
  expect((await tryBranchPin(access, sandbox, connection))?.pushes).toHaveLength(4);
  expect(await names()).toEqual(before);
});

test("a role whose policy was changed by hand is reported", async () => {
  const put = (policy: Parameters<typeof printPolicy>[0]) =>
    iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: deploy.name, PolicyDocument: printPolicy(policy) }),
    );
  await put(documentedPin(deploy, "refs/heads/main"));
  const pin = await tryBranchPin(access, sandbox, connection);
  await put(trustPolicyOf(deploy));
  expect(pin && wrongPushes(pin)).toEqual([
    "alice on feature/vcs-ref/refs/heads/main: AWS allows the generated role, but its policy says deny",
    "bob on feature/vcs-ref/refs/heads/main: AWS allows the generated role, but its policy says deny",
  ]);
});

test("a file without branches shows no pin, and one without roles has no attacks", async () => {
  expect(await tryBranchPin(accessWith(preview), sandbox, connection)).toBeUndefined();
  expect(await tryForgeries(anAccess({ projects: [] }), sandbox)).toBeUndefined();
});

test("policies that the file refers to are created, except AWS managed policies", async () => {
  const own = `arn:aws:iam::${account.id}:policy/team/Limits`;
  const role = aRole({
    account,
    permissionsBoundary: own,
    policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess", `arn:aws:iam::${account.id}:policy/Extra`],
  });
  expect(await createStandIns(accessWith(role), connection)).toEqual([
    own,
    `arn:aws:iam::${account.id}:policy/Extra`,
  ]);
  const trust = printPolicy(trustPolicyOf(deploy));
  const made = await iam.send(
    new CreateRoleCommand({ RoleName: "limited", AssumeRolePolicyDocument: trust, PermissionsBoundary: own }),
  );
  expect(made.Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(own);
});
