import { SHARE_FAMILIES } from "./share-families";
import { SHARE_LAKES } from "./share-lakes";
import { each, open, principalsIn, type ShareRule } from "./share-rules";

const LAUNCH = ["user_ids", "user_groups", "organization_arns", "organizational_unit_arns"];

/** By resource type (AWS provider, 5.100.0, and the API of each service). */
export const SHARE_TYPES: Readonly<Record<string, ShareRule>> = {
  ...SHARE_FAMILIES,
  ...SHARE_LAKES,
  aws_ami_launch_permission: {
    object: ["image_id"],
    grants: ["account_id", "group", "organization_arn", "organizational_unit_arn"].map((name) =>
      principalsIn(name, "launch instances from"),
    ),
  },
  aws_snapshot_create_volume_permission: {
    object: ["snapshot_id"],
    grants: [principalsIn("account_id", "create volumes from")],
  },
  aws_imagebuilder_distribution_configuration: {
    object: ["name"],
    grants: [
      ...LAUNCH.map((name) =>
        principalsIn(
          name,
          "launch instances from images of",
          "distribution.ami_distribution_configuration.launch_permission",
        ),
      ),
      principalsIn("target_account_ids", "use images of", "distribution.ami_distribution_configuration"),
    ],
  },
  aws_dlm_lifecycle_policy: {
    object: ["description"],
    grants: [principalsIn("target_accounts", "use snapshots of", "policy_details.schedule.share_rule")],
  },
  aws_ebs_snapshot_block_public_access: {
    object: [],
    grants: [
      open("state", ["unblocked"], ["snapshots can", "be shared with the public, by"], true),
      open(
        "state",
        ["unblocked", "block-new-sharing"],
        ["snapshots that are public are", "reachable, by"],
        true,
      ),
    ],
  },
  aws_ec2_image_block_public_access: {
    object: [],
    grants: [open("state", ["unblocked"], ["images can", "be shared with the public, by"], true)],
  },
  aws_emr_block_public_access_configuration: {
    object: [],
    grants: [
      open(
        "block_public_security_group_rules",
        ["false"],
        ["clusters can", "use security groups that allow public access, by"],
      ),
    ],
    alters: ["permitted_public_security_group_rule_range"],
  },
  aws_ssm_document: { object: ["name"], grants: [principalsIn("permissions.account_ids", "read and run")] },
  aws_ram_resource_share: {
    object: ["name"],
    grants: [
      open(
        "allow_external_principals",
        ["true"],
        ["accounts outside of the organization can", "be invited to"],
      ),
    ],
    alters: ["permission_arns"],
  },
  aws_ram_principal_association: {
    object: ["resource_share_arn"],
    grants: [principalsIn("principal", "use the resources of")],
  },
  aws_ram_resource_association: {
    object: ["resource_share_arn"],
    grants: [
      {
        kind: "principal",
        within: "",
        principals: "resource_arn",
        sentences: (resource, share) => ({
          gained: ["the principals of ", ...share, " can now use ", ...resource],
          lost: ["the principals of ", ...share, " can no longer use ", ...resource],
        }),
      },
    ],
  },
  aws_globalaccelerator_cross_account_attachment: {
    object: ["name"],
    grants: [principalsIn("principals", "use the resources of")],
    alters: ["resource"],
  },
  aws_vpc_endpoint_service: {
    object: ["service_name"],
    grants: [
      principalsIn("allowed_principals", "create endpoints to"),
      open("acceptance_required", ["false"], ["endpoints are", "accepted automatically by"]),
    ],
  },
  aws_vpc_endpoint_service_allowed_principal: {
    object: ["vpc_endpoint_service_id"],
    grants: [principalsIn("principal_arn", "create endpoints to")],
  },
  aws_opensearch_authorize_vpc_endpoint_access: {
    object: ["domain_name"],
    grants: [principalsIn("account", "create endpoints to")],
  },
  aws_redshift_endpoint_authorization: {
    object: ["cluster_identifier"],
    grants: [principalsIn("account", "create endpoints to")],
    alters: ["vpc_ids"],
  },
  aws_redshift_data_share_authorization: {
    object: ["data_share_arn"],
    grants: [principalsIn("consumer_identifier", "read")],
    alters: ["allow_writes"],
  },
  aws_redshift_data_share_consumer_association: {
    object: ["data_share_arn"],
    grants: [
      principalsIn("consumer_arn", "read"),
      open("associate_entire_account", ["true"], ["the whole account can", "read"]),
    ],
    alters: ["allow_writes", "consumer_region"],
  },
  aws_eks_access_entry: {
    object: ["cluster_name"],
    grants: [principalsIn("principal_arn", "sign in to"), each("principal_arn", "kubernetes_groups")],
    alters: ["type", "user_name"],
  },
  aws_eks_access_policy_association: {
    object: ["cluster_name"],
    grants: [each("principal_arn", "policy_arn")],
    alters: ["access_scope"],
  },
  aws_licensemanager_grant: {
    object: ["license_arn"],
    grants: [each("principal", "allowed_operations")],
  },
  aws_organizations_delegated_administrator: {
    object: [],
    grants: [each("account_id", "service_principal")],
  },
  aws_servicecatalog_portfolio_share: {
    object: ["portfolio_id"],
    grants: [principalsIn("principal_id", "import the products of portfolio")],
    alters: ["type", "share_principals"],
  },
  aws_config_aggregate_authorization: {
    // Since version 6 of the provider, `region` is where the resource is.
    object: ["region", "authorized_aws_region"],
    grants: [principalsIn("account_id", "collect configuration from")],
  },
  aws_directory_service_shared_directory: {
    object: ["directory_id"],
    grants: [principalsIn("id", "use", "target")],
    alters: ["method"],
  },
  aws_s3control_access_grant: {
    object: ["access_grants_location_id"],
    grants: [each("grantee.grantee_identifier", "permission")],
    alters: ["access_grants_location_configuration", "s3_prefix_type", "access_grants_location_id"],
  },
  aws_cognito_identity_pool: {
    object: ["identity_pool_name"],
    grants: [
      open(
        "allow_unauthenticated_identities",
        ["true"],
        ["unauthenticated users can", "get credentials from"],
      ),
    ],
  },
  aws_lambda_function_url: {
    object: ["qualifier", "function_name"],
    grants: [open("authorization_type", ["NONE"], ["anyone can", "call the URL of"])],
  },
};

/** An attribute that shares, in a type that is not listed. */
const SHARES =
  /^(shared|allowed|trusted|authorized|consumer)_(accounts?|account_ids?|aws_accounts?)$|^shared?_with(_|$)/;

/** How a resource shares, by its type or by the names of its attributes; undefined: it does not. */
export function shareRuleOf(type: string, names: readonly string[]): ShareRule | undefined {
  const known = SHARE_TYPES[type];
  if (known !== undefined) return known;
  const found = type.startsWith("aws_") ? names.filter((name) => SHARES.test(name)) : [];
  if (found.length === 0) return undefined;
  return { object: ["id", "arn", "name"], grants: found.map((name) => principalsIn(name, "use")) };
}
