/**
 * By resource type, the attributes by which users, groups and permission sets have what they may do
 * (AWS provider's documentation of each).
 */
export const ATTRIBUTES_OF_PRINCIPALS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_user: ["name", "arn", "permissions_boundary"],
  aws_iam_user_policy: ["user", "name", "policy"],
  aws_iam_user_policy_attachment: ["user", "policy_arn"],
  aws_iam_user_policies_exclusive: ["user_name", "policy_names"],
  aws_iam_user_policy_attachments_exclusive: ["user_name", "policy_arns"],
  aws_iam_user_group_membership: ["user", "groups"],
  aws_iam_user_login_profile: ["user"],
  aws_iam_access_key: ["user", "status"],
  aws_iam_service_specific_credential: ["user_name", "service_name", "status"],
  aws_iam_user_ssh_key: ["username", "status"],
  aws_iam_signing_certificate: ["user_name", "status"],
  aws_iam_group: ["name", "arn"],
  aws_iam_group_policy: ["group", "name", "policy"],
  aws_iam_group_policy_attachment: ["group", "policy_arn"],
  aws_iam_group_policies_exclusive: ["group_name", "policy_names"],
  aws_iam_group_policy_attachments_exclusive: ["group_name", "policy_arns"],
  aws_iam_group_membership: ["group", "users"],
  aws_iam_instance_profile: ["name", "arn", "role"],
  aws_ssoadmin_permission_set: ["name", "arn", "session_duration"],
  aws_ssoadmin_permission_set_inline_policy: ["permission_set_arn", "inline_policy"],
  aws_ssoadmin_managed_policy_attachment: ["permission_set_arn", "managed_policy_arn"],
  aws_ssoadmin_customer_managed_policy_attachment: [
    "permission_set_arn",
    "customer_managed_policy_reference",
  ],
  aws_ssoadmin_permissions_boundary_attachment: ["permission_set_arn", "permissions_boundary"],
  aws_ssoadmin_account_assignment: [
    ...["permission_set_arn", "principal_type", "principal_id", "target_id", "target_type"],
  ],
  aws_identitystore_group: ["group_id", "display_name"],
  aws_identitystore_group_membership: ["group_id", "member_id"],
};
