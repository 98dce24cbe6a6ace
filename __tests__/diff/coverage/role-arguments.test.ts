import { argumentsOf, coverageOf } from "../../../lib/diff/coverage/coverage";
import table from "../../../lib/diff/coverage/resource-types.json";
import { isRoleArgument } from "../../../lib/diff/coverage/role-arguments";
import { markedRolePaths, plainPath, roleLeavesIn } from "../../../lib/diff/handlers/runs-as/role-paths";

/** Arguments of the provider's schema that take a role, by type and path. */
const ROLES = Object.keys(table.arguments.role).flatMap((type) =>
  argumentsOf("role", type)
    .filter((path) => isRoleArgument(type, path))
    .map((path) => ({ type, path })),
);

/** Blocks are lists in a plan. */
function valuesAt(path: string, value: unknown): Readonly<Record<string, unknown>> {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length === 0 ? value : [valuesAt(rest.join("."), value)] };
}

test("every role argument of the provider's schema is found in values and in values known only after apply", () => {
  expect(ROLES.length).toBeGreaterThan(250);
  const missed = ROLES.filter(({ type, path }) => {
    const found = roleLeavesIn(type, valuesAt(path, "admin")).map((leaf) => plainPath(leaf.path));
    const marked = markedRolePaths(type, valuesAt(path, true)).map(plainPath);
    return !found.includes(path) || !marked.includes(path);
  });
  expect(missed).toEqual([]);
});

test("a type that takes a role is examined, or listed as not examined by hand, never as without effect by a rule", () => {
  const harmless = ROLES.filter(({ type }) => coverageOf(type).verdict === "no-access");
  expect(harmless).toEqual([]);
});

test.each([
  ["aws_lambda_function", "role", true],
  ["aws_instance", "iam_instance_profile", true],
  ["aws_launch_template", "iam_instance_profile.name", true],
  ["aws_api_gateway_authorizer", "authorizer_credentials", true],
  ["aws_cognito_user_pool", "sms_configuration.sns_caller_arn", true],
  ["aws_quicksight_user", "user_role", false],
  ["aws_iam_role_policy", "role", false],
  ["aws_lakeformation_resource", "use_service_linked_role", false],
])("%s, %s: %s", (type, path, expected) => {
  expect(isRoleArgument(type, path)).toBe(expected);
});
