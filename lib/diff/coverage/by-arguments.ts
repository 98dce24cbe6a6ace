/**
 * Types in which only these arguments can change access: a change of other arguments is not
 * reported as not examined. Paths go through lists and blocks alike. For an examined type they are
 * the arguments that no comparison covers.
 */
export const BY_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_alb_listener: [
    "default_action.authenticate_cognito",
    "default_action.authenticate_oidc",
    "mutual_authentication",
  ],
  aws_alb_listener_rule: ["action.authenticate_cognito", "action.authenticate_oidc"],
  aws_elasticsearch_domain: ["advanced_security_options", "cognito_options"],
  aws_opensearch_domain: ["advanced_security_options", "cognito_options"],
  aws_lb_listener: [
    "default_action.authenticate_cognito",
    "default_action.authenticate_oidc",
    "mutual_authentication",
  ],
  aws_lb_listener_rule: ["action.authenticate_cognito", "action.authenticate_oidc"],
  // What they let out, and their names, open nothing to others.
  aws_security_group: ["ingress"],
  aws_default_security_group: ["ingress"],
  aws_network_acl: ["ingress"],
  aws_default_network_acl: ["ingress"],
  aws_route_table: ["route"],
  aws_default_route_table: ["route"],
  aws_s3_bucket: ["logging", "replication_configuration"],
  // These start programs that run as a role, named in a template or task definition.
  aws_cloudwatch_event_target: ["ecs_target.task_definition_arn"],
  aws_ecs_service: ["task_definition"],
  aws_eks_node_group: ["launch_template"],
  aws_instance: ["launch_template"],
  aws_pipes_pipe: ["target_parameters.ecs_task_parameters.task_definition_arn"],
  aws_scheduler_schedule: ["target.ecs_parameters.task_definition_arn"],
  aws_spot_fleet_request: ["launch_template_config"],
  aws_cognito_user_group: ["precedence"],
  aws_s3_object: ["acl", "bucket", "key"],
  aws_glue_catalog_database: ["target_database", "federated_database"],
  aws_imagebuilder_distribution_configuration: [
    "distribution.fast_launch_configuration",
    "distribution.launch_template_configuration",
  ],
  aws_quicksight_dashboard: ["dashboard_publish_options", "source_entity"],
  aws_quicksight_data_set: [
    "row_level_permission_data_set",
    "row_level_permission_tag_configuration",
    "column_level_permission_rules",
  ],
  aws_quicksight_data_source: ["credentials", "parameters"],
  aws_s3control_access_grant: ["grantee.grantee_type"],
  aws_ssm_document: ["content"],
};
