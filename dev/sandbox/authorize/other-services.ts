import type { IncomingMessage } from "node:http";
import { header } from "../http/headers";
import type { AwsCall } from "../protocol/aws-call";
import { readQueryForm } from "../protocol/query-form";
import type { RequiredPermission } from "./required-permission";

/**
 * Services whose IAM prefix is their signing name, and whose requests name the action in a form or
 * in a header.
 */
const FORM = new Set(["iam", "sns"]);
const TARGET: Readonly<Record<string, string>> = {
  dynamodb: "DynamoDB_20120810",
  kms: "TrentService",
  logs: "Logs_20140328",
  secretsmanager: "secretsmanager",
  sqs: "AmazonSQS",
  ssm: "AmazonSSM",
};

export interface ServiceCall {
  readonly permission: RequiredPermission;
  /** Parameters, if the request is a form. */
  readonly form?: URLSearchParams;
  /** The body that moto gets: parsed once, so that moto cannot parse it differently. */
  readonly body: Buffer;
  readonly type: string;
  readonly target?: string;
}

/**
 * The call of a role session to a service other than S3 and STS. The resource stays open, so only
 * statements with the resource `*` allow the call. `iamPermission` determines more for IAM.
 * Undefined: the proxy does not know the action.
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
