import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  ListRolesCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { createStandIns } from "../../../dev/demo/account/stand-ins";
import { tryBranchPin, wrongPushes } from "../../../dev/demo/attacks/branch-pin";
import { tryBreakGlass, wrongMoments } from "../../../dev/demo/attacks/break-glass";
import { documentedPin } from "../../../dev/demo/attacks/documented-pin";
import { tryForgeries, wrongForgeries } from "../../../dev/demo/attacks/forged";
import { FORGERIES } from "../../../dev/sandbox/circleci/forgeries";
import { sandboxCredentials } from "../../../dev/sandbox/environment/environment";
import { type Sandbox, startSandbox } from "../../../dev/sandbox/sandbox";
import { createIamClient } from "../../../lib/aws/clients";
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

let sandbox: Sandbox;
let iam: ReturnType<typeof createIamClient>;
let connection: Parameters<typeof tryBranchPin>[2];

beforeAll(async () => {
  sandbox = await startSandbox({ accountId: account.id, organizations: [organization.id] });
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
