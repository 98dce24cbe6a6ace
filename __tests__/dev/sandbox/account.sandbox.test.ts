import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { askForToken } from "../../../dev/sandbox/circleci/ask-for-token";
import { sandboxCredentials } from "../../../dev/sandbox/environment/environment";
import { ROOT, untilEnd } from "../../../dev/tools/sandbox-support";
import { accessFromText } from "../../../lib/config/load";
import { grantingProjects } from "../../../lib/config/model/grants";
import { roleArn } from "../../../lib/iam/language/arns";
import { provenTrustPolicy } from "../../../lib/iam/write/trust/proven-trust-policy";
import { ownProgram } from "../../../lib/programs/own-program";
import { removeScratchFolders, scratchFolder } from "../../programs/support";
import { ALICE, HOST, ORGANIZATION, outcome, PROJECT } from "./test-sandbox";

/** `sandbox --account` is any account of the file. */
const ACCESS = `organization: { id: ${ORGANIZATION} }
accounts:
  staging: { id: "123456789012", region: us-east-1, state: { bucket: acme-staging-state } }
  production: { id: "210987654321", region: us-east-1, state: { bucket: acme-production-state } }
people: { alice: ${ALICE} }
projects:
  website:
    id: ${PROJECT}
    repository: github.com/acme/website
    roles:
      release: { account: production, people: [alice], tags: [v*] }
`;
const CLI = [...ownProgram("cli/oidc.ts").slice(1), "sandbox"];

const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  removeScratchFolders();
});

function sandbox(...args: readonly string[]) {
  const OIDC_ACCESS_FILE = path.join(scratchFolder(), "access.yaml");
  writeFileSync(OIDC_ACCESS_FILE, ACCESS);
  const env = { ...process.env, OIDC_ACCESS_FILE };
  const child = spawn(process.execPath, [...CLI, ...args], { cwd: ROOT, env, stdio: "pipe" });
  started.push(child);
  return child;
}

test("the role of a release is assumed from its tags in its account, and from no branch", async () => {
  const child = sandbox("--account", "production", "--json");
  const ended = untilEnd(child);
  const line = await new Promise<string>((resolve) =>
    child.stdout.once("data", (text: Buffer) => resolve(text.toString())),
  );
  const { endpoint, accountId, environment } = JSON.parse(line.split("\n")[0] ?? "");
  expect(accountId).toBe("210987654321");
  const [role] = grantingProjects(accessFromText(ACCESS, "access.yaml"))[0]?.roles ?? [];
  if (role === undefined) throw new Error("no role");
  const base = { endpoint, region: "us-east-1", maxAttempts: 1 };
  const iam = new IAMClient({ ...base, credentials: sandboxCredentials });
  await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: `https://${HOST}`, ClientIDList: [ORGANIZATION] }),
  );
  const AssumeRolePolicyDocument = provenTrustPolicy(role);
  await iam.send(new CreateRoleCommand({ RoleName: role.name, AssumeRolePolicyDocument }));
  const sts = new STSClient({ ...base, credentials: { accessKeyId: "none", secretAccessKey: "none" } });
  const assumeFrom = async (ref: string): Promise<string> => {
    const source = { origin: "github.com/acme/website", ref };
    const job = { organization: ORGANIZATION, project: PROJECT, user: ALICE, source };
    const WebIdentityToken = await askForToken(job, environment);
    const RoleArn = roleArn(role);
    return outcome(
      sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "alice", WebIdentityToken })),
    );
  };
  expect(await assumeFrom("refs/tags/v1")).toBe("allowed");
  expect(await assumeFrom("refs/heads/v1")).toBe("AccessDenied");
  expect(await assumeFrom("refs/tags/w1")).toBe("AccessDenied");
  iam.destroy();
  sts.destroy();
  child.kill("SIGTERM");
  expect((await ended).exitCode).toBe(0);
});

test("an account that the file does not have is a usage error with the names", async () => {
  const { exitCode, stderr } = await untilEnd(sandbox("--account", "prod"));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/prod.*production/s);
});
