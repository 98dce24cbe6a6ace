import { coverageOf } from "../../../lib/diff/coverage/coverage";
import { grantPathsOf } from "../../../lib/diff/coverage/grant-attributes";
import table from "../../../lib/diff/coverage/resource-types.json";
import { NOTHING_FOUND, sortTypes, typesSortedByHand } from "../../../lib/diff/coverage/sort-types";

const everyType = (groups: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.values(groups).flat();

const examined = new Set(everyType(table.examined));
const noAccess = everyType(table.noAccess);
const notExamined = everyType(table.notExamined);

test("each type is exactly one of examined, no access and not examined", () => {
  const all = [...examined, ...noAccess, ...notExamined];
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(1_500);
});

test("each type is sorted by hand at most once, but can have several comparisons", () => {
  const all = typesSortedByHand();
  expect(all.filter((type, at) => all.indexOf(type) !== at)).toEqual([]);
});

test("a type with an argument that can grant access is without effect only if listed by hand, with a reason", () => {
  const granting = new Set(Object.values(table.arguments).flatMap((byType) => Object.keys(byType)));
  const byRule = table.noAccess[NOTHING_FOUND];
  expect(byRule.filter((type) => granting.has(type))).toEqual([]);
  for (const reason of Object.keys(table.noAccess)) expect(reason.length).toBeGreaterThan(15);
});

test("arguments are listed for types that are in the table", () => {
  const all = new Set([...examined, ...noAccess, ...notExamined]);
  const named = Object.values(table.arguments).flatMap((byType) => Object.keys(byType));
  expect([...named, ...Object.keys(table.byArguments)].filter((type) => !all.has(type))).toEqual([]);
});

test.each([
  ["aws_iam_role", "examined"],
  ["aws_vpc", "no-access"],
  ["aws_sqs_queue_redrive_policy", "no-access"],
  ["aws_cloudformation_stack", "not-examined"],
  ["aws_cloudcontrolapi_resource", "not-examined"],
  ["aws_lambda_invocation", "not-examined"],
  ["aws_thing_from_tomorrow", "not-examined"],
  ["awscc_iam_role", "not-examined"],
  ["random_id", "no-access"],
  ["kubernetes_role_binding", "not-examined"],
])("%s: %s", (type, verdict) => {
  expect(coverageOf(type).verdict).toBe(verdict);
});

test("a type of a provider other than HashiCorp's is not examined, with any name", () => {
  expect(coverageOf("aws_vpc", "registry.opentofu.org/hashicorp/aws").verdict).toBe("no-access");
  expect(coverageOf("aws_vpc", "registry.terraform.io/mallory/aws").verdict).toBe("not-examined");
  expect(coverageOf("aws_vpc", "registry.terraform.io/mallory-hashicorp/aws").verdict).toBe("not-examined");
  expect(coverageOf("random_id", "registry.terraform.io/hashicorp/random").verdict).toBe("no-access");
  expect(coverageOf("random_id", "registry.terraform.io/mallory/random").verdict).toBe("not-examined");
  expect(coverageOf("terraform_data", "terraform.io/builtin/terraform").verdict).toBe("no-access");
});

test("a rule finds arguments in blocks, nested attributes and objects, without computed ones", () => {
  const found = grantPathsOf({
    attributes: {
      arn: { type: "string" },
      role_arn: { type: "string" },
      policy: { type: "string", optional: true },
      policies: { type: ["map", "number"], optional: true },
      name: { type: "string", required: true },
      members: { type: ["list", ["object", { principal: "string", size: "number" }]], optional: true },
      settings: {
        nested_type: { attributes: { execution_role: { type: "string", required: true } } },
        optional: true,
      },
    },
    block_types: {
      iam_instance_profile: { block: { attributes: { arn: { type: "string", optional: true } } } },
      share: {
        block: {
          block_types: { to: { block: { attributes: { account_id: { type: "string", required: true } } } } },
        },
      },
    },
  });
  expect(Object.fromEntries(found)).toEqual({
    policy: ["policy"],
    role: ["iam_instance_profile.arn", "settings.execution_role"],
    principal: ["members.principal"],
    account: ["share.to.account_id"],
  });
});

test("a new type without such arguments has no access, unless its service is about access; one with them is not examined", () => {
  const sorted = sortTypes(
    new Map([
      ["aws_new_thing", {}],
      ["aws_new_thing_policy", { attributes: { policy: { type: "string", required: true } } }],
      ["aws_iam_new_thing", {}],
    ]),
  );
  expect(sorted.noAccess).toEqual({ [NOTHING_FOUND]: ["aws_new_thing"] });
  expect(sorted.notExamined).toEqual({
    "belongs to a service that manages access": ["aws_iam_new_thing"],
    "holds a policy or another document": ["aws_new_thing_policy"],
  });
});
