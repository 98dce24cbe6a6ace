import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand } from "@aws-sdk/client-sts";
import { createIamClient, createS3Client, createStsClient } from "../../lib/aws/clients";
import { prepareTools } from "../../lib/terraform/prepare";
import { issuerHost, issuerUrl } from "../../lib/token/issuer";
import { sandboxCredentials } from "../sandbox/environment/environment";
import { requestLocal } from "../sandbox/http/local-request";
import { startSandbox } from "../sandbox/sandbox";
import { repeated } from "./brief";
import { median } from "./statistics";

// Reads a small object repeatedly, through the proxy with a role session and from moto directly in
// alternating turns. Then sends an anonymous DeleteObjects with 1,000 keys, which are all denied.
// Prints the medians and the time of the deletion in milliseconds as JSON:
// `node --import tsx dev/bench/proxy.ts`.
const WARM_UP = repeated(50);
const MEASURED = repeated(400);
const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const PERSON = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
const region = "us-east-1";

async function timed(s3: S3Client): Promise<number> {
  const start = performance.now();
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "bench", Key: "small" }));
  await Body?.transformToByteArray();
  return performance.now() - start;
}

const KEYS = Array.from({ length: 1_000 }, (_, index) => `<Object><Key>key-${index}</Key></Object>`);

async function timedDeletion(endpoint: string): Promise<number> {
  const start = performance.now();
  const { status, body } = await requestLocal(`${endpoint}/bench?delete`, {
    method: "POST",
    body: Buffer.from(`<Delete>${KEYS.join("")}</Delete>`),
  });
  const denied = body.toString("utf8").match(/<Code>AccessDenied</g)?.length;
  if (status !== 200 || denied !== KEYS.length) throw new Error(`${status}: ${denied} keys were denied`);
  return performance.now() - start;
}

async function main(): Promise<void> {
  const tools = await prepareTools(["moto"]);
  const sandbox = await startSandbox({
    motoCommand: tools.moto,
    env: { ...process.env, ...tools.environment },
    organizations: [ORGANIZATION],
  });
  const { endpoint, motoEndpoint } = sandbox;
  const asAdministrator = { endpoint, region, credentials: sandboxCredentials, forcePathStyle: true };
  const iam = createIamClient(asAdministrator);
  const moto = createS3Client({ ...asAdministrator, endpoint: motoEndpoint });
  await moto.send(new CreateBucketCommand({ Bucket: "bench" }));
  await moto.send(new PutObjectCommand({ Bucket: "bench", Key: "small", Body: "x".repeat(1_024) }));
  const provider = await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: issuerUrl({ organization: ORGANIZATION }),
      ClientIDList: [ORGANIZATION],
    }),
  );
  const trust = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: provider.OpenIDConnectProviderArn },
      Condition: { StringEquals: { [`${issuerHost({ organization: ORGANIZATION })}:aud`]: ORGANIZATION } },
    },
  };
  const identity = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::bench" },
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::bench/*" },
    ],
  };
  const RoleName = "bench";
  const role = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: "bench", PolicyDocument: JSON.stringify(identity) }),
  );
  const sts = createStsClient(asAdministrator);
  const { Credentials: found } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: role.Role?.Arn ?? "",
      RoleSessionName: "bench",
      WebIdentityToken: await sandbox.circleCi.mint({
        organization: ORGANIZATION,
        project: PERSON,
        user: PERSON,
      }),
    }),
  );
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = found ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  const proxy = createS3Client({ ...asAdministrator, credentials });
  const [throughProxy, straight]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < WARM_UP + MEASURED; turn += 1) {
    const [one, other] = [await timed(proxy), await timed(moto)];
    if (turn < WARM_UP) continue;
    throughProxy.push(one);
    straight.push(other);
  }
  const deletionMs = await timedDeletion(endpoint);
  console.log(JSON.stringify({ proxyMs: median(throughProxy), motoMs: median(straight), deletionMs }));
  for (const client of [iam, moto, sts, proxy]) client.destroy();
  await sandbox.stop();
}

void main();
