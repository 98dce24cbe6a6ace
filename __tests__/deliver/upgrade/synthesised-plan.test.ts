import { synthesisedChange } from "../../../lib/deliver/upgrade/synthesised-plan";
import { readPlan } from "../../../lib/diff/read-plan";
import type { Json, JsonObject } from "../../../lib/iam/language/json";
import { reviewOf } from "../../../lib/report/model/review-of";

const HOST = "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";

function trust(subject: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${HOST}` },
      Condition: { StringLike: { [`${HOST}:sub`]: subject } },
    },
  });
}

function stack(resource: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    terraform: { required_providers: { aws: { source: "aws", version: "5.100.0" } } },
    resource,
    ...more,
  };
}

function roleWith(policy: string): JsonObject {
  return { aws_iam_role: { deploy: { "//": { metadata: {} }, name: "deploy", assume_role_policy: policy } } };
}

/** What the review says of access, and which addresses change. */
function reviewed(before: Json | undefined, after: Json | undefined) {
  const { plan, otherParts } = synthesisedChange(before, after);
  const { access, notExamined, stacks } = reviewOf([readPlan(plan, "main")], {});
  return {
    access: access.map(({ aspect, subject, relation }) => `${aspect} ${subject} ${relation}`),
    notExamined: notExamined?.length ?? 0,
    resources: stacks.flatMap(({ resources }) =>
      resources.map(({ address, action }) => `${action} ${address}`),
    ),
    otherParts,
  };
}

const narrow = stack(roleWith(trust("org/*/user/0*")));
const nothing = { access: [], notExamined: 0, resources: [], otherParts: [] };

test("two syntheses that are equal change nothing; comments of cdktf are not compared", () => {
  expect(reviewed(narrow, { ...narrow, "//": { metadata: { version: "0.22.0" } } })).toEqual(nothing);
});

test("a trust policy that allows more is broader, the reverse is narrower", () => {
  const wide = stack(roleWith(trust("org/*")));
  expect(reviewed(narrow, wide).access).toEqual(["trust deploy broader"]);
  expect(reviewed(wide, narrow).access).toEqual(["trust deploy narrower"]);
});

test("a new stack creates its resources, one that is no longer declared destroys them", () => {
  expect(reviewed(undefined, narrow).resources).toEqual(["create aws_iam_role.deploy"]);
  expect(reviewed(narrow, undefined).resources).toEqual(["destroy aws_iam_role.deploy"]);
});

test("references to arguments of the stack have their values: who gets a policy is known", () => {
  const attachment = (name: string) =>
    stack({
      ...roleWith(trust("org/*")),
      aws_iam_role_policy: {
        own: { name: "own", role: "${aws_iam_role.deploy.name}", policy: statement(name) },
      },
    });
  const statement = (action: string) =>
    JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: action, Resource: "*" } });
  expect(reviewed(attachment("s3:GetObject"), attachment("s3:*")).access).toEqual([
    "permissions deploy broader",
  ]);
});

describe("an expression whose value is not in the stack", () => {
  const withData = (values: readonly string[]) =>
    stack(roleWith("${data.aws_iam_policy_document.trust.json}"), {
      data: { aws_iam_policy_document: { trust: { statement: [{ actions: values }] } } },
    });

  test("is the same where all that it can refer to is the same", () => {
    expect(reviewed(withData(["a"]), withData(["a"]))).toEqual(nothing);
  });

  test("is unknown where what it refers to differs, never the same", () => {
    const { access, otherParts } = reviewed(withData(["a"]), withData(["b"]));
    expect(access).toEqual(["trust deploy unknown"]);
    expect(otherParts).toEqual(["data"]);
  });
});

describe("an expression over other resources", () => {
  const withQueue = (name: string) =>
    stack({
      aws_iam_role: {
        deploy: { name: "deploy", assume_role_policy: "${jsonencode(aws_sqs_queue.q.policy_of)}" },
      },
      aws_sqs_queue: { q: { name: "q", kms_master_key_id: "${aws_kms_key.k.id}" } },
      aws_kms_key: { k: { description: name } },
    });

  test("is the same where they are the same, and all that they refer to", () => {
    expect(reviewed(withQueue("a"), withQueue("a"))).toEqual(nothing);
  });

  test("is unknown where one that they refer to differs", () => {
    expect(reviewed(withQueue("a"), withQueue("b")).access).toContain("trust deploy unknown");
  });
});

test("parts that are no resources, and arguments of Terraform itself, are named", () => {
  const kept = stack({ aws_s3_bucket: { site: { bucket: "site", lifecycle: { prevent_destroy: true } } } });
  const lost = stack(
    { aws_s3_bucket: { site: { bucket: "site" } } },
    { provider: { aws: [{ region: "x" }] } },
  );
  expect(reviewed(kept, lost).otherParts).toEqual(["aws_s3_bucket.site lifecycle", "provider"]);
});

test("a literal template is text, not an expression", () => {
  const tagged = (tag: string) => stack({ aws_s3_bucket: { site: { bucket: "site", tags: { who: tag } } } });
  const { plan } = synthesisedChange(tagged("$${aws:username}"), tagged("$${aws:username}"));
  expect(JSON.parse(plan).resource_changes[0].change).toMatchObject({
    actions: ["no-op"],
    after: { tags: { who: "${aws:username}" } },
    after_unknown: {},
  });
});
