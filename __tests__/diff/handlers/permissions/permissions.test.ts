import { readPlan } from "../../../../lib/diff/read-plan";
import { reviewOf } from "../../../../lib/report/model/review-of";
import { anAccess } from "../../../fixtures/access";
import { change, lineOf, plan, resource, trustFor, unchanged, type Values } from "../../../plan/a-plan";

const allow = (action: string, to = "arn:aws:s3:::site/*", more: object = {}) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: to, ...more }],
  });
const account = "arn:aws:iam::123456789012";
const deploy = (more: Values = {}): Values => ({
  name: "deploy",
  arn: `${account}:role/deploy`,
  assume_role_policy: trustFor(),
  inline_policy: [],
  managed_policy_arns: [],
  max_session_duration: 3600,
  ...more,
});
const role = unchanged("aws_iam_role.deploy", deploy());
const inline = (policy: string): Values => ({ role: "deploy", name: "site", policy });
const attached = (arn: string): Values => ({ role: "deploy", policy_arn: arn });
const customer = `${account}:policy/site`;
const less = `${account}:policy/less`;
const policy = (text: string): Values => ({ arn: customer, name: "site", path: "/", policy: text });

/** Stacks by their names, each with its resources or its whole plan. */
function review(stacks: Readonly<Record<string, readonly object[] | string>>) {
  const plans = Object.entries(stacks).map(([name, one]) =>
    readPlan(typeof one === "string" ? one : plan(one), name),
  );
  return reviewOf(plans, { access: anAccess() });
}

function reported(...resources: readonly object[]): readonly string[] {
  return reportedOf({ plan: resources });
}

function reportedOf(stacks: Parameters<typeof review>[0]): readonly string[] {
  return review(stacks).access.map(lineOf);
}

const who = "; this applies to alice from main of github.com/acme/website";
const gets = "permissions broader; deploy can now perform s3:GetObject on arn:aws:s3:::site/*";
const loses = "permissions narrower; deploy can no longer perform s3:GetObject on arn:aws:s3:::site/*";
const aws = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

test.each<[what: string, resources: readonly object[], reported: readonly string[]]>([
  [
    "an added inline policy",
    [role, change("aws_iam_role_policy.s", null, inline(allow("s3:GetObject")))],
    [gets + who],
  ],
  [
    "a removed inline policy",
    [role, change("aws_iam_role_policy.s", inline(allow("s3:GetObject")), null)],
    [loses],
  ],
  [
    "the same policy in another layout",
    [
      role,
      change(
        "aws_iam_role_policy.s",
        inline(allow("s3:GetObject")),
        inline(allow("s3:GetObject").replace(":", ": ")),
      ),
    ],
    ["permissions same (its effective permissions are unchanged)"],
  ],
  ["an unchanged policy", [role, unchanged("aws_iam_role_policy.s", inline(allow("s3:GetObject")))], []],
  [
    "a policy moved from a separate resource into the role",
    [
      change(
        "aws_iam_role.deploy",
        deploy({ inline_policy: [{ name: "site", policy: allow("s3:GetObject") }] }),
        deploy({ inline_policy: [{ name: "other", policy: allow("s3:GetObject") }] }),
      ),
      change("aws_iam_role_policy.s", inline(allow("s3:GetObject")), null),
    ],
    ["permissions same (its effective permissions are unchanged)"],
  ],
  [
    "an incomplete ARN, which means every resource of the service",
    [
      role,
      change(
        "aws_iam_role_policy.s",
        inline(allow("sqs:*", "arn:aws:sqs:us-east-2:123456789012:q")),
        inline(allow("sqs:*", "arn:aws:sqs")),
      ),
    ],
    [`permissions broader; deploy can now perform sqs:* on arn:aws:sqs${who}`],
  ],
  [
    "the same, as a complete ARN",
    [
      role,
      change(
        "aws_iam_role_policy.s",
        inline(allow("sqs:*", "arn:aws:sqs")),
        inline(allow("sqs:*", "arn:aws:sqs:*:*:*")),
      ),
    ],
    ["permissions same (its effective permissions are unchanged)"],
  ],
  [
    "an attachment of a policy of this plan",
    [
      role,
      unchanged("aws_iam_policy.s", policy(allow("s3:GetObject"))),
      change("aws_iam_role_policy_attachment.a", null, attached(customer)),
    ],
    [gets + who],
  ],
  [
    "an attachment of a policy that is in no plan: unknown, and never equal",
    [role, change("aws_iam_role_policy_attachment.a", null, attached(customer))],
    [`permissions unknown (policy ${customer} is attached; its contents are not in the plan)`],
  ],
  [
    "an AWS managed policy, by its name",
    [role, change("aws_iam_role_policy_attachment.a", null, attached(aws))],
    [`permissions broader; deploy can now do what the AWS managed policy ${aws} allows${who}`],
  ],
  [
    "a detached AWS managed policy",
    [role, change("aws_iam_role_policy_attachment.a", attached(aws), null)],
    [`permissions narrower; deploy can no longer do what the AWS managed policy ${aws} allows`],
  ],
  [
    "changed contents of an attached policy",
    [
      role,
      change("aws_iam_policy.s", policy(allow("s3:PutObject")), policy(allow("s3:GetObject"))),
      unchanged("aws_iam_role_policy_attachment.a", attached(customer)),
    ],
    [
      `permissions both-ways; deploy can now perform s3:GetObject on arn:aws:s3:::site/*${who}; deploy can no longer perform s3:PutObject on arn:aws:s3:::site/*`,
    ],
  ],
  [
    "changed contents of a policy that no role here has attached",
    [change("aws_iam_policy.s", policy(allow("s3:PutObject")), policy(allow("s3:*")))],
    [
      "permissions broader; principals with policy site can now perform s3:* on arn:aws:s3:::site/* (not attached to any examined role, user, group or permission set)",
    ],
  ],
  [
    "a removed boundary",
    [
      change(
        "aws_iam_role.deploy",
        deploy({ permissions_boundary: customer, inline_policy: [{ name: "i", policy: allow("s3:*") }] }),
        deploy({ inline_policy: [{ name: "i", policy: allow("s3:*") }] }),
      ),
      unchanged("aws_iam_policy.s", policy(allow("s3:GetObject"))),
    ],
    [
      expect.stringMatching(
        /^permissions broader; permissions boundary \S+ no longer limits deploy, which it limited to s3:GetObject on \S+; this applies to alice .*; deploy can now perform s3:\* on arn:aws:s3:::site\/\*$/,
      ),
    ],
  ],
  [
    "another boundary that allows less: by what both allow, not by all that the role's own policy names",
    [
      change(
        "aws_iam_role.deploy",
        deploy({ permissions_boundary: customer, inline_policy: [{ name: "i", policy: allow("*", "*") }] }),
        deploy({ permissions_boundary: less, inline_policy: [{ name: "i", policy: allow("*", "*") }] }),
      ),
      unchanged("aws_iam_policy.s", policy(allow("*", "*"))),
      unchanged("aws_iam_policy.l", { ...policy(allow("s3:*", "*")), arn: less, name: "less" }),
    ],
    [
      `permissions narrower; permissions boundary site of deploy is replaced by less, which allows only s3:* on every resource instead of every action on every resource`,
    ],
  ],
  [
    "another boundary, and another policy: what the policy gains is said, too",
    [
      change(
        "aws_iam_role.deploy",
        deploy({ permissions_boundary: less, inline_policy: [{ name: "i", policy: allow("s3:GetObject") }] }),
        deploy({
          permissions_boundary: customer,
          inline_policy: [{ name: "i", policy: allow("sqs:*", "*") }],
        }),
      ),
      unchanged("aws_iam_policy.s", policy(allow("*", "*"))),
      unchanged("aws_iam_policy.l", { ...policy(allow("s3:*", "*")), arn: less, name: "less" }),
    ],
    [
      expect.stringMatching(
        /which allows every action on every resource instead of s3:\* on every resource.*deploy can now perform sqs:\*/,
      ),
    ],
  ],
  [
    "a boundary that allows more, beside a policy that names everything",
    [
      unchanged(
        "aws_iam_role.deploy",
        deploy({ permissions_boundary: customer, inline_policy: [{ name: "i", policy: allow("*", "*") }] }),
      ),
      change("aws_iam_policy.s", policy(allow("s3:*", "*")), policy(allow("*", "*"))),
    ],
    [
      expect.stringMatching(
        /^permissions broader; the permissions boundary of deploy now allows every action on every resource, instead of s3:\* on every resource; this applies to alice [^;]*$/,
      ),
    ],
  ],
  [
    "a boundary that allows something else: both are said, the loss by an example that is called one",
    [
      unchanged(
        "aws_iam_role.deploy",
        deploy({ permissions_boundary: customer, inline_policy: [{ name: "i", policy: allow("*", "*") }] }),
      ),
      change("aws_iam_policy.s", policy(allow("s3:*", "*")), policy(allow("sqs:*", "*"))),
    ],
    [
      expect.stringMatching(
        /now allows sqs:\* on every resource, instead of s3:\* on every resource; .*; the permissions boundary of deploy no longer allows all that it allowed, such as s3:\w+ on \S+$/,
      ),
    ],
  ],
  [
    "an added boundary: what it leaves",
    [
      change("aws_iam_role.deploy", deploy(), deploy({ permissions_boundary: customer })),
      unchanged("aws_iam_policy.s", policy(allow("s3:GetObject"))),
    ],
    [
      expect.stringMatching(
        /^permissions narrower; permissions boundary \S+ now limits deploy, which leaves at most s3:GetObject on \S+$/,
      ),
    ],
  ],
  [
    "an added boundary whose contents are not in the plan",
    [change("aws_iam_role.deploy", deploy(), deploy({ permissions_boundary: customer }))],
    [`permissions narrower; permissions boundary site now limits deploy`],
  ],
  [
    "a policy attached by hand that the exclusive resource does not list: detached",
    [
      unchanged("aws_iam_role.deploy", deploy({ managed_policy_arns: [aws] })),
      change(
        "aws_iam_role_policy_attachments_exclusive.e",
        { role_name: "deploy", policy_arns: [aws] },
        { role_name: "deploy", policy_arns: [] },
      ),
    ],
    [`permissions narrower; deploy can no longer do what the AWS managed policy ${aws} allows`],
  ],
  [
    "a longer session",
    [change("aws_iam_role.deploy", deploy(), deploy({ max_session_duration: 43200 }))],
    ["session broader; the maximum session duration of deploy increases from 1 hour to 12 hours"],
  ],
  [
    "a shorter session",
    [change("aws_iam_role.deploy", deploy({ max_session_duration: 7200 }), deploy())],
    ["session narrower; the maximum session duration of deploy decreases from 2 hours to 1 hour"],
  ],
  [
    "a policy whose text cannot be read",
    [role, change("aws_iam_role_policy.s", null, inline("{"))],
    [expect.stringMatching(/^permissions unknown \(inline policy site cannot be read: /)],
  ],
  [
    "a policy that is known only after apply",
    [
      role,
      change(
        "aws_iam_role_policy.s",
        inline(allow("s3:GetObject")),
        { role: "deploy", name: "site" },
        { after_unknown: { policy: true } },
      ),
    ],
    ["permissions unknown (inline policy site is known only after apply)"],
  ],
  [
    "another account in the trust policy",
    [
      change(
        "aws_iam_role.deploy",
        deploy(),
        deploy({
          assume_role_policy: trustFor().replace(
            /"Statement":\[/,
            '"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"sts:AssumeRole"},',
          ),
        }),
      ),
    ],
    [expect.stringMatching(/^trust broader; any principal in account 999999999999 can now assume deploy/)],
  ],
])("%s", (_, resources, expected) => {
  expect(reported(...resources)).toEqual(expected);
});

test("a role in one stack, its attached policies in another: one role", () => {
  const attachment = change("aws_iam_role_policy_attachment.a", null, attached(customer));
  const known = unchanged("aws_iam_policy.s", policy(allow("s3:GetObject")));
  expect(reportedOf({ one: [role], two: [attachment], three: [known] })).toEqual([gets + who]);
  // Without the role, its other policies and who may assume it are unknown.
  expect(reportedOf({ two: [attachment], three: [known] })).toEqual([
    expect.stringMatching(
      /^permissions broader; deploy can now perform s3:GetObject on \S+, unless another policy of deploy allows it, .* \(the role is not declared in these plans/,
    ),
  ]);
});

test("roles of one name in two accounts are compared separately", () => {
  const elsewhere = deploy({ arn: "arn:aws:iam::210987654321:role/deploy" });
  const stacks = {
    here: [role, change("aws_iam_role_policy.s", null, inline(allow("s3:GetObject")))],
    there: [unchanged("aws_iam_role.deploy", elsewhere)],
  };
  expect(review(stacks).access).toMatchObject([{ stack: "here", relation: "broader" }]);
});

describe("an ARN that is known only after apply", () => {
  const made = change(
    "aws_iam_policy.s",
    null,
    { name: "other", policy: allow("s3:GetObject") },
    { after_unknown: { arn: true } },
  );
  const attachment = change(
    "aws_iam_role_policy_attachment.a",
    null,
    { role: "deploy" },
    { after_unknown: { policy_arn: true } },
  );
  const configured = (references: readonly string[]) => ({
    configuration: {
      root_module: {
        resources: [
          { address: "aws_iam_role_policy_attachment.a", expressions: { policy_arn: { references } } },
        ],
      },
    },
  });

  test("is followed to the policy that the attachment refers to", () => {
    const text = plan([role, made, attachment], configured(["aws_iam_policy.s.arn", "aws_iam_policy.s"]));
    expect(reportedOf({ plan: text })).toEqual([gets + who]);
  });

  test("is unknown if it can be either of two, and names both", () => {
    const text = plan(
      [role, made, attachment],
      configured(["aws_iam_policy.s.arn", "aws_iam_policy.s", "var.arn"]),
    );
    expect(reportedOf({ plan: text })).toEqual([
      "permissions unknown (aws_iam_role_policy_attachment.a: the policy that it attaches is known only after apply: it depends on aws_iam_policy.s.arn)",
    ]);
  });

  test("in a module, by the module's own variable and an instance's key", () => {
    const inModule = { ...attachment, address: 'module.m["x.y"].aws_iam_role_policy_attachment.a' };
    const instances = ["x.y", "z"].map((key) => ({
      ...made,
      address: `aws_iam_policy.s[${JSON.stringify(key)}]`,
    }));
    const configuration = {
      root_module: {
        module_calls: {
          m: {
            expressions: {
              arn: {
                references: ['aws_iam_policy.s["x.y"].arn', 'aws_iam_policy.s["x.y"]', "aws_iam_policy.s"],
              },
            },
            module: {
              resources: [
                {
                  address: "aws_iam_role_policy_attachment.a",
                  expressions: { policy_arn: { references: ["var.arn"] } },
                },
              ],
            },
          },
        },
      },
    };
    expect(reportedOf({ plan: plan([role, ...instances, inModule], { configuration }) })).toEqual([
      gets + who,
    ]);
  });
});

describe("a manual change", () => {
  const drifted = (more: Values) =>
    resource("aws_iam_role.deploy", { before: deploy(), after: deploy(more) });
  const now = (more: Values) => unchanged("aws_iam_role.deploy", deploy(more));
  const backDoor = { inline_policy: [{ name: "back-door", policy: allow("*", "*") }] };

  test("is reported for a plan without changes, with the note that the plan keeps it", () => {
    expect(reportedOf({ plan: plan([now(backDoor)], { resource_drift: [drifted(backDoor)] }) })).toEqual([
      expect.stringMatching(
        /^drift: permissions broader; deploy can now perform every action on every resource; .* \(inline policy back-door was added outside of Terraform, and the plan keeps it\)$/,
      ),
    ]);
  });

  test("is reported, with the note that the plan reverts it", () => {
    const only = change(
      "aws_iam_role_policies_exclusive.e",
      { role_name: "deploy", policy_names: ["back-door"] },
      { role_name: "deploy", policy_names: [] },
    );
    expect(
      reportedOf({ plan: plan([now(backDoor), only], { resource_drift: [drifted(backDoor)] }) }),
    ).toEqual([
      expect.stringMatching(
        /^drift: permissions broader; .* \(inline policy back-door was added outside of Terraform, and the plan removes it\)$/,
      ),
      expect.stringMatching(
        /^permissions narrower; deploy can no longer perform every action on every resource$/,
      ),
    ]);
  });

  test("is not reported if the role only shows a policy that a separate resource declares", () => {
    const mirror = { inline_policy: [{ name: "site", policy: allow("s3:GetObject") }] };
    const declared = unchanged("aws_iam_role_policy.s", inline(allow("s3:GetObject")));
    expect(
      reportedOf({ plan: plan([now(mirror), declared], { resource_drift: [drifted(mirror)] }) }),
    ).toEqual([]);
  });
});
