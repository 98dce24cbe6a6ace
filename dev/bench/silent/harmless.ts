import { allowing, creating, destroying, type Piece, policy, roleArn, updating } from "./piece";

const role = (more: object) => ({
  name: "worker",
  arn: roleArn("worker"),
  assume_role_policy: policy({
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  }),
  ...more,
});

/** Changes that give no one access. They accompany a grant in the other plans. */
export const HARMLESS: readonly Piece[] = [
  creating("aws_vpc", { cidr_block: "10.0.0.0/16" }),
  creating("aws_subnet", { cidr_block: "10.0.1.0/24" }),
  creating("aws_security_group", { name: "web" }),
  creating("aws_route53_record", { name: "www", type: "A" }),
  creating("aws_dynamodb_table", { name: "t", hash_key: "id" }),
  creating("aws_cloudwatch_log_group", { name: "g" }),
  creating("aws_ecs_cluster", { name: "c" }),
  creating("random_id", { byte_length: 8 }),
  creating("time_sleep", { create_duration: "10s" }),
  creating("null_resource", { triggers: { a: "1" } }),
  updating("aws_sqs_queue", { name: "q", delay_seconds: 0 }, { name: "q", delay_seconds: 5 }),
  updating(
    "aws_s3_bucket_versioning",
    { bucket: "b", versioning_configuration: [{ status: "Disabled" }] },
    { bucket: "b", versioning_configuration: [{ status: "Enabled" }] },
  ),
  updating(
    "aws_cloudwatch_metric_alarm",
    { alarm_name: "a", threshold: 1 },
    { alarm_name: "a", threshold: 2 },
  ),
  updating("aws_iam_role", role({ description: "old" }), role({ description: "new" })),
  updating(
    "aws_iam_policy",
    { name: "w", path: "/", policy: allowing("s3:*") },
    { name: "w", path: "/", policy: allowing("s3:GetObject") },
  ),
  destroying("aws_iam_user_policy_attachment", {
    user: "bob",
    policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  }),
  destroying("aws_lb_target_group", { name: "tg" }),
  {
    name: "nothing",
    resources: [{ type: "aws_cloudformation_stack", before: { name: "s" }, after: { name: "s" } }],
  },
];
