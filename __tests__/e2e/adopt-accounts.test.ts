import { readFileSync } from "node:fs";
import path from "node:path";
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { succeeded } from "../../dev/e2e/ended";
import { startWorld } from "../../dev/e2e/start-world";
import type { World } from "../../dev/e2e/world";
import { type Sandbox, startSandbox } from "../../dev/sandbox/sandbox";
import { accessFromText } from "../../lib/config/load";
import { repositoryRoot } from "../../lib/programs/cache";
import { prepareTools } from "../../lib/terraform/prepare";
import { issuerUrl } from "../../lib/token/issuer";

jest.setTimeout(900_000);

/** The example as readers copy it; but both roles have one name, as roles of two accounts may. */
const TEXT = (
  /^```yaml\n(.*?)^```$/ms.exec(
    readFileSync(path.join(repositoryRoot, "docs", "examples", "several-accounts.md"), "utf8"),
  )?.[1] ?? ""
)
  .replaceAll("region: eu-central-1", "region: us-east-1")
  .replace("{ account: staging,", "{ account: staging, name: website-deploy,")
  .replace("{ account: production,", "{ account: production, name: website-deploy,");

let world: World;
let production: Sandbox;
const readers: AccountReader[] = [];

beforeAll(async () => {
  const tools = await prepareTools(["terraform", "provider", "moto", "aws"]);
  const env = { ...process.env, ...tools.environment };
  production = await startSandbox({ motoCommand: tools.moto, env, accountId: "210987654321" });
  world = await startWorld(await startSandbox({ motoCommand: tools.moto, env }));
  await world.writeAccess(TEXT);
});
afterAll(async () => {
  for (const reader of readers) reader.close();
  await Promise.all([world?.stop(), production?.stop()]);
});

/** Made by hand: the provider, and a role of a name that the other account has as well. */
async function madeByHand(sandbox: Pick<Sandbox, "endpoint" | "environment">, key: string): Promise<void> {
  const access = accessFromText(TEXT, "access.yaml");
  const account = access.accounts.find((one) => one.key === key);
  if (account === undefined) throw new Error(`no account ${key}`);
  const reader = new AccountReader(sandbox);
  readers.push(reader);
  const { iam, s3 } = reader;
  await s3.send(new CreateBucketCommand({ Bucket: account.stateBucket }));
  const [{ id = "" } = {}] = access.organizations;
  const { OpenIDConnectProviderArn: Federated } = await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: issuerUrl({ organization: id }), ClientIDList: [id] }),
  );
  const trust = {
    Version: "2012-10-17",
    Statement: { Effect: "Deny", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated } },
  };
  await iam.send(
    new CreateRoleCommand({ RoleName: "website-deploy", AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
}

const importsIn = (): unknown =>
  JSON.parse(readFileSync(path.join(world.folder, "imports.json"), "utf8")).import;
const importsOf = (key: string, id: string) => ({
  [`${key}-identity`]: {
    "aws_iam_openid_connect_provider.circleci": `arn:aws:iam::${id}:oidc-provider/oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11`,
  },
  [`${key}-website`]: {
    [`aws_iam_role.${key}`]: "website-deploy",
    [`aws_iam_role_policies_exclusive.${key}_only_these_inline`]: "website-deploy",
    [`aws_iam_role_policy_attachments_exclusive.${key}_only_these_attached`]: "website-deploy",
  },
});

test("each account is adopted and checked with its own credentials, though the names are the same in both", async () => {
  await madeByHand(world.sandbox, "staging");
  await madeByHand(production, "production");
  const adopt = (key: string, endpoint: string) =>
    world.ours("oidc", ["adopt", "--account", key, "--output", world.output], {
      env: { AWS_ENDPOINT_URL: endpoint },
    });
  const staging = await adopt("staging", world.sandbox.endpoint);
  expect(importsIn()).toEqual({ staging: importsOf("staging", "123456789012") });
  const both = await adopt("production", production.endpoint);
  expect(importsIn()).toEqual({
    staging: importsOf("staging", "123456789012"),
    production: importsOf("production", "210987654321"),
  });
  for (const { stdout, stderr } of [staging, both]) {
    // The check looks at the stacks of one account; those of the other could not be planned with
    // these credentials.
    expect(stdout).toMatch(/to import/);
    expect(`${stdout}${stderr}`).not.toMatch(/imported-twice|import-held-elsewhere|failed/);
  }
  const check = ["adopt", "--check", "--output", world.output];
  const whole = await world.ours("oidc", check);
  expect([whole.exitCode, whole.stderr]).toEqual([2, expect.stringContaining("error[account-needed]")]);
  const wrong = await world.ours("oidc", ["adopt", "--account", "production"]);
  expect(wrong.exitCode).toBe(1);
  const left = succeeded(
    await world.ours("oidc", ["adopt", "--account", "staging", "--dry-run", "--output", world.output]),
  );
  expect(left.stdout).toContain("Nothing to adopt");
});
