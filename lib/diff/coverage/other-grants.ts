import type { PlannedResource } from "../../plan/plan-json";

/** Attributes that attach a policy of AWS's own, which is not compared. */
const ATTACHED: ReadonlySet<string> = new Set(["managed_policy_arn", "managed_policy_arns"]);

/**
 * Attributes that name a principal: a resource with one is a grant, and all of its attributes
 * matter.
 */
const PRINCIPAL_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...["principal", "principal_arn", "principal_id", "principals", "allowed_principals"],
  ...["grantee", "grantee_principal"],
]);

/** Whose policy says nothing of who may do what. */
const NO_ACCESS: ReadonlySet<string> = new Set([
  ...["aws_ecr_lifecycle_policy", "aws_opensearchserverless_lifecycle_policy", "aws_ses_receipt_filter"],
  ...["aws_api_gateway_domain_name", "aws_networkmanager_core_network_policy_attachment"],
  ...["aws_cloudwatch_log_data_protection_policy", "aws_cloudwatch_log_index_policy"],
  ...["aws_sns_topic_data_protection_policy"],
]);

/**
 * The attributes by which an AWS resource grants access in a way that is not compared. Empty: none,
 * or it does not change.
 * @param configuredBy returns the attributes that the configuration sets; undefined: the plan does
 * not contain the configuration
 */
export function grantAttributes(
  { mode, type, change }: PlannedResource,
  configuredBy: () => readonly string[] | undefined,
): readonly string[] {
  if (change.after === change.before || mode !== "managed") return [];
  if (!type.startsWith("aws_") || NO_ACCESS.has(type)) return [];
  const { before, after, after_unknown: unknown } = change;
  const later = typeof unknown === "object" ? Object.keys(unknown) : [];
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...later])];
  const configured = configuredBy();
  // Attributes that the provider computes grant nothing.
  const isGrant = names.some(
    (name) => PRINCIPAL_ATTRIBUTES.has(name) && configured?.includes(name) !== false,
  );
  return isGrant ? names : names.filter((name) => ATTACHED.has(name));
}

/** Whether an attribute names principals. */
export function namesPrincipal(attribute: string): boolean {
  return PRINCIPAL_ATTRIBUTES.has(attribute) || ATTACHED.has(attribute);
}
