import {
  ACCOUNT,
  allowing,
  creating,
  letting,
  OTHER_ACCOUNT,
  type Piece,
  policy,
  roleArn,
  updating,
} from "./piece";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";
const trusting = (principal: object) =>
  policy({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" });
const role = (name: string, trust: string, more: object = {}) => ({
  name,
  arn: roleArn(name),
  assume_role_policy: trust,
  ...more,
});
const own = trusting({ Service: "ec2.amazonaws.com" });

/**
 * Grants by policies of roles, users, groups and permission sets, by trust policies, by what runs
 * as a role, and by credentials.
 */
export const IDENTITY_GRANTS: readonly Piece[] = [
  creating("aws_iam_user_policy", { user: "eve", name: "p", policy: allowing("*") }),
  creating("aws_iam_user_policy_attachment", { user: "eve", policy_arn: ADMIN }),
  creating("aws_iam_group_policy", { group: "ops", name: "p", policy: allowing("s3:*") }),
  creating("aws_iam_group_policy_attachment", { group: "ops", policy_arn: ADMIN }),
  creating("aws_iam_group_membership", { name: "m", group: "ops", users: ["eve"] }),
  creating("aws_iam_user_group_membership", { user: "eve", groups: ["ops"] }),
  creating("aws_iam_role_policy", { role: "deploy", name: "p", policy: allowing("iam:PassRole") }),
  creating("aws_iam_role_policy_attachment", { role: "deploy", policy_arn: ADMIN }),
  updating(
    "aws_iam_policy_attachment",
    { name: "x", policy_arn: ADMIN, roles: [], users: [], groups: [] },
    { name: "x", policy_arn: ADMIN, roles: [], users: ["eve"], groups: [] },
  ),
  updating(
    "aws_iam_policy",
    { name: "all", path: "/", arn: `arn:aws:iam::${ACCOUNT}:policy/all`, policy: allowing("s3:GetObject") },
    { name: "all", path: "/", arn: `arn:aws:iam::${ACCOUNT}:policy/all`, policy: allowing("s3:*") },
  ),
  updating(
    "aws_iam_user",
    { name: "eve", permissions_boundary: `arn:aws:iam::${ACCOUNT}:policy/limit` },
    { name: "eve", permissions_boundary: "" },
  ),
  updating(
    "aws_iam_role",
    role("deploy", own),
    role("deploy", trusting({ AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` })),
  ),
  updating("aws_iam_role", role("deploy", own), role("deploy", trusting({ AWS: "*" }))),
  updating("aws_iam_role", role("deploy", own), role("deploy", own, { managed_policy_arns: [ADMIN] })),
  creating("aws_ssoadmin_permission_set_inline_policy", {
    permission_set_arn: SET,
    inline_policy: allowing("*"),
  }),
  creating("aws_ssoadmin_managed_policy_attachment", { permission_set_arn: SET, managed_policy_arn: ADMIN }),
  creating("aws_ssoadmin_customer_managed_policy_attachment", {
    permission_set_arn: SET,
    customer_managed_policy_reference: [{ name: "admin", path: "/" }],
  }),
  creating("aws_ssoadmin_account_assignment", {
    permission_set_arn: SET,
    principal_id: "1",
    principal_type: "USER",
    target_id: ACCOUNT,
  }),
  creating("aws_identitystore_group_membership", { group_id: "g", member_id: "u" }),
  creating("aws_iam_access_key", { user: "eve" }),
  creating("aws_iam_user_login_profile", { user: "eve" }),
  creating("aws_iam_saml_provider", { name: "idp", saml_metadata_document: "<xml/>" }),
  creating("aws_rolesanywhere_profile", { name: "p", role_arns: [roleArn("admin")], enabled: true }),
  creating("aws_iam_service_linked_role", { aws_service_name: "spot.amazonaws.com" }),
  updating("aws_iam_instance_profile", { name: "p", role: "small" }, { name: "p", role: "admin" }),
  updating(
    "aws_lambda_function",
    { function_name: "f", role: roleArn("small") },
    { function_name: "f", role: roleArn("admin") },
  ),
  updating("aws_instance", { iam_instance_profile: "small" }, { iam_instance_profile: "admin" }),
  creating("aws_ecs_task_definition", {
    family: "t",
    container_definitions: "[]",
    task_role_arn: roleArn("admin"),
  }),
  creating("aws_batch_job_definition", {
    name: "j",
    container_properties: JSON.stringify({ jobRoleArn: roleArn("admin") }),
  }),
  creating("aws_codebuild_project", { name: "b", service_role: roleArn("admin") }),
  creating("aws_codebuild_webhook", { project_name: "b" }),
  creating("aws_glue_job", { name: "g", role_arn: roleArn("admin") }),
  creating("aws_sfn_state_machine", { name: "s", definition: "{}", role_arn: roleArn("admin") }),
  creating("aws_scheduler_schedule", {
    name: "s",
    target: [{ arn: "arn:aws:lambda:x", role_arn: roleArn("admin") }],
  }),
  creating("aws_launch_template", { name: "l", iam_instance_profile: [{ name: "admin" }] }),
  creating("aws_transfer_user", { user_name: "u", role: roleArn("admin") }),
  creating("aws_iot_role_alias", { alias: "a", role_arn: roleArn("admin") }),
  creating("aws_eks_pod_identity_association", {
    cluster_name: "c",
    namespace: "n",
    service_account: "s",
    role_arn: roleArn("admin"),
  }),
  creating("aws_eks_access_entry", { cluster_name: "c", principal_arn: roleArn("any") }),
  creating("aws_cognito_identity_pool_roles_attachment", {
    identity_pool_id: "i",
    roles: { unauthenticated: roleArn("admin") },
  }),
  updating(
    "aws_cognito_identity_pool",
    { identity_pool_name: "i", allow_unauthenticated_identities: false },
    { identity_pool_name: "i", allow_unauthenticated_identities: true },
  ),
  creating("aws_s3_bucket_policy", {
    bucket: "site",
    policy: letting("*", "s3:GetObject", "arn:aws:s3:::site/*"),
  }),
];
