/**
 * Names of arguments that take a role or an instance profile: its ARN, its name, or a list or map
 * of them.
 */
export const ROLE_NAME =
  /(^|_)role(_arn|_arns|_name|_names|_id|_ids|s|_mappings|_values)?$|instance_profile|credentials_arn$|^(sns_caller_arn|authorizer_credentials)$/;

/** Names that end so, and are of another matter. */
export const NO_ROLE_NAME = /(geographic|^message)_role|^use_service_linked_role$/;

/** A block that is an instance profile, with arguments of any name. */
export const IN_PROFILE = /(^|\.)(iam_)?instance_profile\./;

/** By type, arguments with such a name that are not an IAM role, or a role that nothing runs as. */
const NO_ROLES: Readonly<Record<string, RegExp>> = {
  // Roles of an application or a directory, or whether an endpoint is read or written.
  aws_bedrockagent_prompt: /./,
  aws_db_proxy_endpoint: /^target_role$/,
  aws_elasticsearch_domain_saml_options: /./,
  aws_grafana_role_association: /./,
  aws_grafana_workspace_api_key: /./,
  aws_grafana_workspace_saml_configuration: /./,
  aws_grafana_workspace_service_account: /./,
  aws_mq_broker: /./,
  aws_opensearch_domain_saml_options: /./,
  aws_quicksight_analysis: /^definition\./,
  aws_quicksight_dashboard: /^definition\./,
  aws_quicksight_role_membership: /./,
  aws_quicksight_template: /^definition\./,
  aws_quicksight_user: /./,
  // Who answers for an assessment.
  aws_auditmanager_assessment: /^roles\./,
  aws_auditmanager_assessment_delegation: /./,
  // What a policy is attached to, and what is created in another account.
  aws_budgets_budget_action: /^definition\./,
  aws_organizations_account: /./,
};

/**
 * Whether an argument of a resource type takes a role or an instance profile that something runs
 * as, by its name.
 * @param path such as `logging_config.role_arn`, through lists and blocks alike
 */
export function isRoleArgument(type: string, path: string): boolean {
  if (type.startsWith("aws_iam_") && type !== "aws_iam_instance_profile") return false;
  if (NO_ROLES[type]?.test(path) === true) return false;
  const name = path.slice(path.lastIndexOf(".") + 1);
  return (ROLE_NAME.test(name) && !NO_ROLE_NAME.test(name)) || IN_PROFILE.test(path);
}

/**
 * Types that let others act as a role, and the attributes that name the recipients of its
 * credentials.
 */
export const GIVES_OUT_CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_identity_pool_roles_attachment: ["identity_pool_id", "role_mapping"],
  aws_cognito_user_group: ["user_pool_id"],
  aws_eks_pod_identity_association: ["cluster_name", "namespace", "service_account"],
  aws_iot_role_alias: ["alias"],
  aws_rolesanywhere_profile: [],
  aws_ssm_activation: [],
  aws_transfer_user: ["server_id", "user_name"],
  aws_transfer_access: ["server_id", "external_id"],
};

/** Attributes that say who gets the role; a change of them is a change of who acts as it. */
export function recipientAttributes(type: string): readonly string[] {
  return GIVES_OUT_CREDENTIALS[type] ?? [];
}
