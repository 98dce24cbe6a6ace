import { plainText } from "../../../../lib/describe/phrase";
import { readPlan } from "../../../../lib/diff/read-plan";
import { reviewOf } from "../../../../lib/report/model/review-of";
import { change, plan, resource, type Values } from "../../../plan/a-plan";

// A resource that grants access and is neither role nor bucket is not compared. The review must not
// report that access is unchanged.

/**
 * @param expressions what the configuration gives a value; undefined: the plan has no configuration
 */
function reviewed(one: { readonly address: string; readonly type: string }, expressions?: Values) {
  const { address, type } = one;
  const resources = [{ address, mode: "managed", type, name: "x", expressions }];
  const configuration = expressions === undefined ? {} : { configuration: { root_module: { resources } } };
  return reviewOf([readPlan(plan([one], configuration), "plan")], {});
}

const reported = (...asked: Parameters<typeof reviewed>): readonly string[] =>
  reviewed(...asked).access.map(
    ({ aspect, relation, subject, reason }) => `${aspect} ${relation} ${subject}: ${plainText(reason ?? [])}`,
  );

const open = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
});
const key = (policy: string, more: Values = {}): Values => ({
  description: "keys",
  key_id: "k",
  policy,
  ...more,
});

test.each<[what: string, type: string, before: Values | null, after: Values | null]>([
  [
    "a principal of a portfolio",
    "aws_servicecatalog_principal_portfolio_association",
    null,
    { principal_arn: "a" },
  ],
  ["an unknown type", "aws_thing_from_tomorrow", null, { principal: "*" }],
])("%s is reported as unknown", (_, type, before, after) => {
  expect(reported(change(`${type}.x`, before, after))).toEqual([
    expect.stringMatching(new RegExp(`^permissions unknown ${type}.x: not compared: `)),
  ]);
});

test.each<[what: string, one: ReturnType<typeof change>]>([
  ["a key gets a tag", change("aws_kms_key.x", key(open), key(open, { tags: { team: "web" } }))],
  ["a policy that only controls deletion", change("aws_ecr_lifecycle_policy.x", null, { policy: "{}" })],
  ["a resource of another provider", change("random_id.x", null, { policy: open })],
  ["a resource without such an argument", change("aws_sqs_queue.x", null, { name: "jobs" })],
  ["a no-op", resource("aws_kms_key.x", { actions: ["no-op"], before: key(open), after: key(open) })],
])("%s: no change of access", (_, one) => {
  expect(reported(one)).toEqual([]);
});

test("a computed principal is not a grant", () => {
  const one = change(
    "aws_lightsail_container_service.x",
    { power: "nano", principal_arn: "arn:aws:iam::1:role/own" },
    { power: "micro", principal_arn: "arn:aws:iam::1:role/own" },
  );
  expect(reported(one, { power: {} })).toEqual([]);
});

// Written by hand, after the AWS provider's "Enhanced Region Support" guide: since version 6 every
// resource of a regional service has `region`.
describe("a region of the resource's own", () => {
  const invoke = (region?: string): Values => ({
    action: "lambda:InvokeFunction",
    principal: "*",
    function_name: "deploy",
    statement_id: "open",
    ...(region === undefined ? {} : { region }),
  });
  const repository = (region: string): Values => ({ repository: "site", policy: open, region });
  const relations = (...changes: ReturnType<typeof change>[]) =>
    reviewOf([readPlan(plan(changes, inOneProvider(changes)), "plan")], {})
      .access.map(({ relation, subject }) => `${relation} ${subject}`)
      .sort();
  const inOneProvider = (changes: readonly { readonly address: string; readonly type: string }[]) => ({
    configuration: {
      provider_config: { aws: { name: "aws", full_name: "registry.terraform.io/hashicorp/aws" } },
      root_module: {
        resources: changes.map(({ address, type }) => ({
          address,
          type,
          mode: "managed",
          name: address.split(".")[1],
          provider_config_key: "aws",
        })),
      },
    },
  });

  test("that the provider's version 6 adds changes no access", () => {
    expect(relations(change("aws_lambda_permission.x", invoke(), invoke("us-east-1")))).toEqual([]);
  });

  test("is not what a new statement is unknown for", () => {
    expect(relations(change("aws_lambda_permission.x", null, invoke("us-east-1")))).toEqual([
      "broader deploy",
    ]);
  });

  test.each<[what: string, type: string, of: (region: string) => Values]>([
    ["a statement", "aws_lambda_permission", invoke],
    ["a policy", "aws_ecr_repository_policy", repository],
  ])("%s that moves to another region is undetermined", (_, type, of) => {
    expect(relations(change(`${type}.x`, of("us-east-1"), of("eu-west-1")))).toContain(`unknown ${type}.x`);
  });

  test("the same name in two regions is two objects", () => {
    const changes = [
      change("aws_ecr_repository_policy.a", repository("us-east-1"), null),
      change("aws_ecr_repository_policy.b", null, repository("eu-west-1")),
    ];
    expect(relations(...changes)).toEqual(["broader site", "narrower site"]);
    const together = [
      change("aws_ecr_repository_policy.a", repository("us-east-1"), null),
      change("aws_ecr_repository_policy.b", null, repository("us-east-1")),
    ];
    expect(relations(...together)).toEqual([]);
  });
});
