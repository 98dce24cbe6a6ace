import { plainText } from "../../../lib/describe/phrase";
import { verdictLine } from "../../../lib/report/document/verdict-line";
import { printHtml } from "../../../lib/report/html/report";
import { fitMarkdown, printMarkdown } from "../../../lib/report/markdown/report";
import { hasChanges } from "../../../lib/report/model/has-changes";
import type { Review } from "../../../lib/report/model/review";
import { gateItemsIn } from "../../../lib/report/verdict/gate";
import { verdictOf } from "../../../lib/report/verdict/verdict";
import { plan, resource, reviewPlan, trustFor } from "../../plan/a-plan";

// A verdict is all clear only where everything that a plan touches was examined.

const reviewed = (resources: readonly object[], more: object = {}): Review =>
  reviewPlan(plan(resources, more), "plan", undefined);
/** The outcome, then the addresses that were not examined. */
const verdict = (review: Review): readonly string[] => {
  const { outcome, notExamined } = verdictOf(review);
  return [outcome, ...notExamined.map(({ address }) => address)];
};
const gates = (review: Review): readonly string[] => [
  ...new Set(gateItemsIn(review).map(({ kind }) => kind)),
];
const reported = ({ notExamined = [] }: Review): readonly string[] =>
  notExamined.map(({ source, address, reason }) => `${source} ${address}: ${plainText(reason)}`);

const create = (address: string, after: object = { name: "x" }, more: object = {}) =>
  resource(address, { actions: ["create"], before: null, after }, more);
const destroy = (address: string, before: object = { name: "x" }) =>
  resource(address, { actions: ["delete"], before, after: null });
const update = (address: string, before: object, after: object) =>
  resource(address, { actions: ["update"], before, after });

const QUIET = ["unchanged"];

test.each([
  "aws_cloudformation_stack",
  "aws_cloudformation_stack_set",
  "aws_cloudformation_stack_set_instance",
  "aws_cloudcontrolapi_resource",
  "aws_servicecatalog_provisioned_product",
  "aws_serverlessapplicationrepository_cloudformation_stack",
  "aws_lambda_invocation",
  "aws_ssm_association",
  "aws_budgets_budget_action",
  "aws_thing_from_tomorrow",
  "awscc_iam_role",
  "awscc_s3_bucket",
  "kubernetes_manifest",
  "github_repository",
  "vault_aws_secret_backend_role",
])("%s: not examined when it is created, changed or destroyed", (type) => {
  for (const one of [
    create(`${type}.x`),
    destroy(`${type}.x`),
    update(`${type}.x`, { name: "x" }, { name: "y" }),
  ]) {
    const review = reviewed([one]);
    expect(verdict(review)).toEqual(["unchanged", `${type}.x`]);
    expect(gates(review)).toContain("not-examined");
    expect(review.notExamined).toMatchObject([{ address: `${type}.x`, type, source: "plan" }]);
  }
});

test.each([
  "aws_vpc",
  "aws_route53_record",
  "random_id",
  "time_sleep",
  "null_resource",
  "terraform_data",
  "aws_s3_bucket_versioning",
])("%s does not affect access", (type) => {
  const review = reviewed([create(`${type}.x`)]);
  expect(verdict(review)).toEqual(QUIET);
  expect(gates(review)).toEqual([]);
});

test.each([
  ["aws_vpc_security_group_ingress_rule", { cidr_ipv4: "0.0.0.0/0" }, ""],
  ["aws_security_group", { ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] }, "ingress; "],
  ["aws_network_acl", { ingress: [{ cidr_block: "0.0.0.0/0" }] }, "ingress; "],
  ["aws_route", { destination_cidr_block: "0.0.0.0/0" }, ""],
])("what %s opens in a network is no part of an all-clear", (type, after, said) => {
  const review = reviewed([create(`${type}.x`, after)]);
  expect(verdict(review)).toEqual(["unchanged", `${type}.x`]);
  expect(review.notExamined?.map(({ reason }) => plainText(reason))).toEqual([
    `create: ${said}network: from where a resource can be reached`,
  ]);
});

test("a new resource's argument that is not configured is the provider's to tell; one that is configured counts", () => {
  const bucket = { mode: "managed", type: "aws_s3_bucket", name: "x" };
  const withLogging = (expressions: object) => {
    const one = resource("aws_s3_bucket.x", {
      actions: ["create"],
      before: null,
      after: { bucket: "x" },
      after_unknown: { logging: true },
    });
    const configuration = {
      root_module: { resources: [{ ...bucket, address: "aws_s3_bucket.x", expressions }] },
    };
    return reviewed([one], { configuration }).notExamined ?? [];
  };
  expect(withLogging({ bucket: {} })).toEqual([]);
  expect(withLogging({ bucket: {}, logging: [{}] })).toMatchObject([{ address: "aws_s3_bucket.x" }]);
});

test("reading, moving, importing or forgetting a resource is not listed", () => {
  const same = { name: "x" };
  const nothing = { actions: ["no-op"], before: same, after: same };
  const review = reviewed([
    resource("aws_cloudformation_stack.same", nothing),
    resource("aws_cloudformation_stack.moved", nothing, { previous_address: "aws_cloudformation_stack.old" }),
    resource("aws_cloudformation_stack.imported", { ...nothing, importing: { id: "x" } }),
    resource("aws_cloudformation_stack.forgotten", { actions: ["forget"], before: same, after: null }),
    resource(
      "data.aws_caller_identity.x",
      { actions: ["read"], before: null, after: same },
      { mode: "data", type: "aws_caller_identity" },
    ),
  ]);
  expect(reported(review)).toEqual([]);
  expect(verdict(review)).toEqual(QUIET);
});

test("a type of another provider with an AWS name is not examined", () => {
  const one = create("aws_vpc.x", {}, { provider_name: "registry.terraform.io/mallory/aws" });
  expect(verdict(reviewed([one]))).toEqual(["unchanged", "aws_vpc.x"]);
  const own = create("aws_vpc.x", {}, { provider_name: "registry.opentofu.org/hashicorp/aws" });
  expect(verdict(reviewed([own]))).toEqual(QUIET);
});

test("drift and deferred changes of such a type are listed too", () => {
  const drift = { resource_drift: [update("aws_cloudformation_stack.x", { a: 1 }, { a: 2 })] };
  expect(reported(reviewed([], drift))).toEqual([
    "drift aws_cloudformation_stack.x: changed outside of Terraform: creates the resources of its template, which may include IAM roles and policies",
  ]);
  const deferred = {
    reason: "provider_config_unknown",
    resource_change: create("aws_cloudformation_stack.x"),
  };
  const review = reviewed([], { deferred_changes: [deferred] });
  expect(reported(review)).toEqual([
    "deferred aws_cloudformation_stack.x: deferred to a later plan: creates the resources of its template, which may include IAM roles and policies",
  ]);
  expect(verdict(review)).not.toContain("no-changes");
});

test("data sources and ephemeral resources with side effects are listed; others are not", () => {
  const data = (type: string) =>
    resource(`data.${type}.x`, { actions: ["read"], before: null, after: {} }, { mode: "data", type });
  expect(reported(reviewed([data("external")]))).toEqual([
    "plan data.external.x: read: runs a program; its effect is not in the plan",
  ]);
  expect(reported(reviewed([data("aws_lambda_invocation")]))).toHaveLength(1);
  expect(reported(reviewed([data("aws_vpc")]))).toEqual([]);
  const opened = resource(
    "ephemeral.aws_lambda_invocation.x",
    { actions: ["open"] },
    { mode: "ephemeral", type: "aws_lambda_invocation" },
  );
  expect(reported(reviewed([opened]))).toEqual([
    "plan ephemeral.aws_lambda_invocation.x: open: runs a function; its effect is not in the plan",
  ]);
});

describe("where only some arguments can change access", () => {
  const listener = (more: object) => ({ port: 443, default_action: [{ type: "forward", ...more }] });
  const login = { authenticate_oidc: [{ issuer: "https://example.com" }] };

  test("a change of another argument is not listed", () => {
    const none = listener({ authenticate_oidc: [] });
    expect(reported(reviewed([create("aws_lb_listener.x", none)]))).toEqual([]);
    expect(
      reported(reviewed([update("aws_lb_listener.x", listener(login), { ...listener(login), port: 80 })])),
    ).toEqual([]);
  });

  test("a change of one of them is listed with its name", () => {
    expect(reported(reviewed([update("aws_lb_listener.x", listener(login), listener({}))]))).toEqual([
      expect.stringMatching(/^plan aws_lb_listener\.x: update: default_action\.authenticate_oidc; /),
    ]);
  });

  test("and one that is known only after apply", () => {
    const one = resource("aws_lb_listener.x", {
      actions: ["create"],
      before: null,
      after: listener({}),
      after_unknown: { default_action: [{ authenticate_oidc: true }] },
    });
    expect(reported(reviewed([one]))).toHaveLength(1);
  });
});

describe("provisioners", () => {
  const configured = (provisioners: readonly object[]) => ({
    configuration: {
      root_module: {
        resources: [
          { address: "null_resource.x", mode: "managed", type: "null_resource", name: "x", provisioners },
        ],
      },
    },
  });
  const local = configured([{ type: "local-exec" }, { type: "local-exec" }, { type: "remote-exec" }]);

  test.each([
    ["created", create("null_resource.x")],
    ["destroyed", destroy("null_resource.x")],
    ["replaced", resource("null_resource.x", { actions: ["delete", "create"] })],
  ])("run when their resource is %s", (_, one) => {
    const review = reviewed([one], local);
    expect(reported(review)).toEqual([
      expect.stringMatching(
        /runs provisioners \(local-exec, remote-exec\); their effect is not in the plan$/,
      ),
    ]);
    expect(gates(review)).toContain("not-examined");
  });

  test("and not if the resource is only updated, or has none", () => {
    expect(reported(reviewed([update("null_resource.x", { a: 1 }, { a: 2 })], local))).toEqual([]);
    expect(reported(reviewed([create("null_resource.x")], configured([])))).toEqual([]);
  });

  test("in a module, and of each instance", () => {
    const resources = [
      {
        address: "terraform_data.x",
        mode: "managed",
        type: "terraform_data",
        name: "x",
        provisioners: [{ type: "local-exec" }],
      },
    ];
    const configuration = { root_module: { module_calls: { m: { module: { resources } } } } };
    const one = create('module.m["a"].terraform_data.x[0]', {}, { type: "terraform_data" });
    expect(reported(reviewed([one], { configuration }))).toHaveLength(1);
  });
});

describe("what a newer Terraform adds to a plan", () => {
  test("a field that is not known is not examined, by name", () => {
    const review = reviewed([], { format_version: "1.3", quantum_changes: [{ address: "a.b" }] });
    expect(reported(review)).toEqual([
      expect.stringMatching(/a field of the plan that this release does not know/),
    ]);
    expect(review.notExamined).toMatchObject([{ address: "quantum_changes", what: "format", type: "" }]);
    expect(gates(review)).toContain("not-examined");
    expect(review.stacks).toMatchObject([{ newerFormat: "1.3" }]);
  });

  test("a field without content plans nothing, and a known one in a newer format is read", () => {
    const more = {
      format_version: "1.3",
      quantum_changes: [],
      resource_drift: [],
      quantum: false,
      nothing: null,
    };
    expect(reported(reviewed([], more))).toEqual([]);
  });

  test("all fields of Terraform 1.17 are known, and no note is made of them", () => {
    const named = [
      ...["terraform_version", "relevant_attributes", "timestamp", "applyable", "complete", "planned_values"],
      ...["prior_state", "configuration"],
    ];
    const more = Object.fromEntries(named.map((name) => [name, name === "complete" ? true : { a: "b" }]));
    const review = reviewed([], more);
    expect(reported(review)).toEqual([]);
    expect(review.stacks[0]).not.toHaveProperty("newerFormat");
  });
});

// Written by hand, as the "JSON Output Format" has it: no argument of provider 5.100 but secrets is
// write-only.
describe("write-only arguments, which a plan has no value of", () => {
  const address = "aws_iam_role_policy.x";
  const configured = (...names: readonly string[]) => ({
    configuration: {
      root_module: {
        resources: [
          {
            address,
            mode: "managed",
            type: "aws_iam_role_policy",
            name: "x",
            expressions: Object.fromEntries(names.map((name) => [name, {}])),
          },
        ],
      },
    },
  });
  const values = { name: "x", role: "r", policy: '{"Version":"2012-10-17","Statement":[]}' };
  const lines = (one: object, more: object) =>
    reported(reviewed([one], more)).filter((line) => line.includes("write-only"));

  test("are not examined when they are written: on creation, and with a new version", () => {
    const more = configured("name", "policy_wo");
    expect(lines(create(address, values), more)).toEqual([expect.stringContaining("policy_wo")]);
    const [one, two] = [1, 2].map((policy_wo_version) => ({ ...values, policy_wo_version }));
    expect(lines(update(address, one ?? {}, two ?? {}), more)).toEqual([
      expect.stringContaining("policy_wo"),
    ]);
  });

  test("and not otherwise", () => {
    const more = configured("name", "policy_wo");
    expect(lines(update(address, values, { ...values, name: "y" }), more)).toEqual([]);
    expect(lines(destroy(address), more)).toEqual([]);
    expect(lines(create(address, values), configured("policy", "password_wo", "secret_string_wo"))).toEqual(
      [],
    );
  });
});

test("a resource reported as unknown is not listed as not examined", () => {
  const review = reviewed([
    create("aws_iam_saml_provider.x", { name: "idp", saml_metadata_document: "<xml/>" }),
  ]);
  expect(review.access).toMatchObject([{ relation: "unknown" }]);
  expect(reported(review)).toEqual([]);
});

test("its provisioners are listed nevertheless, because accepting one does not accept the other", () => {
  const address = "aws_iam_saml_provider.x";
  const resources = [
    {
      address,
      mode: "managed",
      type: "aws_iam_saml_provider",
      name: "x",
      provisioners: [{ type: "local-exec" }],
      expressions: { name: {}, saml_metadata_document: {} },
    },
  ];
  const review = reviewed([create(address, { name: "idp", saml_metadata_document: "<xml/>" })], {
    configuration: { root_module: { resources } },
  });
  expect(review.access).toMatchObject([{ relation: "unknown" }]);
  expect(review.notExamined).toMatchObject([{ address, what: "provisioners" }]);
});

test("what was not examined is listed in addition to gains, losses and unknown changes", () => {
  const stack = create("aws_cloudformation_stack.x");
  const role = (before: string | null, after: string | null) =>
    resource("aws_iam_role.deploy", {
      actions: before === null ? ["create"] : ["delete"],
      before: before === null ? null : { name: "deploy", assume_role_policy: before },
      after: after === null ? null : { name: "deploy", assume_role_policy: after },
    });
  expect(verdict(reviewed([stack, role(null, trustFor())]))).toEqual(["grows", "aws_cloudformation_stack.x"]);
  expect(verdict(reviewed([stack, role(trustFor(), null)]))).toEqual([
    "shrinks",
    "aws_cloudformation_stack.x",
  ]);
});

test("the headline counts them, the report names all of them, and a comment as many as fit", () => {
  const many = Array.from({ length: 40 }, (_, index) => create(`aws_cloudformation_stack.s${index}`));
  const review = reviewed(many);
  expect(verdict(review)).toHaveLength(41);
  expect(plainText(verdictLine(review).text)).toBe("Access was not examined in 40 resources");
  for (const text of [printMarkdown(review), printHtml(review)])
    for (const { id } of review.notExamined ?? []) expect(text).toContain(id);
  expect(fitMarkdown(review, 3_000)).toMatch(/\*\*\d+ more not examined\*\*/);
});

test("an id covers exactly the change", () => {
  const idOf = (body: string) =>
    reviewed([create("aws_cloudformation_stack.x", { template_body: body })]).notExamined?.[0]?.id;
  expect(idOf("{}")).toMatch(/^not-examined-[0-9a-f]{12}$/);
  expect(idOf("{}")).not.toBe(idOf('{"Resources":{}}'));
});

test("a review with something not examined has changes", () => {
  expect(hasChanges(reviewed([create("aws_cloudformation_stack.x")]))).toBe(true);
  expect(hasChanges(reviewed([]))).toBe(false);
});

test("secrets are in no entry", () => {
  const one = create('aws_cloudformation_stack.x["hidden-token-1"]', {
    parameters: { password: "hidden-token-1" },
  });
  const marked = {
    ...one,
    type: "aws_cloudformation_stack",
    change: { ...one.change, after_sensitive: { parameters: true } },
  };
  const review = reviewed([marked]);
  expect(review.notExamined).toHaveLength(1);
  expect(JSON.stringify(review)).not.toContain("hidden-token-1");
});

describe("tags", () => {
  const tagged = (type: string, team: string) =>
    update(`${type}.x`, { name: "x", tags: { team: "web" } }, { name: "x", tags: { team } });
  const asking = (key: string) =>
    update(
      "aws_iam_policy.p",
      { name: "p" },
      {
        name: "p",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: "ec2:*",
              Resource: "*",
              Condition: { StringEquals: { [key]: "web" } },
            },
          ],
        }),
      },
    );

  test("of a role or a user are listed, because any policy can use them", () => {
    for (const type of ["aws_iam_role", "aws_iam_user"]) {
      expect(reported(reviewed([tagged(type, "ops")]))).toEqual([
        `plan ${type}.x: update: tags, which policies can use in conditions (aws:PrincipalTag)`,
      ]);
      expect(reported(reviewed([tagged(type, "web")]))).toEqual([]);
    }
  });

  test.each(["aws:ResourceTag/team", "ec2:resourcetag/team", "s3:ExistingObjectTag/team"])(
    "of other resources are listed if a policy of the plans uses %s",
    (key) => {
      const addresses = (...resources: readonly object[]) =>
        (reviewed(resources).notExamined ?? []).map(({ address }) => address);
      expect(addresses(tagged("aws_vpc", "ops"), asking(key))).toEqual(["aws_vpc.x"]);
      expect(addresses(tagged("aws_vpc", "web"), asking(key))).toEqual([]);
      expect(addresses(tagged("aws_vpc", "ops"), asking("aws:SourceVpc"))).toEqual([]);
    },
  );
});
