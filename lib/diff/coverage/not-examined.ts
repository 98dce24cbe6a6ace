import { awsTypes } from "./type-list";

/**
 * Types that can change access and are not examined, by what they can do. The rules would find
 * nothing in them, or say less.
 */
export const NOT_EXAMINED: Readonly<Record<string, readonly string[]>> = {
  "creates the resources of its template, which may include IAM roles and policies": awsTypes(`
    cloudformation_stack cloudformation_stack_set cloudformation_stack_set_instance cloudformation_stack_instances
    cloudformation_type cloudcontrolapi_resource serverlessapplicationrepository_cloudformation_stack
    config_conformance_pack config_organization_conformance_pack ssmquicksetup_configuration_manager
    sagemaker_project sagemaker_servicecatalog_portfolio_status controltower_landing_zone elastic_beanstalk_environment
    elastic_beanstalk_configuration_template datazone_environment datazone_environment_profile
    datazone_environment_blueprint_configuration
  `),
  "Service Catalog: products create IAM roles and policies, and portfolios define who may launch them":
    awsTypes(`
    servicecatalog_constraint servicecatalog_organizations_access servicecatalog_portfolio
    servicecatalog_principal_portfolio_association servicecatalog_product
    servicecatalog_product_portfolio_association servicecatalog_provisioned_product servicecatalog_provisioning_artifact
    servicecatalog_service_action
  `),
  "runs code or a document when it is applied; its effect is not in the plan": awsTypes(`
    lambda_invocation ssm_association config_remediation_configuration redshiftdata_statement codebuild_webhook
    codepipeline_webhook amplify_webhook datapipeline_pipeline datapipeline_pipeline_definition
  `),
  "attaches policies when a budget is exceeded": awsTypes("budgets_budget_action"),
  "an organization's structure: its policies apply to the accounts in it": awsTypes(`
    organizations_account organizations_organization organizations_organizational_unit 
    organizations_policy_attachment  
    iam_organizations_features controltower_control 
  `),
  "a credential, or a resource that issues credentials": awsTypes(`
    iam_virtual_mfa_device acmpca_certificate acmpca_certificate_authority acmpca_certificate_authority_certificate
     iot_certificate iot_ca_certificate api_gateway_api_key api_gateway_usage_plan_key
    api_gateway_client_certificate appsync_api_key wafv2_api_key
    cloudfront_key_group cloudfront_public_key ivs_playback_key_pair key_pair lightsail_key_pair
    lightsail_bucket_access_key chime_voice_connector_termination_credentials msk_scram_secret_association
    msk_single_scram_secret_association codebuild_source_credential ssm_activation transfer_ssh_key
    grafana_workspace_api_key grafana_workspace_service_account grafana_workspace_service_account_token
  `),
  "sign-in: who can sign in, and with which permissions": awsTypes(`
    iam_saml_provider iam_service_linked_role cognito_identity_pool cognito_identity_pool_provider_principal_tag
    cognito_identity_provider cognito_managed_user_pool_client
    cognito_resource_server cognito_risk_configuration cognito_user cognito_user_in_group
    cognito_user_pool cognito_user_pool_client cognito_user_pool_domain
    rolesanywhere_profile rolesanywhere_trust_anchor identitystore_user
    ssoadmin_application ssoadmin_application_access_scope ssoadmin_application_assignment
    ssoadmin_instance_access_control_attributes
    ssoadmin_trusted_token_issuer
    directory_service_directory directory_service_radius_settings 
    directory_service_shared_directory_accepter directory_service_trust
    eks_identity_provider_config eks_cluster grafana_role_association grafana_workspace
    grafana_workspace_saml_configuration emr_studio_session_mapping emr_security_configuration
    opensearch_domain_saml_options elasticsearch_domain_saml_options opensearchserverless_security_config
    connect_instance connect_user connect_security_profile codecatalyst_dev_environment codecatalyst_project
    codecatalyst_source_repository datazone_domain datazone_project datazone_user_profile
    workspaces_directory workspaces_workspace worklink_fleet verifiedaccess_instance_trust_provider_attachment
    verifiedaccess_trust_provider cloud9_environment_ec2 cloud9_environment_membership quicksight_account_subscription
    ec2_serial_console_access shield_drt_access_log_bucket_association
  `),
  "the identity by which CloudFront reads its origins, which policies of buckets can allow": awsTypes(
    "cloudfront_origin_access_control cloudfront_origin_access_identity",
  ),
  // It is no access by IAM, and "no change to access" must not be read as if it had been looked at.
  "network: from where a resource can be reached": awsTypes(`
    security_group security_group_rule default_security_group vpc_security_group_ingress_rule
    network_acl network_acl_rule default_network_acl route route_table default_route_table
    vpc_peering_connection vpc_peering_connection_accepter ec2_transit_gateway_route
    ec2_client_vpn_authorization_rule ec2_client_vpn_route
  `),
  "decides what an application's own policies, groups or grants allow": awsTypes(`
    verifiedpermissions_identity_source verifiedpermissions_policy verifiedpermissions_policy_store
    verifiedpermissions_policy_template verifiedpermissions_schema elasticache_user elasticache_user_group
    elasticache_user_group_association memorydb_acl memorydb_user qldb_ledger opsworks_permission
    opsworks_user_profile mq_broker mq_configuration connect_lambda_function_association connect_bot_association
     iot_policy_attachment iot_thing_group iot_thing_group_membership iot_thing_principal_attachment
    codecommit_approval_rule_template msk_configuration
  `),
  "publishes an API; its authorization decides who can call it": awsTypes(`
    api_gateway_authorizer api_gateway_deployment api_gateway_domain_name api_gateway_domain_name_access_association
    api_gateway_integration api_gateway_method api_gateway_rest_api  api_gateway_rest_api_put
    api_gateway_stage api_gateway_usage_plan apigatewayv2_api apigatewayv2_authorizer apigatewayv2_deployment
    apigatewayv2_domain_name apigatewayv2_integration apigatewayv2_route apigatewayv2_stage appsync_datasource
    appsync_domain_name_api_association appsync_function appsync_graphql_api appsync_resolver
    appsync_source_api_association appsync_type  lambda_alias sfn_alias cloudfront_distribution
    cloudfront_function lightsail_distribution lightsail_container_service
    lightsail_container_service_deployment_version apprunner_service amplify_app amplify_branch amplify_domain_association
    iot_authorizer iot_domain_configuration vpclattice_service vpclattice_service_network ecrpublic_repository
  `),
  "shares with other accounts or with the public": awsTypes(`
      
     
    ram_resource_share_accepter ram_sharing_with_organization 
      oam_link oam_sink 
    dataexchange_data_set dataexchange_event_action dataexchange_revision dataexchange_revision_assets
    cleanrooms_collaboration cleanrooms_configured_table cleanrooms_membership
    lakeformation_data_cells_filter  lakeformation_lf_tag lakeformation_opt_in
     lakeformation_resource lakeformation_resource_lf_tag lakeformation_resource_lf_tags
    lightsail_bucket lightsail_bucket_resource_access opensearch_inbound_connection_accepter
    opensearch_outbound_connection backup_global_settings detective_invitation_accepter guardduty_invite_accepter
    macie2_invitation_accepter securityhub_invite_accepter  
     licensemanager_grant_accepter  s3_object s3_bucket_object s3_object_copy
    networkmanager_connection  redshift_snapshot_copy_grant redshift_partner 
  `),
  "copies data to a destination, which may be in another account": awsTypes(`
    bcmdataexports_export cur_report_definition cloudwatch_event_api_destination cloudwatch_log_delivery
    cloudwatch_log_delivery_destination cloudwatch_log_delivery_source cloudwatch_log_subscription_filter codecommit_trigger
    config_delivery_channel cloudtrail dynamodb_kinesis_streaming_destination dynamodb_table_export efs_replication_configuration
    ecr_replication_configuration fsx_data_repository_association guardduty_publishing_destination
    macie2_classification_export_configuration rds_integration redshift_integration redshift_logging
    s3_bucket_analytics_configuration s3_bucket_inventory s3_bucket_logging s3_bucket_notification
    s3_bucket_replication_configuration sns_topic_subscription ssm_resource_data_sync
    vpclattice_access_log_subscription backup_plan dms_replication_task dms_replication_config datasync_location_azure_blob
    datasync_location_fsx_lustre_file_system datasync_location_fsx_ontap_file_system
    datasync_location_fsx_openzfs_file_system datasync_location_fsx_windows_file_system datasync_location_hdfs
    datasync_location_nfs datasync_location_object_storage datasync_location_smb connect_instance_storage_config
    chime_voice_connector_streaming route53_query_log route53_resolver_query_log_config wafv2_web_acl_logging_configuration
    s3control_storage_lens_configuration transfer_workflow lambda_function_event_invoke_config ec2_traffic_mirror_session
    ec2_traffic_mirror_target evidently_project spot_datafeed_subscription appfabric_ingestion_destination
    networkfirewall_logging_configuration verifiedaccess_instance_logging_configuration
    workspacesweb_user_access_logging_settings chime_voice_connector_logging ivschat_logging_configuration
  `),
  "starts instances or tasks with a role that its template or document names": awsTypes(`
    autoscaling_group ec2_fleet osis_pipeline prometheus_alert_manager_definition
    ssm_service_setting apprunner_deployment
  `),
  "a tag or an alias, which policies can use in conditions": awsTypes(`
    autoscaling_group_tag dynamodb_tag ec2_tag ecs_tag transfer_tag kms_alias
  `),
};

/**
 * Data sources and ephemeral resources with side effects, by type. Those that ran while planning
 * are done; these run on apply.
 */
export const SIDE_EFFECTS: ReadonlyMap<string, string> = new Map([
  ["external", "runs a program; its effect is not in the plan"],
  ["http", "sends a request; its effect is not in the plan"],
  ["aws_lambda_invocation", "runs a function; its effect is not in the plan"],
  ["aws_cognito_identity_openid_token_for_developer_identity", "issues a token"],
]);
