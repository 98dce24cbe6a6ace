import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { header } from "../http/headers";
import type { AwsCall } from "../protocol/aws-call";
import type { Exchange } from "../protocol/exchange";
import { readQueryForm } from "../protocol/query-form";
import type { Place } from "./arn-in";
import { cloudFormationPermissions } from "./cloudformation-permissions";
import { DEPLOY_OPERATIONS, type Parameters } from "./deploy-operations";
import type { RequiredPermission } from "./required-permission";
import { restPermission } from "./rest-calls";
import { secretPermission } from "./secret-permission";

/**
 * Services whose IAM prefix is their signing name, and whose requests name the action in a form or
 * in a header.
 */
const FORM = new Set(["cloudformation", "iam", "sns"]);
const TARGET: Readonly<Record<string, string>> = {
  dynamodb: "DynamoDB_20120810",
  ecr: "AmazonEC2ContainerRegistry_V20150921",
  ecs: "AmazonEC2ContainerServiceV20141113",
  kms: "TrentService",
  logs: "Logs_20140328",
  secretsmanager: "secretsmanager",
  sqs: "AmazonSQS",
  ssm: "AmazonSSM",
};

interface ServiceCall {
  readonly permission: RequiredPermission;
  /** Parameters, if the request is a form. */
  readonly form?: URLSearchParams;
  /** The body that moto gets: parsed once, so that moto cannot parse it differently. */
  readonly body: Buffer;
  readonly type: string;
  readonly target?: string;
  /** The path, if it names the operation. Default: `/`. */
  readonly path?: string;
}

/**
 * The call of a role session to a service other than S3 and STS. The resource stays open, so only
 * statements with the resource `*` allow the call. `iamPermission` and `deployPermissions`
 * determine more. Undefined: the proxy does not know the action.
 */
export function readServiceCall(
  call: AwsCall,
  request: IncomingMessage,
  body: Buffer,
): ServiceCall | undefined {
  const { service, method, path, query } = call;
  if (method !== "POST" || path !== "/") return undefined;
  if (FORM.has(service)) {
    const form = readQueryForm(query, body.toString("utf8"));
    const action = form?.get("Action");
    if (form === undefined || !/^[A-Za-z]+$/.test(action ?? "")) return undefined;
    return {
      permission: { action: `${service}:${action}` },
      form,
      body: Buffer.from(form.toString()),
      type: "application/x-www-form-urlencoded; charset=utf-8",
    };
  }
  const target = header(request, "x-amz-target");
  const [, prefix, action] = /^([A-Za-z0-9_]+)\.([A-Za-z]+)$/.exec(target ?? "") ?? [];
  if (target === undefined || action === undefined || prefix !== TARGET[service] || [...query].length > 0)
    return undefined;
  return { permission: { action: `${service}:${action}` }, body, type: "application/x-amz-json-1.1", target };
}

/**
 * The call of a role session to CloudFront or Lambda. Undefined: the proxy does not know the
 * operation, or the body names something else that it reads, such as an object in S3.
 */
export function readRestCall(
  call: AwsCall,
  request: IncomingMessage,
  body: Buffer,
  place: Place,
): ServiceCall | undefined {
  const permission = restPermission(call, place);
  if (permission === undefined) return undefined;
  const sent = body.length === 0 ? {} : jsonObject(body);
  if (permission.action === "lambda:UpdateFunctionCode") {
    if (sent === undefined || Object.keys(sent).some((key) => !CODE_PARAMETERS.has(key))) return undefined;
  }
  const type = header(request, "content-type") ?? "application/octet-stream";
  return { permission, body, type, path: call.path };
}

/** Parameters of UpdateFunctionCode that refer to nothing outside the request. */
const CODE_PARAMETERS = new Set(["FunctionName", "ZipFile", "DryRun", "RevisionId"]);

/**
 * All permissions of a call: of those that deploy, with the resources in their body.
 * @returns undefined if the body cannot be parsed, or the proxy does not know the operation
 */
export async function deployPermissions(
  { permission, form, body, target }: ServiceCall,
  place: Place,
  exchange: Pick<Exchange, "moto">,
): Promise<readonly RequiredPermission[] | undefined> {
  const [service = "", operation = ""] = permission.action.split(":");
  if (service === "cloudformation" && form !== undefined)
    return cloudFormationPermissions(form, place, exchange);
  const isSecret = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"].includes(
    permission.action,
  );
  const of = DEPLOY_OPERATIONS[service]?.[operation];
  if (target === undefined || (of === undefined && !isSecret)) return [permission];
  const parameters = jsonObject(body);
  if (parameters === undefined) return undefined;
  if (of !== undefined) return of(parameters, place);
  return [await secretPermission(permission.action, parameters.SecretId, place.region, exchange)];
}

function jsonObject(body: Buffer): Parameters | undefined {
  try {
    const read = objectSchema.safeParse(JSON.parse(body.toString("utf8")));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

const objectSchema = z.record(z.string(), z.unknown());
