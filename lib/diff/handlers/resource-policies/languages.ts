import type { Phrase } from "../../../describe/phrase";

/**
 * The kind of document that a type's policy is. `resource`: IAM's language, with principals.
 * `endpoint`: the same, and it limits what passes. `limit`: IAM's language, and it limits what
 * other policies allow, where it is attached. `other`: not compared, and why.
 */
export type Language =
  | { readonly kind: "resource" | "endpoint" | "limit" }
  | { readonly kind: "other"; readonly why: Phrase };

const IOT: Phrase = ["is in the language of AWS IoT, which is not compared"];
const SERVERLESS: Phrase = ["is in the language of OpenSearch Serverless, which is not compared"];
const CEDAR: Phrase = ["is in Cedar, which is not compared"];
const SESSION: Phrase = ["limits sessions of a role, and is not compared"];

const OTHERS: Readonly<Record<string, Phrase>> = {
  aws_iot_policy: IOT,
  aws_opensearchserverless_access_policy: SERVERLESS,
  aws_opensearchserverless_security_policy: SERVERLESS,
  aws_verifiedaccess_endpoint: CEDAR,
  aws_verifiedaccess_group: CEDAR,
  aws_verifiedpermissions_policy: CEDAR,
  aws_verifiedpermissions_policy_template: CEDAR,
  aws_transfer_access: SESSION,
  aws_transfer_user: SESSION,
  aws_cloudwatch_log_account_policy: ["depends on its type, and is not compared"],
};

export function languageOf(type: string): Language {
  const why = OTHERS[type];
  if (why !== undefined) return { kind: "other", why };
  if (type === "aws_organizations_policy") return { kind: "limit" };
  return { kind: ENDPOINTS.has(type) ? "endpoint" : "resource" };
}

const ENDPOINTS: ReadonlySet<string> = new Set(["aws_vpc_endpoint", "aws_vpc_endpoint_policy"]);
const KEYS: ReadonlySet<string> = new Set([
  ...["aws_kms_key", "aws_kms_key_policy", "aws_kms_replica_key", "aws_kms_external_key"],
  "aws_kms_replica_external_key",
]);

/**
 * The policy that AWS gives a resource without a configured policy: full access for an endpoint
 * (AWS PrivateLink guide, "Default endpoint policy"), its own account for a key (AWS KMS Developer
 * Guide, "Default key policy"). Undefined: none, or it depends on an unknown account.
 */
export function defaultPolicy(type: string, account: string | undefined): string | undefined {
  if (ENDPOINTS.has(type)) return policy("*", "*");
  if (!KEYS.has(type) || account === undefined) return undefined;
  return policy({ AWS: `arn:aws:iam::${account}:root` }, "kms:*");
}

function policy(principal: unknown, action: string): string {
  const statement = { Effect: "Allow", Principal: principal, Action: action, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
