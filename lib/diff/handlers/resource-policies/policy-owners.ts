import { statementOwnerAttributes } from "./statements";

/**
 * A type that only declares the policy of another resource. That resource shows the policy in an
 * attribute of its own.
 */
interface Mirror {
  /** The attribute that says whose policy it is. */
  readonly by: string;
  readonly of: readonly string[];
  /** Attributes of the other resource that `by` may hold. */
  readonly ids: readonly string[];
  /** The attribute in which the other resource shows the policy. */
  readonly shownAs: "policy" | "access_policies";
}

const KEYS = ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"];

/** AWS provider, 5.100.0: both the resource and its separate policy resource have the policy. */
export const MIRRORS: Readonly<Record<string, Mirror>> = {
  aws_sqs_queue_policy: mirror("queue_url", ["aws_sqs_queue"], ["url", "id"]),
  aws_sns_topic_policy: mirror("arn", ["aws_sns_topic"], ["arn", "id"]),
  aws_kms_key_policy: mirror("key_id", KEYS, ["key_id", "id", "arn"]),
  aws_secretsmanager_secret_policy: mirror("secret_arn", ["aws_secretsmanager_secret"], ["arn", "id"]),
  aws_api_gateway_rest_api_policy: mirror("rest_api_id", ["aws_api_gateway_rest_api"], ["id"]),
  aws_s3control_access_point_policy: mirror("access_point_arn", ["aws_s3_access_point"], ["arn", "id"]),
  aws_vpc_endpoint_policy: mirror("vpc_endpoint_id", ["aws_vpc_endpoint"], ["id"]),
  aws_elasticsearch_domain_policy: ofDomain("aws_elasticsearch_domain"),
  aws_opensearch_domain_policy: ofDomain("aws_opensearch_domain"),
};

function mirror(by: string, of: readonly string[], ids: readonly string[]): Mirror {
  return { by, of, ids, shownAs: "policy" };
}

function ofDomain(type: string): Mirror {
  return { by: "domain_name", of: [type], ids: ["domain_name"], shownAs: "access_policies" };
}

/** Types that show a policy which a separate resource declares. */
export const HOLDERS: ReadonlySet<string> = new Set(Object.values(MIRRORS).flatMap((one) => one.of));

/** By which attributes the others say whose policy it is; all of them together. */
const OWNER_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_acmpca_policy: ["resource_arn"],
  aws_backup_vault_policy: ["backup_vault_name"],
  aws_cloudsearch_domain_service_access_policy: ["domain_name"],
  aws_cloudwatch_event_bus_policy: ["event_bus_name"],
  aws_cloudwatch_log_delivery_destination_policy: ["delivery_destination_name"],
  aws_cloudwatch_log_destination_policy: ["destination_name"],
  aws_cloudwatch_log_resource_policy: ["policy_name"],
  aws_codeartifact_domain_permissions_policy: ["domain_owner", "domain"],
  aws_codeartifact_repository_permissions_policy: ["domain_owner", "domain", "repository"],
  aws_codebuild_resource_policy: ["resource_arn"],
  aws_dynamodb_resource_policy: ["resource_arn"],
  aws_ecr_registry_policy: ["registry_id"],
  aws_ecr_repository_policy: ["registry_id", "repository"],
  aws_ecrpublic_repository_policy: ["registry_id", "repository_name"],
  aws_efs_file_system_policy: ["file_system_id"],
  aws_glacier_vault: ["name"],
  aws_glacier_vault_lock: ["vault_name"],
  aws_iot_policy: ["name"],
  aws_kinesis_resource_policy: ["resource_arn"],
  aws_media_store_container_policy: ["container_name"],
  aws_msk_cluster_policy: ["cluster_arn"],
  aws_networkfirewall_resource_policy: ["resource_arn"],
  aws_oam_sink_policy: ["sink_identifier"],
  aws_organizations_policy: ["type", "name"],
  aws_redshift_resource_policy: ["resource_arn"],
  aws_redshiftserverless_resource_policy: ["resource_arn"],
  aws_s3control_access_grants_instance_resource_policy: ["account_id"],
  aws_s3control_bucket_policy: ["bucket"],
  aws_s3control_multi_region_access_point_policy: ["account_id", "details.name"],
  aws_s3control_object_lambda_access_point_policy: ["account_id", "name"],
  aws_s3tables_table_bucket_policy: ["table_bucket_arn"],
  aws_s3tables_table_policy: ["table_bucket_arn", "namespace", "name"],
  aws_sagemaker_model_package_group_policy: ["model_package_group_name"],
  aws_schemas_registry_policy: ["registry_name"],
  aws_ses_identity_policy: ["identity", "name"],
  aws_sesv2_email_identity_policy: ["email_identity", "policy_name"],
  aws_vpclattice_auth_policy: ["resource_identifier"],
  aws_vpclattice_resource_policy: ["resource_arn"],
  aws_xray_resource_policy: ["policy_name"],
};

/** The attributes that name an AWS resource, for types that are not listed. */
const NAMES = /^(arn|name|bucket|repository|domain|identity)$|_(arn|url|identifier|name)$/;

/**
 * Attributes that say whose policy it is, in a resource of that type. @param names those that it
 * has
 */
export function ownerAttributes(type: string, names: readonly string[]): readonly string[] {
  const known = MIRRORS[type]?.by;
  if (known !== undefined) return [known];
  return (
    OWNER_ATTRIBUTES[type] ??
    statementOwnerAttributes(type) ??
    names.filter((name) => NAMES.test(name)).sort()
  );
}

/** By the type of what shows the policy. */
const MIRROR_OF: ReadonlyMap<string, Mirror> = new Map(
  Object.values(MIRRORS).flatMap((mirrored) => mirrored.of.map((type): [string, Mirror] => [type, mirrored])),
);

/** How to find the policy of a resource that shows it; undefined: the type shows none. */
export function mirrorOf(type: string): Mirror | undefined {
  return MIRROR_OF.get(type);
}

/** All that a holder may be called by. */
export function idsOf(type: string): readonly string[] {
  return mirrorOf(type)?.ids ?? [];
}

/** Whether it is known by its type that a resource declares a policy. */
export function isListed(type: string): boolean {
  return type in MIRRORS || type in OWNER_ATTRIBUTES;
}
