import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { discover } from "../../lib/adopt/discover/discover";
import { readClients } from "../../lib/adopt/discover/read-clients";
import { foundPermissions } from "../../lib/adopt/propose/found-permissions";
import { knownFrom } from "../../lib/adopt/understand/known";
import { understandAll } from "../../lib/adopt/understand/understand-all";
import { createIamClient } from "../../lib/aws/clients";
import { accessFromText } from "../../lib/config/load";
import { grantingProjects } from "../../lib/config/model/grants";
import { printPolicy } from "../../lib/iam/language/document";
import { hasAdministratorAccess } from "../../lib/iam/risk/administrator-access";
import { trustPolicyOf } from "../../lib/iam/write/trust/trust-policy";
import { inParallel } from "../../lib/process/in-parallel";
import { awsPolicies } from "../../lib/project/aws-data";
import { issuerUrl } from "../../lib/token/issuer";
import { startSandbox } from "../sandbox/sandbox";
import { generateAccess } from "./generate-access";

// Measures `adopt` on the local AWS for an account of 1,000 roles (or ROLES), without writing
// files, and prints the durations as JSON: `node --import tsx dev/bench/adopt.ts [ROLES]`. Half of
// the trust policies are broader than any grant: they allow every user and forks.
const ROLES = Number(process.argv[2] ?? 1_000);
const ROLES_PER_PROJECT = 2;

async function main(): Promise<void> {
  const access = accessFromText(generateAccess(Math.ceil(ROLES / ROLES_PER_PROJECT)), "access.yaml");
  const [account] = access.accounts;
  if (account === undefined) throw new Error("the file has an account");
  const sandbox = await startSandbox();
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } =
    sandbox.environment;
  const connection = { endpoint: sandbox.endpoint, credentials: { accessKeyId, secretAccessKey } };
  const iam = createIamClient({ region: account.region, ...connection });
  const clients = readClients(account.region, connection);
  try {
    const [{ id: organization = "" } = {}] = access.organizations;
    await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: issuerUrl({ organization }),
        ClientIDList: [organization],
      }),
    );
    const roles = grantingProjects(access)
      .flatMap((project) => project.roles)
      .slice(0, ROLES);
    await inParallel(roles, 8, async (role) => {
      const exact = printPolicy(trustPolicyOf(role));
      const isExact = role.grant.people.kind === "listed";
      const trust = isExact ? exact : exact.replaceAll("????????-????-????-????-????????????", "*");
      const RoleName = role.name;
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
      const PolicyDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}`;
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument }));
    });
    const started = performance.now();
    const found = await discover(clients, {
      account,
      issuers: [{ organization }],
      buckets: [],
      declared: [],
    });
    const seen = performance.now();
    if (found.roles.length !== roles.length)
      throw new Error(`${found.roles.length} of ${roles.length} roles found`);
    const understood = understandAll(found.roles, account, knownFrom(access), (role) =>
      hasAdministratorAccess(foundPermissions(role, found.policies, awsPolicies)),
    );
    const done = performance.now();
    const exact = [...understood.values()].filter(({ kind }) => kind === "exact").length;
    console.log(
      JSON.stringify({
        roles: found.roles.length,
        exact,
        handWritten: found.roles.length - exact,
        discoverSeconds: (seen - started) / 1_000,
        understandSeconds: (done - seen) / 1_000,
      }),
    );
  } finally {
    clients.close();
    iam.destroy();
    await sandbox.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
