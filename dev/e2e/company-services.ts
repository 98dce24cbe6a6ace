import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { requestMoto } from "../sandbox/moto/moto-request";
import type { Sandbox } from "../sandbox/sandbox";

const REGION = "eu-central-1";
const ECS = "AmazonEC2ContainerServiceV20141113";

/** The services that the company's production account has before access.yaml. */
export interface Services {
  /** The website's distribution, and one that is not the website's. */
  readonly distribution: string;
  readonly otherDistribution: string;
}

/** A Lambda function's code: a zip archive with one file. */
export function functionPackage(): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), "function-"));
  try {
    const make =
      "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').writestr('code.py', 'def handler(event, context): return 1')";
    execFileSync("python3", ["-c", make, path.join(folder, "function.zip")]);
    return readFileSync(path.join(folder, "function.zip"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Creates, as the administrator, what the presets deploy to, and for each a neighbour that they
 * must not reach: `order-refunds`, the services and repositories `invoices`.
 */
export async function createServices(
  { endpoint, accountId }: Pick<Sandbox, "endpoint" | "accountId">,
  zip: Buffer,
): Promise<Services> {
  const { hostname: host, port } = new URL(endpoint);
  const send = async (service: string, way: string, body: string, target?: string): Promise<string> => {
    const [method = "", resource = ""] = way.split(" ");
    const type = target === undefined ? "application/json" : "application/x-amz-json-1.1";
    const answer = await requestMoto(
      { host, port: Number(port) },
      {
        method,
        path: resource,
        service,
        region: REGION,
        body: Buffer.from(body),
        type: body.startsWith("<") ? "text/xml" : service === "iam" ? FORM : type,
        ...(target === undefined ? {} : { target }),
      },
    );
    const text = answer.body.toString("utf8");
    if (answer.status >= 300) throw new Error(`${service} ${target ?? way}: ${answer.status} ${text}`);
    return text;
  };
  const json = (service: string, target: string, parameters: object) =>
    send(service, "POST /", JSON.stringify(parameters), target);
  const distribution = async (reference: string): Promise<string> => {
    const answer = await send("cloudfront", "POST /2020-05-31/distribution", distributionConfig(reference));
    return /<Id>([A-Z0-9]+)<\/Id>/.exec(answer)?.[1] ?? "";
  };
  const role = `arn:aws:iam::${accountId}:role/order-functions`;
  const trust = encodeURIComponent('{"Version":"2012-10-17","Statement":[]}');
  await send(
    "iam",
    "POST /",
    `Action=CreateRole&Version=2010-05-08&RoleName=order-functions&AssumeRolePolicyDocument=${trust}`,
  );
  const code = { ZipFile: zip.toString("base64") };
  for (const FunctionName of ["order-receipts", "order-refunds"]) {
    const settings = {
      Runtime: "python3.12",
      Handler: "code.handler",
      Role: role,
      Code: code,
      Publish: true,
    };
    await send("lambda", "POST /2015-03-31/functions", JSON.stringify({ FunctionName, ...settings }));
    const alias = JSON.stringify({ Name: "live", FunctionVersion: "1" });
    await send("lambda", `POST /2015-03-31/functions/${FunctionName}/aliases`, alias);
  }
  await json("ecs", `${ECS}.CreateCluster`, { clusterName: "shop" });
  await json("ecs", `${ECS}.RegisterTaskDefinition`, taskDefinition(accountId, "orders-task"));
  for (const name of ["orders", "invoices"]) {
    const service = { serviceName: name, taskDefinition: "orders", desiredCount: 0 };
    await json("ecs", `${ECS}.CreateService`, { cluster: "shop", ...service });
    await json("ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", { repositoryName: name });
  }
  return { distribution: await distribution("own"), otherDistribution: await distribution("other") };
}

/**
 * A task definition of `orders` with a task role, and the execution role that access.yaml names.
 */
export function taskDefinition(accountId: string, taskRole: string): object {
  return {
    family: "orders",
    taskRoleArn: `arn:aws:iam::${accountId}:role/${taskRole}`,
    executionRoleArn: `arn:aws:iam::${accountId}:role/orders-execution`,
    containerDefinitions: [{ name: "api", image: "orders:first", memory: 128 }],
  };
}

const FORM = "application/x-www-form-urlencoded; charset=utf-8";
const distributionConfig = (reference: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
  <CallerReference>${reference}</CallerReference>
  <Origins><Quantity>1</Quantity><Items><Origin><Id>site</Id>
    <DomainName>larkspur-storefront.s3.eu-central-1.amazonaws.com</DomainName>
    <S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig>
  </Origin></Items></Origins>
  <DefaultCacheBehavior><TargetOriginId>site</TargetOriginId><ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy>
    <ForwardedValues><QueryString>false</QueryString><Cookies><Forward>none</Forward></Cookies></ForwardedValues>
    <TrustedSigners><Enabled>false</Enabled><Quantity>0</Quantity></TrustedSigners><MinTTL>0</MinTTL>
  </DefaultCacheBehavior>
  <Comment></Comment><Enabled>true</Enabled>
</DistributionConfig>`;
