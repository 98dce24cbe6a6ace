import { awsTypes } from "./type-list";

/** How a type is examined: which comparison looks at its resources (docs/review/access.md). */
export const COMPARISONS = [
  "principals",
  "credentials",
  "runs-as",
  "oidc-providers",
  "buckets",
  "resource-policies",
  "sharing",
] as const;
export type Comparison = (typeof COMPARISONS)[number];

/**
 * Types whose resources are compared before and after. What matters for access is compared, or
 * reported as unknown. A type may have several comparisons.
 */
export const EXAMINED: Readonly<Record<Comparison, readonly string[]>> = {
  principals: awsTypes(`
    iam_role iam_role_policy iam_role_policy_attachment iam_policy_attachment iam_role_policies_exclusive
    iam_role_policy_attachments_exclusive iam_policy
    iam_user iam_user_policy iam_user_policy_attachment iam_user_policies_exclusive
    iam_user_policy_attachments_exclusive iam_user_group_membership
    iam_group iam_group_policy iam_group_policy_attachment iam_group_policies_exclusive
    iam_group_policy_attachments_exclusive iam_group_membership
    ssoadmin_permission_set ssoadmin_permission_set_inline_policy ssoadmin_managed_policy_attachment
    ssoadmin_customer_managed_policy_attachment ssoadmin_permissions_boundary_attachment
  `),
  credentials: awsTypes(`
    iam_access_key iam_user_login_profile iam_user_ssh_key iam_service_specific_credential iam_signing_certificate
    ssoadmin_account_assignment identitystore_group identitystore_group_membership
  `),
  // And every type with an argument that takes a role (role-arguments.ts).
  "runs-as": awsTypes(`
    cognito_identity_pool_roles_attachment cognito_user_group batch_job_definition
    shield_drt_access_role_arn_association
  `),
  "oidc-providers": awsTypes("iam_openid_connect_provider"),
  buckets: awsTypes(`
    s3_bucket s3_bucket_policy s3_bucket_acl s3_bucket_ownership_controls s3_bucket_public_access_block
    s3_account_public_access_block
  `),
  "resource-policies": awsTypes(`
    acmpca_policy api_gateway_rest_api_policy backup_vault_policy cloudsearch_domain_service_access_policy
    cloudwatch_event_bus_policy cloudwatch_log_delivery_destination_policy cloudwatch_log_destination_policy
    cloudwatch_log_resource_policy codeartifact_domain_permissions_policy codeartifact_repository_permissions_policy
    codebuild_resource_policy dynamodb_resource_policy ecr_registry_policy ecr_repository_policy
    ecr_repository_creation_template ecrpublic_repository_policy efs_file_system_policy elasticsearch_domain
    elasticsearch_domain_policy glacier_vault glacier_vault_lock glue_resource_policy iot_policy kinesis_resource_policy
    kms_external_key kms_key kms_key_policy kms_replica_external_key kms_replica_key media_store_container_policy
    msk_cluster_policy networkfirewall_resource_policy oam_sink_policy opensearch_domain opensearch_domain_policy
    opensearchserverless_access_policy opensearchserverless_security_policy organizations_policy
    organizations_resource_policy redshift_resource_policy redshiftserverless_resource_policy s3_access_point
    s3control_access_grants_instance_resource_policy s3control_access_point_policy s3control_bucket_policy
    s3control_multi_region_access_point_policy s3control_object_lambda_access_point_policy s3tables_table_bucket_policy
    s3tables_table_policy sagemaker_model_package_group_policy schemas_registry_policy secretsmanager_secret
    secretsmanager_secret_policy ses_identity_policy sesv2_email_identity_policy sns_topic sns_topic_policy sqs_queue
    sqs_queue_policy vpc_endpoint vpc_endpoint_policy vpclattice_auth_policy vpclattice_resource_policy
    xray_resource_policy acmpca_permission cloudwatch_event_permission kms_grant lambda_layer_version_permission
    lambda_permission signer_signing_profile_permission
  `),
  sharing: awsTypes(`
    ami_launch_permission snapshot_create_volume_permission db_snapshot db_snapshot_copy db_cluster_snapshot
    rds_cluster_snapshot_copy ebs_snapshot_block_public_access ec2_image_block_public_access emr_block_public_access_configuration ram_resource_share
    ram_principal_association ram_resource_association globalaccelerator_cross_account_attachment vpc_endpoint_service
    vpc_endpoint_service_allowed_principal opensearch_authorize_vpc_endpoint_access redshift_endpoint_authorization
    redshift_data_share_authorization redshift_data_share_consumer_association eks_access_entry
    eks_access_policy_association licensemanager_grant organizations_delegated_administrator
    servicecatalog_portfolio_share config_aggregate_authorization directory_service_shared_directory s3control_access_grant
    lakeformation_data_lake_settings lakeformation_permissions lambda_function_url glue_catalog_database
    auditmanager_organization_admin_account_registration cloudtrail_organization_delegated_admin_account
    detective_organization_admin_account fms_admin_account guardduty_organization_admin_account
    inspector2_delegated_admin_account macie2_organization_admin_account securityhub_organization_admin_account
    vpc_ipam_organization_admin_account quicksight_analysis quicksight_dashboard quicksight_data_set
    quicksight_data_source quicksight_folder quicksight_template quicksight_theme ssm_document
    imagebuilder_distribution_configuration dlm_lifecycle_policy
  `),
};
