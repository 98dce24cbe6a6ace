import { readPlan } from "../../../../lib/diff/read-plan";
import type { Review } from "../../../../lib/report/model/review";
import { reviewOf } from "../../../../lib/report/model/review-of";
import { gateItemsIn } from "../../../../lib/report/verdict/gate";
import { isAllClear, verdictOf } from "../../../../lib/report/verdict/verdict";
import { open, plan, resource, trustFor } from "../../../plan/a-plan";

// One name in two accounts is two objects. A plan shows the account by ARNs, by
// `allowed_account_ids`, or not at all.

type Values = Readonly<Record<string, unknown>>;

interface Piece {
  readonly address: string;
  readonly before: Values | null;
  readonly after: Values | null;
  /** Its provider configuration; undefined: it is no longer in the configuration. */
  readonly provider?: string;
}

const A = "123456789012";
const B = "999999999999";
const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const allow = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});

/** @param providers by key, which accounts they are allowed to work in */
function planOf(
  pieces: readonly Piece[],
  providers: Readonly<Record<string, readonly string[]>>,
  more: object = {},
): string {
  const provider_config = Object.fromEntries(
    Object.entries(providers).map(([key, ids]) => [
      key,
      { name: "aws", expressions: ids.length === 0 ? {} : { allowed_account_ids: { constant_value: ids } } },
    ]),
  );
  const resources = pieces.flatMap(({ address, provider }) =>
    provider === undefined
      ? []
      : [
          {
            address,
            mode: "managed",
            type: address.split(".")[0],
            provider_config_key: provider,
            expressions: {},
          },
        ],
  );
  return plan(
    pieces.map(({ address, before, after }) => {
      const actions =
        before === null
          ? ["create"]
          : after === null
            ? ["delete"]
            : before === after
              ? ["no-op"]
              : ["update"];
      return resource(address, {
        actions,
        before,
        after,
        after_unknown: before === null ? { arn: true } : {},
      });
    }),
    { configuration: { provider_config, root_module: { resources } }, ...more },
  );
}

const review = (...plans: readonly string[]): Review =>
  reviewOf(
    plans.map((text, index) => readPlan(text, `plan-${index}`)),
    {},
  );
const gates = (one: Review): ReadonlySet<string> => new Set(gateItemsIn(one).map(({ kind }) => kind));
const relations = ({ access }: Review): readonly string[] =>
  access.map(({ relation, subject }) => `${relation} ${subject}`);
const outcome = (one: Review): string => verdictOf(one).outcome;
/** The subjects whose change could not be determined. */
const undetermined = (one: Review): readonly string[] =>
  verdictOf(one).undetermined.map(({ subject }) => subject);

const role = { name: "deploy", assume_role_policy: trustFor() };
const user = { name: "eve", path: "/" };
const policy = { name: "all", path: "/", policy: allow };
const bucket = { bucket: "site", policy: open };
const provider = { url: "https://oidc.example.com", client_id_list: ["x"] };

describe.each<[what: string, type: string, values: Values, arn: string]>([
  ["a role", "aws_iam_role", role, `arn:aws:iam::${A}:role/deploy`],
  ["a user", "aws_iam_user", user, `arn:aws:iam::${A}:user/eve`],
  ["a group", "aws_iam_group", { name: "ops" }, `arn:aws:iam::${A}:group/ops`],
  ["a policy", "aws_iam_policy", policy, `arn:aws:iam::${A}:policy/all`],
  ["a bucket", "aws_s3_bucket", bucket, "arn:aws:s3:::site"],
  [
    "an OIDC provider",
    "aws_iam_openid_connect_provider",
    provider,
    `arn:aws:iam::${A}:oidc-provider/oidc.example.com`,
  ],
])("%s that moves to another provider configuration", (_, type, values, arn) => {
  const moved = (configuration: string | undefined): readonly Piece[] => [
    {
      address: `${type}.a`,
      before: { ...values, arn },
      after: null,
      ...(configuration === undefined ? {} : { provider: configuration }),
    },
    { address: `${type}.b`, before: null, after: values, provider: "aws.b" },
  ];

  test("is unknown if the accounts are unknown", () => {
    for (const configuration of ["aws", undefined]) {
      const one = review(planOf(moved(configuration), { aws: [], "aws.b": [] }));
      expect([...gates(one)].filter((gate) => gate === "unknown" || gate === "not-examined")).not.toEqual([]);
      expect(isAllClear(verdictOf(one))).toBe(false);
    }
  });

  test("is known if both work in one account", () => {
    const one = review(planOf(moved("aws"), { aws: [A], "aws.b": [A] }));
    expect(relations(one).filter((text) => text.startsWith("unknown"))).toEqual([]);
  });
});

test.each<[what: string, type: string, values: Values]>([
  ["an attachment", "aws_iam_role_policy_attachment", { role: "deploy", policy_arn: admin }],
  ["an inline policy", "aws_iam_role_policy", { role: "deploy", name: "p", policy: allow }],
])("%s that moves to another provider configuration may move to another role", (_, type, values) => {
  const held = { ...role, arn: `arn:aws:iam::${A}:role/deploy` };
  const pieces: readonly Piece[] = [
    { address: "aws_iam_role.deploy", before: held, after: held, provider: "aws" },
    { address: `${type}.a`, before: values, after: null, provider: "aws" },
    { address: `${type}.b`, before: null, after: values, provider: "aws.b" },
  ];
  const one = review(planOf(pieces, { aws: [], "aws.b": [] }));
  expect(gates(one)).toContain("unknown");
  expect(gates(one)).toContain("broader");
  // Its nearest: the same in one account changes nothing.
  expect(outcome(review(planOf(pieces, { aws: [A], "aws.b": [A] })))).toBe("unchanged");
  // And in two that are known it is given.
  expect(gates(review(planOf(pieces, { aws: [A], "aws.b": [B] })))).toContain("broader");
});

test("moving a role between plans of unknown accounts is unknown; between known accounts it is no change", () => {
  const from: Piece = {
    address: "aws_iam_role.a",
    before: { ...role, arn: `arn:aws:iam::${A}:role/deploy` },
    after: null,
    provider: "aws",
  };
  const to: Piece = { address: "aws_iam_role.a", before: null, after: role, provider: "aws" };
  const moved = (one: readonly string[], other: readonly string[]) =>
    review(planOf([from], { aws: one }), planOf([to], { aws: other }));
  expect(undetermined(moved([], []))).toEqual(["deploy"]);
  expect(undetermined(moved([A], []))).toEqual(["deploy"]);
  expect(outcome(moved([A], [A]))).toBe("unchanged");
  expect(outcome(moved([A], [B]))).toBe("grows");
});

test("an attachment that moves between plans without any account is unknown", () => {
  const values = { role: "deploy", policy_arn: admin };
  const [from, to]: readonly Piece[] = [
    { address: "aws_iam_role_policy_attachment.a", before: values, after: null, provider: "aws" },
    { address: "aws_iam_role_policy_attachment.a", before: null, after: values, provider: "aws" },
  ];
  if (from === undefined || to === undefined) throw new Error("two pieces");
  const one = review(planOf([from], { aws: [] }), planOf([to], { aws: [] }));
  expect(gates(one)).toContain("unknown");
});

test("the caller identity of a provider determines the account of a new role", () => {
  const pieces: readonly Piece[] = [
    {
      address: "aws_iam_role.a",
      before: { ...role, arn: `arn:aws:iam::${A}:role/deploy` },
      after: null,
      provider: "aws",
    },
    { address: "aws_iam_role.b", before: null, after: role, provider: "aws" },
  ];
  const caller = (account: string) => ({
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: "data.aws_caller_identity.x",
              mode: "data",
              type: "aws_caller_identity",
              values: { account_id: account },
            },
          ],
        },
      },
    },
  });
  expect(outcome(review(planOf(pieces, { aws: [] }, caller(A))))).toBe("unchanged");
  expect(outcome(review(planOf(pieces, { aws: [] }, caller(B))))).toBe("grows");
  // One provider configuration has read the old role, and makes the new one.
  expect(outcome(review(planOf(pieces, { aws: [] })))).toBe("unchanged");
  const [from, to] = pieces;
  if (from === undefined || to === undefined) throw new Error("two pieces");
  const other = review(planOf([from, { ...to, provider: "aws.b" }], { aws: [], "aws.b": [] }));
  expect(undetermined(other)).toEqual(["deploy"]);
});

test("a resource that left the configuration is in the one account that all configurations may work in", () => {
  const held = { ...role, arn: `arn:aws:iam::${A}:role/deploy` };
  const pieces: readonly Piece[] = [
    { address: "aws_iam_role.deploy", before: held, after: null },
    { address: "aws_iam_role_policy.p", before: { role: "deploy", name: "p", policy: allow }, after: null },
  ];
  expect(undetermined(review(planOf(pieces, { aws: [A], "aws.b": [A] })))).toEqual([]);
  expect(undetermined(review(planOf(pieces, { aws: [A], "aws.b": [B] })))).toEqual(["deploy"]);
});

test("several provider configurations in one plan are not by themselves unknown", () => {
  const pieces: readonly Piece[] = [
    { address: "aws_iam_role.a", before: null, after: role, provider: "aws" },
    {
      address: "aws_iam_role_policy_attachment.a",
      before: null,
      after: { role: "deploy", policy_arn: admin },
      provider: "aws",
    },
    { address: "aws_acm_certificate.a", before: null, after: { domain_name: "x" }, provider: "aws.b" },
  ];
  const one = review(planOf(pieces, { aws: [], "aws.b": [] }));
  expect(relations(one).filter((text) => text.startsWith("unknown"))).toEqual([]);
});
