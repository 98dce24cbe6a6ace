import { creating, destroying, letting, OTHER_ACCOUNT, type Piece, updating } from "./piece";

const other = { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` };

/** Grants to other accounts or to the public by resource policies, shares and settings. */
export const RESOURCE_GRANTS: readonly Piece[] = [
  creating("aws_sqs_queue_policy", { queue_url: "https://q", policy: letting("*", "sqs:*") }),
  creating("aws_sns_topic_policy", {
    arn: "arn:aws:sns:us-east-1:123456789012:t",
    policy: letting("*", "sns:Publish"),
  }),
  creating("aws_kms_key_policy", { key_id: "k", policy: letting(other, "kms:*") }),
  creating("aws_kms_grant", { key_id: "k", grantee_principal: other.AWS, operations: ["Decrypt"] }),
  creating("aws_secretsmanager_secret_policy", {
    secret_arn: "s",
    policy: letting(other, "secretsmanager:GetSecretValue"),
  }),
  creating("aws_ecr_repository_policy", { repository: "r", policy: letting("*", "ecr:*") }),
  creating("aws_ecrpublic_repository", { repository_name: "r" }),
  creating("aws_efs_file_system_policy", {
    file_system_id: "fs-1",
    policy: letting("*", "elasticfilesystem:*"),
  }),
  creating("aws_backup_vault_policy", { backup_vault_name: "v", policy: letting(other, "backup:*") }),
  creating("aws_cloudwatch_event_bus_policy", {
    event_bus_name: "b",
    policy: letting("*", "events:PutEvents"),
  }),
  creating("aws_cloudwatch_log_resource_policy", {
    policy_name: "p",
    policy_document: letting(other, "logs:*"),
  }),
  creating("aws_opensearch_domain", { domain_name: "d", access_policies: letting("*", "es:*") }),
  creating("aws_glacier_vault", { name: "v", access_policy: letting("*", "glacier:*") }),
  creating("aws_lambda_permission", { function_name: "f", action: "lambda:InvokeFunction", principal: "*" }),
  creating("aws_lambda_function_url", { function_name: "f", authorization_type: "NONE" }),
  creating("aws_lambda_layer_version_permission", {
    layer_name: "l",
    principal: "*",
    action: "lambda:GetLayerVersion",
  }),
  creating("aws_codeartifact_domain_permissions_policy", {
    domain: "d",
    policy_document: letting("*", "codeartifact:*"),
  }),
  creating("aws_dynamodb_resource_policy", { resource_arn: "t", policy: letting(other, "dynamodb:*") }),
  creating("aws_glue_resource_policy", { policy: letting(other, "glue:*") }),
  creating("aws_api_gateway_rest_api_policy", {
    rest_api_id: "a",
    policy: letting("*", "execute-api:Invoke"),
  }),
  updating("aws_api_gateway_method", { authorization: "AWS_IAM" }, { authorization: "NONE" }),
  creating("aws_s3control_multi_region_access_point_policy", {
    details: [{ name: "m", policy: letting("*", "s3:*") }],
  }),
  creating("aws_s3control_access_point_policy", { access_point_arn: "a", policy: letting("*", "s3:*") }),
  creating("aws_iot_policy", { name: "i", policy: letting("*", "iot:*") }),
  destroying("aws_organizations_policy_attachment", { policy_id: "p-1", target_id: "r-1" }),
  destroying("aws_organizations_policy", {
    name: "deny",
    type: "SERVICE_CONTROL_POLICY",
    content: letting("*", "*"),
  }),
  updating(
    "aws_db_snapshot",
    { db_snapshot_identifier: "s", shared_accounts: [] },
    { db_snapshot_identifier: "s", shared_accounts: ["all"] },
  ),
  creating("aws_ram_principal_association", { principal: OTHER_ACCOUNT, resource_share_arn: "r" }),
  creating("aws_ram_resource_association", { resource_arn: "r", resource_share_arn: "s" }),
  updating(
    "aws_ram_resource_share",
    { name: "s", allow_external_principals: false },
    { name: "s", allow_external_principals: true },
  ),
  creating("aws_ami_launch_permission", { image_id: "ami-1", group: "all" }),
  creating("aws_snapshot_create_volume_permission", { snapshot_id: "snap-1", account_id: OTHER_ACCOUNT }),
  destroying("aws_ebs_snapshot_block_public_access", { state: "block-all-sharing" }),
  updating("aws_ec2_image_block_public_access", { state: "block-new-sharing" }, { state: "unblocked" }),
  creating("aws_lakeformation_data_lake_settings", { admins: [`arn:aws:iam::${OTHER_ACCOUNT}:root`] }),
  creating("aws_lakeformation_permissions", { principal: OTHER_ACCOUNT, permissions: ["ALL"] }),
  updating("aws_s3_bucket_acl", { bucket: "site", acl: "private" }, { bucket: "site", acl: "public-read" }),
  creating("aws_s3_object", { bucket: "site", key: "k", acl: "public-read" }),
  destroying("aws_s3_bucket_public_access_block", {
    bucket: "site",
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  }),
  creating("aws_s3_bucket_replication_configuration", {
    bucket: "site",
    rule: [{ destination: [{ account: OTHER_ACCOUNT }] }],
  }),
  creating("aws_cloudwatch_log_subscription_filter", {
    name: "s",
    log_group_name: "g",
    destination_arn: "arn:aws:logs:us-east-1:999999999999:destination:d",
  }),
  creating("aws_redshift_endpoint_authorization", { account: OTHER_ACCOUNT, cluster_identifier: "c" }),
  creating("aws_directory_service_shared_directory", { directory_id: "d", target: [{ id: OTHER_ACCOUNT }] }),
  creating("aws_vpc_endpoint_service_allowed_principal", {
    vpc_endpoint_service_id: "v",
    principal_arn: "*",
  }),
  creating("aws_cloud9_environment_membership", {
    environment_id: "e",
    user_arn: other.AWS,
    permissions: "read-write",
  }),
  creating("aws_quicksight_group_membership", { group_name: "g", member_name: "eve" }),
];
