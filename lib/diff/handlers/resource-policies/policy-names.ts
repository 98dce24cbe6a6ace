import { statementAttributes } from "./statements";

/**
 * Attributes in which AWS resources hold a policy document (schema of the AWS provider, 5.100.0):
 * of queues, keys, topics, secrets, domains, endpoints and later types, by name.
 */
const POLICY_NAMES: ReadonlySet<string> = new Set([
  ...["policy", "policy_document", "policy_json", "resource_policy", "repository_policy", "session_policy"],
  ...["access_policy", "access_policies", "delivery_destination_policy", "inline_policy", "registry_policy"],
]);

/**
 * Types in which a name of that kind, or any other, means something else: a policy that says
 * nothing of who may do what, or none at all.
 */
const NO_POLICY: ReadonlySet<string> = new Set([
  ...["aws_ecr_lifecycle_policy", "aws_opensearchserverless_lifecycle_policy", "aws_ses_receipt_filter"],
  ...["aws_networkmanager_core_network_policy_attachment", "aws_api_gateway_domain_name"],
  ...["aws_cloudwatch_log_data_protection_policy", "aws_cloudwatch_log_index_policy"],
  ...["aws_sns_topic_data_protection_policy", "aws_iot_policy_attachment", "aws_dlm_lifecycle_policy"],
  // Objects, parameters and templates whose content may be a policy, and which give it to nothing
  // by themselves.
  ...[
    "aws_s3_object",
    "aws_s3_bucket_object",
    "aws_ssm_parameter",
    "aws_appconfig_hosted_configuration_version",
  ],
  // A stack's own policy says which of its resources an update may touch.
  "aws_cloudformation_stack",
]);

/** Types whose documents other comparisons look at. */
const ELSEWHERE = /^aws_(iam|ssoadmin|rolesanywhere)_|^aws_s3_bucket(_policy)?$/;

/** Documents under a name that other types do not have, or inside of a block. */
const OWN_PATHS: Readonly<Record<string, string>> = {
  aws_organizations_policy: "content",
  aws_organizations_resource_policy: "content",
  aws_s3control_multi_region_access_point_policy: "details.policy",
};

/** Computed attributes that the provider adds to the configured document. */
const SHOWN_AGAIN: ReadonlySet<string> = new Set(["established", "proposed"]);

/** Whether documents of resources of that type are compared here, if they have any. */
export function mayHoldPolicy(type: string): boolean {
  const isStatement = statementAttributes(type) !== undefined;
  return type.startsWith("aws_") && !isStatement && !ELSEWHERE.test(type) && !NO_POLICY.has(type);
}

/**
 * Whether an attribute holds a policy document, by its name.
 * @param path without indices, such as `details.policy`
 */
export function isPolicyName(type: string, path: string): boolean {
  return POLICY_NAMES.has(path.slice(path.lastIndexOf(".") + 1)) || OWN_PATHS[type] === path;
}

/** Where a block of the type holds the document; undefined: the block has none. */
export function pathInBlock(type: string, block: string): string | undefined {
  const path = OWN_PATHS[type];
  return path?.startsWith(`${block}.`) === true ? path : undefined;
}

/** Whether the attribute is configured, and not a computed copy. */
export function isWritten(name: string): boolean {
  return !SHOWN_AGAIN.has(name);
}
