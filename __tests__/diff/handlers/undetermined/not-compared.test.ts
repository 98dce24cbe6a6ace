import { plainText } from "../../../../lib/describe/phrase";
import { readPlan } from "../../../../lib/diff/read-plan";
import { reviewOf } from "../../../../lib/report/model/review-of";
import { plan, resource } from "../../../plan/a-plan";

// What lets somebody in and is no role and no bucket is not compared; the review must not say that
// nobody gains access by it.

type Values = Readonly<Record<string, unknown>>;

function change(address: string, before: Values | null, after: Values | null, more: object = {}) {
  const actions = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return resource(address, { actions, before, after, ...more });
}

/**
 * @param expressions what the configuration gives a value; undefined: the plan has no configuration
 */
function reviewed(one: { readonly address: string; readonly type: string }, expressions?: Values) {
  const { address, type } = one;
  const resources = [{ address, mode: "managed", type, name: "x", expressions }];
  const configuration = expressions === undefined ? {} : { configuration: { root_module: { resources } } };
  return reviewOf([readPlan(plan([one], configuration), "plan")], {});
}

const told = (...asked: Parameters<typeof reviewed>): readonly string[] =>
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
  ["a type that nobody here has heard of", "aws_thing_from_tomorrow", null, { principal: "*" }],
])("%s is named, and unknown", (_, type, before, after) => {
  expect(told(change(`${type}.x`, before, after))).toEqual([
    expect.stringMatching(new RegExp(`^permissions unknown ${type}.x: not compared: `)),
  ]);
});

test.each<[what: string, one: ReturnType<typeof change>]>([
  ["a key gets a tag", change("aws_kms_key.x", key(open), key(open, { tags: { team: "web" } }))],
  ["a policy that only says what is deleted", change("aws_ecr_lifecycle_policy.x", null, { policy: "{}" })],
  ["a resource of another provider", change("random_id.x", null, { policy: open })],
  ["a resource without anything of that kind", change("aws_sqs_queue.x", null, { name: "jobs" })],
  [
    "nothing is done with it",
    resource("aws_kms_key.x", { actions: ["no-op"], before: key(open), after: key(open) }),
  ],
])("%s: nothing of access", (_, one) => {
  expect(told(one)).toEqual([]);
});

test("a principal that the provider fills in makes no grant of a resource", () => {
  const one = change(
    "aws_lightsail_container_service.x",
    { power: "nano", principal_arn: "arn:aws:iam::1:role/own" },
    { power: "micro", principal_arn: "arn:aws:iam::1:role/own" },
  );
  expect(told(one, { power: {} })).toEqual([]);
});
