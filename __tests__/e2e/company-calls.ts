import { createHash } from "node:crypto";
import type { Credentials } from "@aws-sdk/client-sts";
import { taskDefinition } from "../../dev/e2e/company-services";
import { requestLocal } from "../../dev/sandbox/http/local-request";
import { signedHeaders } from "../dev/sandbox/authenticate/sign";

type KeyPair = ReturnType<typeof keyPairOf>;

/** The credentials of a session as the SDK takes them. */
export function keyPairOf({
  AccessKeyId: accessKeyId = "",
  SecretAccessKey: secretAccessKey = "",
  SessionToken: sessionToken = "",
}: Partial<Credentials> = {}) {
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** A call of the APIs that presets use, besides S3. */
export interface Call {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly target?: string;
  readonly body: string;
}

/** The status of a signed call, and whether AWS denied it. */
export async function statusOf(
  { service, method = "POST", path = "/", target, body }: Call,
  endpoint: string,
  keys: KeyPair,
): Promise<string> {
  const headers = signedHeaders(keys, method, new URL(endpoint).host, path, {
    service,
    payload: createHash("sha256").update(body).digest("hex"),
    region: service === "cloudfront" ? "us-east-1" : "eu-central-1",
    more: target === undefined ? {} : { "x-amz-target": target },
  });
  const type = target === undefined ? "text/xml" : "application/x-amz-json-1.1";
  const sent = { method, headers: { ...headers, "content-type": type }, body: Buffer.from(body) };
  const answer = await requestLocal(`${endpoint}${path}`, sent);
  return /AccessDenied/.test(answer.body.toString("utf8")) ? "denied" : String(answer.status);
}

const json = (service: string, target: string, parameters: object): Call => ({
  service,
  target,
  body: JSON.stringify(parameters),
});
export const invalidate = (id: string): Call => ({
  service: "cloudfront",
  path: `/2020-05-31/distribution/${id}/invalidation`,
  body: "<InvalidationBatch><CallerReference>x</CallerReference><Paths><Quantity>1</Quantity><Items><Path>/*</Path></Items></Paths></InvalidationBatch>",
});
export const images = (repositoryName: string): Call =>
  json("ecr", "AmazonEC2ContainerRegistry_V20150921.BatchGetImage", {
    repositoryName,
    imageIds: [{ imageTag: "x" }],
  });
const ecs = (operation: string, parameters: object): Call =>
  json("ecs", `AmazonEC2ContainerServiceV20141113.${operation}`, parameters);
export const update = (service: string): Call =>
  ecs("UpdateService", { cluster: "shop", service, taskDefinition: "orders" });
export const register = (taskRole: string): Call =>
  ecs("RegisterTaskDefinition", taskDefinition("444455556666", taskRole));
export const version = (name: string): Call => ({
  service: "lambda",
  path: `/2015-03-31/functions/${name}/versions`,
  body: "{}",
});
