import type { Aspect } from "../model/access-change";
import { ATTRIBUTES_OF_PRINCIPALS } from "./principal-attributes";

/**
 * The four switches of a public access block (S3 API Reference, PublicAccessBlockConfiguration).
 */
export const BLOCKS = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
] as const;

const OWN: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: [
    ...["name", "arn", "assume_role_policy", "inline_policy", "managed_policy_arns"],
    ...["permissions_boundary", "max_session_duration"],
  ],
  aws_iam_role_policy: ["role", "name", "policy"],
  aws_iam_role_policy_attachment: ["role", "policy_arn"],
  aws_iam_policy_attachment: ["roles", "users", "groups", "policy_arn"],
  aws_iam_role_policies_exclusive: ["role_name", "policy_names"],
  aws_iam_role_policy_attachments_exclusive: ["role_name", "policy_arns"],
  aws_iam_policy: ["arn", "name", "path", "policy"],
  "data.aws_iam_policy": ["arn", "policy"],
  aws_iam_openid_connect_provider: ["arn", "url", "client_id_list", "thumbprint_list"],
  aws_s3_bucket: ["bucket", "policy", "acl", "grant"],
  aws_s3_bucket_policy: ["bucket", "policy"],
  aws_s3_bucket_acl: ["bucket", "acl", "access_control_policy"],
  aws_s3_bucket_ownership_controls: ["bucket", "rule"],
  aws_s3_bucket_public_access_block: ["bucket", ...BLOCKS],
  aws_s3_account_public_access_block: ["account_id", ...BLOCKS],
};

/**
 * By resource type, the attributes that access depends on, and those that say whose they are (AWS
 * provider's documentation of each).
 */
export const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...Object.entries(OWN),
  ...Object.entries(ATTRIBUTES_OF_PRINCIPALS),
]);

/**
 * Types that grant access and are neither role nor bucket: a change is reported, and not compared.
 * Other AWS types are recognised by their attributes (`grantAttributes`); these have no such
 * attribute.
 */
export const NOT_COMPARED: Readonly<Record<string, readonly string[]>> = {
  aws_iam_saml_provider: ["saml_metadata_document"],
  aws_s3_access_point: ["bucket", "public_access_block_configuration"],
  aws_rolesanywhere_trust_anchor: ["name", "enabled", "source"],
  aws_rolesanywhere_profile: ["name", "enabled", "role_arns", "managed_policy_arns", "session_policy"],
  aws_organizations_policy_attachment: ["policy_id", "target_id"],
};

const ASPECTS: Readonly<Record<string, Aspect>> = {
  aws_iam_role: "trust",
  aws_iam_role_policies_exclusive: "exclusive",
  aws_iam_role_policy_attachments_exclusive: "exclusive",
  aws_iam_user_policies_exclusive: "exclusive",
  aws_iam_user_policy_attachments_exclusive: "exclusive",
  aws_iam_group_policies_exclusive: "exclusive",
  aws_iam_group_policy_attachments_exclusive: "exclusive",
  aws_iam_user_login_profile: "credentials",
  aws_iam_access_key: "credentials",
  aws_iam_service_specific_credential: "credentials",
  aws_iam_user_ssh_key: "credentials",
  aws_iam_signing_certificate: "credentials",
  aws_ssoadmin_account_assignment: "credentials",
  aws_identitystore_group_membership: "credentials",
  aws_iam_instance_profile: "runs-as",
  aws_iam_openid_connect_provider: "provider",
  aws_s3_bucket: "bucket-policy",
  aws_s3_bucket_policy: "bucket-policy",
  aws_s3_bucket_acl: "public-access",
  aws_s3_bucket_ownership_controls: "public-access",
  aws_s3_bucket_public_access_block: "public-access",
  aws_s3_account_public_access_block: "public-access",
};

/** The aspect of access that a resource of that type affects. */
export function aspectOf(type: string): Aspect {
  return ASPECTS[type] ?? "permissions";
}
