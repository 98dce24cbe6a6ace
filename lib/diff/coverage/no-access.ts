import { awsTypes } from "./type-list";

/**
 * Types that do not affect access although a rule (grant-attributes.ts) matches them, or that
 * belong to a service whose types are sorted by hand: by reason.
 */
export const NO_ACCESS: Readonly<Record<string, readonly string[]>> = {
  "network reachability only": awsTypes(`
    dx_bgp_peer dx_gateway_association dx_gateway_association_proposal dx_hosted_connection dx_hosted_private_virtual_interface
    dx_hosted_public_virtual_interface dx_hosted_transit_virtual_interface dx_private_virtual_interface
    dx_public_virtual_interface dx_transit_virtual_interface ec2_availability_zone_group
    ec2_local_gateway_route ec2_transit_gateway_peering_attachment networkfirewall_firewall_policy
    networkfirewall_rule_group networkfirewall_tls_inspection_configuration networkmanager_core_network
    networkmanager_core_network_policy_attachment route53_record route53_records_exclusive route53_resolver_firewall_rule
    route53_resolver_firewall_rule_group_association vpc_ipam vpc_ipam_pool vpclattice_resource_configuration wafv2_rule_group
    wafv2_web_acl dms_replication_instance lightsail_database neptune_cluster_instance neptunegraph_graph rds_shard_group
    m2_environment timestreaminfluxdb_db_instance
  `),
  "names no principal and holds no policy": awsTypes(`
    accessanalyzer_analyzer account_alternate_contact account_primary_contact account_region acm_certificate
    appconfig_hosted_configuration_version appstream_directory_config autoscaling_notification batch_scheduling_policy bedrock_guardrail
    bedrockagent_prompt ce_anomaly_subscription budgets_budget cloudwatch_contributor_insight_rule cloudwatch_dashboard
    cloudwatch_log_anomaly_detector cloudwatch_metric_alarm 
    computeoptimizer_enrollment_status config_config_rule config_organization_custom_policy_rule
    config_organization_custom_rule config_organization_managed_rule connect_contact_flow connect_contact_flow_module
    connect_user_hierarchy_group connect_vocabulary costoptimizationhub_enrollment_status docdb_cluster ecs_task_set
    elasticache_cluster elasticache_global_replication_group fsx_lustre_file_system
    fsx_ontap_storage_virtual_machine fsx_windows_file_system glue_schema iam_server_certificate
    inspector2_enabler lambda_event_source_mapping lex_bot
    lex_intent macie2_classification_job mskconnect_worker_configuration neptune_cluster_endpoint
    pinpoint_apns_channel pinpoint_apns_sandbox_channel pinpoint_apns_voip_channel pinpoint_apns_voip_sandbox_channel
    pinpoint_gcm_channel rds_cluster_endpoint redshift_hsm_configuration resourcegroups_resource
    route53recoveryreadiness_recovery_group sagemaker_human_task_ui sagemaker_model_package_group
    sagemaker_studio_lifecycle_config schemas_schema servicecatalogappregistry_attribute_group_association
    shield_protection_group sqs_queue_redrive_allow_policy ssm_patch_group storagegateway_gateway
    synthetics_group_association workspacesweb_browser_settings xray_group api_gateway_method_settings
  `),
  "its policy controls deletion, masking, indexing or filtering, not access": awsTypes(`
    ecr_lifecycle_policy opensearchserverless_lifecycle_policy ses_receipt_filter cloudwatch_log_data_protection_policy
    cloudwatch_log_index_policy sns_topic_data_protection_policy
  `),
  "names and sign-in rules that grant no access": awsTypes(`
    iam_account_alias iam_account_password_policy iam_security_token_service_preferences cognito_user_pool_ui_customization
    servicecatalog_tag_option servicecatalog_tag_option_resource_association servicecatalog_budget_resource_association
    ssoadmin_application_assignment_configuration
  `),
  "bucket settings whose effect on access depends on its policy, public access block and ACL": awsTypes(`
    s3_bucket_accelerate_configuration s3_bucket_cors_configuration s3_bucket_intelligent_tiering_configuration
    s3_bucket_lifecycle_configuration s3_bucket_metric s3_bucket_object_lock_configuration
    s3_bucket_request_payment_configuration s3_bucket_server_side_encryption_configuration s3_bucket_versioning
    s3_bucket_website_configuration
  `),
};
