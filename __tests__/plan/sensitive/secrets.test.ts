import { failedPlan, readPlan } from "../../../lib/diff/read-plan";
import { readPlanJson } from "../../../lib/plan/plan-json";
import { maskFor } from "../../../lib/plan/sensitive/masking";
import { secretsIn } from "../../../lib/plan/sensitive/secrets";
import { plan, resource } from "../a-plan";

const SECRET = "SECRET-do-not-show-1";

test.each<[where: string, more: object, resources?: readonly object[]]>([
  ["before", {}, [resource("a.b", { before: { p: SECRET }, before_sensitive: { p: true } })]],
  ["after", {}, [resource("a.b", { after: { p: [SECRET] }, after_sensitive: { p: [true] } })]],
  [
    "a resource that is entirely sensitive",
    {},
    [resource("a.b", { after: { p: { q: SECRET } }, after_sensitive: true })],
  ],
  ["drift", { resource_drift: [resource("a.b", { after: { p: SECRET }, after_sensitive: { p: true } })] }],
  [
    "a deferred resource",
    {
      deferred_changes: [
        {
          reason: "unknown",
          resource_change: resource("a.b", { after: { p: SECRET }, after_sensitive: { p: true } }),
        },
      ],
    },
  ],
  [
    "an output",
    { output_changes: { o: { actions: ["create"], after: { x: SECRET }, after_sensitive: true } } },
  ],
  [
    "a removed output",
    { output_changes: { o: { actions: ["delete"], before: SECRET, before_sensitive: true } } },
  ],
  [
    "data in the state before",
    {
      prior_state: {
        values: {
          root_module: {
            child_modules: [{ resources: [{ values: { s: SECRET }, sensitive_values: { s: true } }] }],
          },
        },
      },
    },
  ],
  [
    "an output of the state before",
    { prior_state: { values: { outputs: { o: { sensitive: true, value: SECRET } } } } },
  ],
  [
    "the planned state",
    {
      planned_values: {
        root_module: {
          resources: [{ values: { s: [{ t: SECRET }] }, sensitive_values: { s: [{ t: true }] } }],
        },
      },
    },
  ],
  ["a planned output", { planned_values: { outputs: { o: { sensitive: true, value: [SECRET] } } } }],
  [
    "a variable",
    {
      variables: { v: { value: SECRET } },
      configuration: { root_module: { variables: { v: { sensitive: true } } } },
    },
  ],
  [
    "a variable's default",
    { configuration: { root_module: { variables: { v: { sensitive: true, default: SECRET } } } } },
  ],
  [
    "a module's argument",
    {
      configuration: {
        root_module: {
          module_calls: {
            m: {
              expressions: { v: { constant_value: SECRET } },
              module: { variables: { v: { sensitive: true } } },
            },
          },
        },
      },
    },
  ],
  [
    "a constant of a write-only argument, in a module",
    {
      configuration: {
        root_module: {
          module_calls: {
            m: {
              module: {
                resources: [
                  {
                    expressions: {
                      value_wo: { constant_value: SECRET },
                      name: { constant_value: "shown-name" },
                    },
                  },
                ],
              },
            },
          },
        },
      },
    },
  ],
  [
    "an action's arguments",
    { action_invocations: [{ config_values: { p: SECRET }, config_sensitive: { p: true } }] },
  ],
])("what is marked in %s is a secret", (_, more, resources = []) => {
  const read = readPlanJson(plan(resources, more), "plan");
  expect([...secretsIn(read)]).toEqual([SECRET]);
  const { review, facts } = readPlan(
    plan([resource("x.y", { after: { text: `a ${SECRET}` } }), ...resources], more),
    "s",
  );
  expect(JSON.stringify({ review, facts })).not.toContain(SECRET);
  expect(review.resources.find(({ address }) => address === "x.y")?.attributes).toMatchObject([
    { path: "text", after: { kind: "text", text: "a (sensitive)" } },
  ]);
});

test("an unmarked value is not a secret", () => {
  const more = {
    variables: { v: { value: SECRET } },
    configuration: { root_module: { variables: { v: {} } } },
    output_changes: { o: { actions: ["create"], after: SECRET, after_sensitive: false } },
  };
  const marks = { before_sensitive: { q: true, tags: {} }, after_sensitive: { p: false } };
  const read = readPlanJson(
    plan([resource("a.b", { before: { p: SECRET }, after: { p: SECRET }, ...marks })], more),
    "p",
  );
  expect([...secretsIn(read)]).toEqual([]);
});

test("a secret in Terraform's error message is masked with the plan's mask", () => {
  const read = readPlanJson(
    plan([resource("a.b", { after: { p: SECRET }, after_sensitive: { p: true } })]),
    "plan",
  );
  const { review } = failedPlan("s", maskFor(read)(`Error: cannot log in with "${SECRET}"`));
  expect(review.failure).toBe('Error: cannot log in with "(sensitive)"');
});

test("the error for an incomplete plan contains none of its content", () => {
  for (const text of [`{"a":"${SECRET}`, `{"a":"x" ${SECRET}}`, SECRET]) {
    expect(() => readPlanJson(text, "plan")).toThrow(
      expect.objectContaining({
        code: "plan-not-read",
        message: expect.not.stringContaining("SECRET"),
        found: expect.not.stringContaining("SECRET"),
      }),
    );
  }
});

test("a short sensitive value is not shown as an attribute either", () => {
  const marks = { before_sensitive: { p: true, q: true }, after_sensitive: { p: true, q: true } };
  const { review, facts } = readPlan(
    plan([
      resource("aws_iam_role.b", { before: { p: "7", q: true }, after: { p: "8", q: false }, ...marks }),
    ]),
    "s",
  );
  expect(review.resources[0]?.attributes).toEqual([
    { path: "p", before: { kind: "sensitive" }, after: { kind: "sensitive" } },
    { path: "q", before: { kind: "sensitive" }, after: { kind: "sensitive" } },
  ]);
  expect(facts.changes).toEqual([
    { type: "aws_iam_role", address: "aws_iam_role.b", actions: "update", before: {}, after: {} },
  ]);
});

test("a policy that contains a secret is sensitive, and its masked text is not compared", () => {
  const policy = (id: string) =>
    JSON.stringify({ Statement: { Condition: { StringEquals: { "sts:ExternalId": id } } } });
  const { facts } = readPlan(
    plan([
      resource("aws_iam_role.r", {
        before: { assume_role_policy: policy("first-secret") },
        after: { assume_role_policy: policy("second-secret") },
      }),
      resource("a.b", {
        before: { p: "first-secret" },
        after: { p: "second-secret" },
        before_sensitive: { p: true },
        after_sensitive: { p: true },
      }),
    ]),
    "s",
  );
  expect(facts.changes[0]).toMatchObject({
    before: { assume_role_policy: { kind: "sensitive" } },
    after: { assume_role_policy: { kind: "sensitive" } },
  });
});

test("an attribute whose name equals a sensitive value is compared", () => {
  const policy = (action: string) =>
    JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: action, Resource: "*" } });
  const { facts } = readPlan(
    plan([
      resource("a.b", { after: { v: "policy" }, after_sensitive: { v: true } }),
      resource("aws_s3_bucket_policy.p", {
        before: { bucket: "b", policy: policy("s3:GetObject") },
        after: { bucket: "b", policy: policy("s3:*") },
      }),
    ]),
    "s",
  );
  expect(facts.changes).toMatchObject([
    { before: { policy: { kind: "value" } }, after: { policy: { kind: "value" } } },
  ]);
});

test("no sensitive value is in the addresses of what an attribute depends on, or in its provider", () => {
  const [key, alias] = ["key-that-is-secret", "aws.alias-that-is-secret"];
  const { facts } = readPlan(
    plan(
      [
        resource("a.marked", {
          after: { v: [key, alias.slice("aws.".length)] },
          after_sensitive: { v: true },
        }),
        resource(`aws_iam_policy.p["${key}"]`, {
          actions: ["create"],
          before: null,
          after_unknown: { arn: true },
        }),
        resource("aws_iam_role_policy_attachment.a", {
          actions: ["create"],
          before: null,
          after: { role: "r" },
          after_unknown: { policy_arn: true },
        }),
      ],
      {
        configuration: {
          root_module: {
            resources: [
              {
                address: "aws_iam_role_policy_attachment.a",
                provider_config_key: alias,
                expressions: { policy_arn: { references: [`aws_iam_policy.p["${key}"].arn`] }, role: {} },
              },
            ],
          },
        },
      },
    ),
    "s",
  );
  const attachment = facts.changes.find(({ type }) => type === "aws_iam_role_policy_attachment");
  expect(attachment).toMatchObject({
    provider: "aws.(sensitive)",
    links: { policy_arn: ['aws_iam_policy.p["(sensitive)"]'] },
    after: { policy_arn: { kind: "later", dependsOn: ['aws_iam_policy.p["(sensitive)"].arn'] } },
  });
  expect(JSON.stringify(facts)).not.toContain("that-is-secret");
});
