import { readFileSync } from "node:fs";
import { gateItemsIn } from "../../../../lib/report/verdict/gate";
import { change, plan, resource, trustFor, unchanged, type Values } from "../../../plan/a-plan";
import { ACCOUNT, allow, policy, reported, reportedOf, review } from "../../principals";

const role = (name: string): Values => ({
  name,
  arn: `${ACCOUNT}:role/${name}`,
  assume_role_policy: trustFor(),
});
const admin = unchanged("aws_iam_role.admin", role("admin"));
const small = unchanged("aws_iam_role.small", role("small"));
const rights = [
  unchanged("aws_iam_role_policy.a", { role: "admin", name: "all", policy: allow("*", "*") }),
  unchanged("aws_iam_role_policy.s", { role: "small", name: "read", policy: allow("s3:GetObject") }),
];
const plans = [admin, small, ...rights];
const arn = (name: string) => `${ACCOUNT}:role/${name}`;
const can = "which can perform every action on every resource";
const runsAs = (what: string) => [`runs-as broader; ${what} now runs as admin, ${can}`];

test.each<[what: string, resources: readonly object[], expected: readonly string[]]>([
  [
    "a new function",
    [change("aws_lambda_function.report", null, { function_name: "report", role: arn("admin") })],
    runsAs("aws_lambda_function.report"),
  ],
  [
    "a function gets another role",
    [change("aws_lambda_function.report", { role: arn("small") }, { role: arn("admin") })],
    [
      `runs-as both-ways; aws_lambda_function.report now runs as admin, ${can}; aws_lambda_function.report no longer runs as small`,
    ],
  ],
  [
    "a function that is destroyed",
    [change("aws_lambda_function.report", { role: arn("admin") }, null)],
    ["runs-as narrower; aws_lambda_function.report no longer runs as admin"],
  ],
  [
    "an unchanged function",
    [
      change(
        "aws_lambda_function.report",
        { role: arn("admin"), timeout: 3 },
        { role: arn("admin"), timeout: 9 },
      ),
    ],
    [],
  ],
  [
    "both roles of a task",
    [
      change("aws_ecs_task_definition.t", null, {
        task_role_arn: arn("small"),
        execution_role_arn: arn("admin"),
      }),
    ],
    [
      `runs-as broader; aws_ecs_task_definition.t now runs as small, which can perform s3:GetObject on arn:aws:s3:::site/*; aws_ecs_task_definition.t now runs as admin, ${can}`,
    ],
  ],
  [
    "in a nested block",
    [
      change("aws_codepipeline.p", null, {
        stage: [
          {
            name: "build",
            action: [
              { name: "a", role_arn: "" },
              { name: "b", role_arn: arn("admin") },
            ],
          },
        ],
      }),
    ],
    runsAs("aws_codepipeline.p"),
  ],
  [
    "one role of a list",
    [
      change(
        "aws_redshift_cluster.c",
        { iam_roles: [arn("small")] },
        { iam_roles: [arn("admin"), arn("small")] },
      ),
    ],
    runsAs("aws_redshift_cluster.c"),
  ],
  [
    "the same roles in another order",
    [
      change(
        "aws_redshift_cluster.c",
        { iam_roles: [arn("small"), arn("admin")] },
        { iam_roles: [arn("admin"), arn("small")] },
      ),
    ],
    [],
  ],
  [
    "by name, with a path in the role's ARN",
    [change("aws_s3_bucket_replication_configuration.r", null, { role: `${ACCOUNT}:role/team/admin` })],
    runsAs("aws_s3_bucket_replication_configuration.r"),
  ],
  [
    "a role for every user of an identity pool",
    [
      change("aws_cognito_identity_pool_roles_attachment.p", null, {
        identity_pool_id: "p",
        roles: { unauthenticated: arn("admin") },
      }),
    ],
    [
      `runs-as broader; aws_cognito_identity_pool_roles_attachment.p now gives out credentials of admin, ${can}`,
    ],
  ],
  [
    "the same role for another service account",
    [
      change(
        "aws_eks_pod_identity_association.p",
        { cluster_name: "c", namespace: "a", service_account: "s", role_arn: arn("admin") },
        { cluster_name: "c", namespace: "b", service_account: "s", role_arn: arn("admin") },
      ),
    ],
    [
      `runs-as both-ways; aws_eks_pod_identity_association.p now gives out credentials of admin, ${can}; aws_eks_pod_identity_association.p no longer gives out credentials of admin`,
    ],
  ],
  [
    "a role in a JSON document",
    [
      change("aws_batch_job_definition.j", null, {
        container_properties: JSON.stringify({ image: "i", jobRoleArn: arn("admin") }),
      }),
    ],
    runsAs("aws_batch_job_definition.j"),
  ],
  [
    "a role in an option setting",
    [
      change("aws_elastic_beanstalk_environment.e", null, {
        setting: [{ namespace: "aws:elasticbeanstalk:environment", name: "ServiceRole", value: "admin" }],
      }),
    ],
    runsAs("aws_elastic_beanstalk_environment.e"),
  ],
  [
    "an argument of an unknown type, by its name and by its value",
    [
      change("aws_thing_from_tomorrow.a", null, { runner: { execution_role: "admin" } }),
      change("aws_thing_from_tomorrow.b", null, { identity: arn("admin") }),
    ],
    [...runsAs("aws_thing_from_tomorrow.a"), ...runsAs("aws_thing_from_tomorrow.b")],
  ],
  [
    "an undeclared role",
    [change("aws_lambda_function.report", null, { role: "arn:aws:iam::210987654321:role/admin" })],
    ["runs-as broader; aws_lambda_function.report now runs as admin, whose permissions are not in the plan"],
  ],
  [
    "an instance with an instance profile whose role is in a plan",
    [
      unchanged("aws_iam_instance_profile.web", { name: "web", role: "admin" }),
      change("aws_instance.web", null, { iam_instance_profile: "web" }),
    ],
    [`runs-as broader; aws_instance.web now runs as role admin (instance profile web), ${can}`],
  ],
  [
    "an instance profile with an undeclared role",
    [change("aws_launch_template.t", null, { iam_instance_profile: [{ arn: "", name: "web" }] })],
    [
      "runs-as broader; aws_launch_template.t now runs as instance profile web, whose role is not in the plan",
    ],
  ],
  [
    "an instance profile without a role",
    [change("aws_iam_instance_profile.web", null, { name: "web", role: "" })],
    [],
  ],
  [
    "a role in a program's input is not a role that it runs as",
    [
      change(
        "aws_lambda_function.f",
        { role: arn("small") },
        { role: arn("small"), environment: [{ variables: { TARGET: arn("admin") } }] },
      ),
    ],
    [],
  ],
  ["a role of an application", [change("aws_quicksight_user.u", null, { user_role: "ADMIN" })], []],
  [
    "a principal in a policy",
    [
      change("aws_thing_from_tomorrow.a", null, {
        note: JSON.stringify({ Statement: [{ Role: arn("admin") }] }),
      }),
    ],
    [],
  ],
])("%s", (_, resources, expected) => {
  expect(reported(...plans, ...resources).filter((one) => /runs-as/.test(one))).toEqual(expected);
});

test("a change of an instance profile's role is reported, and the gate fails", () => {
  const found = review({ plan: readFileSync("__tests__/diff/cases/instance-profile.json", "utf8") });
  expect(reportedOf(found)).toEqual([
    "runs-as both-ways; an instance with instance profile p now runs as admin, whose permissions are not in the plan; an instance with instance profile p no longer runs as small",
  ]);
  expect(gateItemsIn(found).map(({ kind }) => kind)).toContain("broader");
});

const configured = (address: string, type: string, expressions: Values) => ({
  configuration: {
    root_module: { resources: [{ address, mode: "managed", type, name: "x", expressions }] },
  },
});

test("a role that the plan creates is resolved by its reference", () => {
  const address = "aws_lambda_function.report";
  const made = change(
    "aws_iam_role.new",
    null,
    { name: "new", assume_role_policy: trustFor() },
    { after_unknown: { arn: true } },
  );
  const policies = change("aws_iam_role_policy.n", null, {
    role: "new",
    name: "n",
    policy: allow("s3:*"),
  });
  const one = change(address, null, { function_name: "f" }, { after_unknown: { role: true } });
  const more = configured(address, "aws_lambda_function", {
    role: { references: ["aws_iam_role.new.arn", "aws_iam_role.new"] },
  });
  expect(
    reportedOf(review({ plan: plan([made, policies, one], more) })).filter((text) => /runs-as/.test(text)),
  ).toEqual([
    "runs-as broader; aws_lambda_function.report now runs as new, which can perform s3:* on arn:aws:s3:::site/*",
  ]);
});

test("in blocks, each reference is resolved separately", () => {
  const address = "aws_transfer_server.s";
  const one = change(
    address,
    null,
    { workflow_details: [{ on_upload: [{ execution_role: arn("small") }, {}] }] },
    { after_unknown: { workflow_details: [{ on_upload: [{}, { execution_role: true }] }] } },
  );
  const more = configured(address, "aws_transfer_server", {
    workflow_details: [
      {
        on_upload: [
          { execution_role: { constant_value: arn("small") } },
          { execution_role: { references: ["aws_iam_role.admin.arn", "aws_iam_role.admin"] } },
        ],
      },
    ],
  });
  expect(reportedOf(review({ plan: plan([...plans, one], more) }))).toEqual([
    `runs-as broader; ${address} now runs as small, which can perform s3:GetObject on arn:aws:s3:::site/*; ${address} now runs as admin, ${can}`,
  ]);
});

test.each<
  [what: string, one: Parameters<typeof change>, expressions: Values | undefined, expected: readonly string[]]
>([
  [
    "known only after apply, and of two",
    ["aws_lambda_function.f", { role: arn("small") }, {}, { after_unknown: { role: true } }],
    { role: { references: ["aws_iam_role.admin.arn", "aws_iam_role.small.arn"] } },
    [
      `runs-as unknown; aws_lambda_function.f now runs as admin, ${can} (role is known only after apply: it depends on aws_iam_role.admin.arn, aws_iam_role.small.arn)`,
    ],
  ],
  [
    "known only after apply, and of no role in a plan",
    ["aws_lambda_function.f", { role: arn("small") }, {}, { after_unknown: { role: true } }],
    { role: { references: ["data.external.x.result", "data.external.x"] } },
    ["runs-as unknown (role is known only after apply: it depends on data.external.x.result)"],
  ],
  [
    "a document that is known only after apply",
    ["aws_batch_job_definition.j", null, {}, { after_unknown: { container_properties: true } }],
    undefined,
    ["runs-as unknown (container_properties is known only after apply)"],
  ],
  [
    "marked as sensitive",
    ["aws_lambda_function.f", null, { role: arn("hidden") }, { after_sensitive: { role: true } }],
    undefined,
    ["runs-as unknown (role is marked as sensitive)"],
  ],
  [
    "filled in by the provider",
    ["aws_ecs_service.s", null, { name: "s" }, { after_unknown: { iam_role: true } }],
    { name: {} },
    [],
  ],
])("a role that is %s", (_, one, expressions, expected) => {
  const [address] = one;
  const more =
    expressions === undefined ? {} : configured(address, String(address.split(".")[0]), expressions);
  const found = review({ plan: plan([...plans, change(...one)], more) });
  expect(reportedOf(found).filter((text) => /runs-as/.test(text))).toEqual(expected);
  expect(JSON.stringify(found)).not.toContain("hidden");
});

test("a role in another stack than the resource that runs as it", () => {
  const found = review({
    roles: plans,
    apps: [change("aws_lambda_function.report", null, { role: arn("admin") })],
  });
  expect(reportedOf(found)).toEqual(runsAs("aws_lambda_function.report"));
});

test("a role given to a function by hand", () => {
  const drift = resource("aws_lambda_function.f", {
    before: { role: arn("small") },
    after: { role: arn("admin") },
  });
  const found = review({ plan: plan(plans, { resource_drift: [drift] }) });
  expect(reportedOf(found)).toEqual([
    `drift: runs-as both-ways; aws_lambda_function.f now runs as admin, ${can}; aws_lambda_function.f no longer runs as small (the plan keeps it)`,
  ]);
});

test("a managed policy of the role, in a plan and outside of all plans", () => {
  const attached = [
    unchanged("aws_iam_policy.site", policy("site", allow("s3:*"))),
    unchanged("aws_iam_role_policy_attachment.a", { role: "small", policy_arn: `${ACCOUNT}:policy/site` }),
    unchanged("aws_iam_role_policy_attachment.b", { role: "small", policy_arn: `${ACCOUNT}:policy/other` }),
  ];
  expect(reported(small, ...attached, change("aws_lambda_function.f", null, { role: arn("small") }))).toEqual(
    [
      `runs-as broader; aws_lambda_function.f now runs as small, which can perform s3:* on arn:aws:s3:::site/*, and what policy ${ACCOUNT}:policy/other allows, whose contents are not in the plan`,
    ],
  );
});
