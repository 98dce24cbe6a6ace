import type { IncomingMessage } from "node:http";
import { header } from "../http/headers";
import type { AwsCall } from "../protocol/aws-call";
import { readQueryForm } from "../protocol/query-form";
import type { RequiredPermission } from "./required-permission";

/**
 * Services whose IAM prefix is their signing name and whose requests name their action, in a form
 * or in a header.
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
  /** The parameters of a request that is a form. */
  readonly form?: URLSearchParams;
  /** The request as moto is told it: read once, so that it cannot be read in another way. */
  readonly body: Buffer;
  readonly type: string;
  readonly target?: string;
}

/**
 * What a session asks of another service than S3 and STS. On which resource, the request alone does
 * not tell, so that only statements about every resource allow it; of IAM, `iamPermission` knows more.
 * Undefined: the call has no name.
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
