import { ACCOUNT, allowing, creating, type Piece, policy, roleArn } from "./piece";

const trust = (service: string) =>
  policy({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
const role = { name: "deploy", assume_role_policy: trust("ec2.amazonaws.com") };
const held = { ...role, arn: roleArn("deploy") };
const attached = { role: "deploy", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" };
const template = JSON.stringify({ Resources: { R: { Type: "AWS::IAM::Role" } } });
const invocation = (more: object = {}) => ({
  address: "action.aws_lambda_invoke.grant",
  type: "aws_lambda_invoke",
  name: "grant",
  provider_name: "registry.terraform.io/hashicorp/aws",
  config_values: { function_name: "grant" },
  ...more,
});

/** Grants that no single resource attribute states. */
export const OTHER_GRANTS: readonly Piece[] = [
  creating("aws_cloudformation_stack", {
    name: "s",
    template_body: template,
    capabilities: ["CAPABILITY_NAMED_IAM"],
  }),
  creating("aws_cloudformation_stack_set", { name: "s", template_body: template }),
  creating("aws_cloudformation_stack_set_instance", { stack_set_name: "s", account_id: ACCOUNT }),
  creating("aws_cloudcontrolapi_resource", { type_name: "AWS::IAM::Role", desired_state: "{}" }),
  creating("aws_servicecatalog_provisioned_product", { name: "p", product_name: "role" }),
  creating("aws_serverlessapplicationrepository_cloudformation_stack", { name: "s", application_id: "a" }),
  creating("aws_budgets_budget_action", { budget_name: "b", definition: [] }),
  creating("aws_ssm_association", { name: "AWS-RunShellScript" }),
  creating("aws_lambda_invocation", { function_name: "grant", input: "{}" }),
  creating("awscc_iam_role", {
    role_name: "admin",
    assume_role_policy_document: trust("lambda.amazonaws.com"),
  }),
  creating("awscc_s3_bucket_policy", { bucket: "site", policy_document: {} }),
  creating("aws_iam_thing_from_tomorrow", { name: "x" }),
  creating("vault_aws_secret_backend_role", { name: "x" }),
  {
    name: "a null_resource with local-exec",
    resources: [{ type: "null_resource", before: null, after: {}, provisioners: ["local-exec"] }],
  },
  {
    name: "terraform_data with remote-exec",
    resources: [{ type: "terraform_data", before: { id: "1" }, after: null, provisioners: ["remote-exec"] }],
  },
  {
    name: "an external data source",
    resources: [
      { type: "external", mode: "data", actions: ["read"], before: null, after: { program: ["sh"] } },
    ],
  },
  {
    name: "an ephemeral invocation",
    resources: [
      { type: "aws_lambda_invocation", mode: "ephemeral", actions: ["open"], before: null, after: null },
    ],
  },
  { name: "an action", invoked: [invocation({ invoke_action_trigger: {} })] },
  {
    name: "an action triggered by a change",
    invoked: [
      invocation({
        lifecycle_action_trigger: {
          triggering_resource_address: "aws_vpc.x",
          action_trigger_event: "after_update",
        },
      }),
    ],
  },
  {
    name: "a deferred action",
    deferredInvoked: [{ reason: "provider_config_unknown", action_invocation: invocation() }],
  },
  {
    name: "a role that replaces a role removed from state",
    resources: [
      {
        type: "aws_iam_role",
        actions: ["create", "forget"],
        before: held,
        after: { name: "deploy-2", assume_role_policy: trust("lambda.amazonaws.com") },
      },
    ],
  },
  {
    name: "the same with the actions in the order of OpenTofu",
    resources: [
      {
        type: "aws_iam_role",
        actions: ["forget", "create"],
        before: held,
        after: { name: "deploy-2", assume_role_policy: trust("lambda.amazonaws.com") },
      },
    ],
  },
  {
    name: "a role that moves to another provider configuration",
    resources: [
      { type: "aws_iam_role", before: held, after: null },
      { type: "aws_iam_role", before: null, after: role, unknown: { arn: true }, provider: "aws.other" },
    ],
  },
  {
    name: "an attachment that moves to another provider configuration",
    resources: [
      { type: "aws_iam_role", before: held, after: held },
      { type: "aws_iam_role_policy_attachment", before: attached, after: null },
      { type: "aws_iam_role_policy_attachment", before: null, after: attached, provider: "aws.other" },
    ],
  },
  { name: "a deferred role", deferred: [{ type: "aws_iam_role", before: null, after: role }] },
  {
    name: "a deferred CloudFormation stack",
    deferred: [{ type: "aws_cloudformation_stack", before: null, after: { name: "s" } }],
  },
  {
    name: "drift: a user policy added by hand",
    drift: [
      { type: "aws_iam_user_policy", before: null, after: { user: "eve", name: "p", policy: allowing("*") } },
    ],
  },
  {
    name: "drift: a CloudFormation stack changed by hand",
    drift: [
      {
        type: "aws_cloudformation_stack",
        before: { name: "s" },
        after: { name: "s", template_body: template },
      },
    ],
  },
  {
    name: "a no-op with different values before and after",
    resources: [
      {
        type: "aws_iam_role",
        actions: ["no-op"],
        before: held,
        after: { ...held, assume_role_policy: trust("lambda.amazonaws.com") },
      },
    ],
  },
  {
    name: "a duplicate address",
    resources: [{ type: "aws_iam_role", before: held, after: held, isTwice: true }],
  },
  {
    name: "changed tags of a role",
    resources: [
      {
        type: "aws_iam_role",
        before: { ...held, tags: { team: "web" } },
        after: { ...held, tags: { team: "admin" } },
      },
    ],
  },
  {
    name: "a policy that is known after apply",
    resources: [
      {
        type: "aws_iam_role_policy",
        before: null,
        after: { role: "deploy", name: "p" },
        unknown: { policy: true },
      },
    ],
  },
];
