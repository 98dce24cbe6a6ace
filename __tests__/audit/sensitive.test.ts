import { auditInputs } from "../../lib/audit/audit";
import { readInputs } from "../../lib/audit/inputs/read-inputs";
import { printAudit, printAuditAsJson } from "../../lib/audit/print";
import { printSarif } from "../../lib/audit/sarif";
import { everyProject, exact, HOST, Inputs, ORG, PROJECT } from "./a-file";

let inputs: Inputs;
beforeEach(() => {
  inputs = new Inputs();
});
afterEach(() => inputs.remove());

const role = (document: unknown, name = "circleci") => ({
  name,
  assume_role_policy: typeof document === "string" ? document : JSON.stringify(document),
});
const marked = { assume_role_policy: true };
const resource = {
  address: "aws_iam_role.circleci",
  mode: "managed",
  type: "aws_iam_role",
  name: "circleci",
};

const plannedValues = (values: object, sensitive: unknown) => ({
  planned_values: { root_module: { resources: [{ ...resource, values, sensitive_values: sensitive }] } },
});
const change = (values: object, sensitive: unknown) => ({
  resource_changes: [
    { ...resource, change: { actions: ["create"], before: null, after: values, after_sensitive: sensitive } },
  ],
});

/** Everything that an audit prints of a file. */
function printed(content: object, name?: string): string {
  const read = readInputs([inputs.write(content, name)]);
  const result = auditInputs(read);
  return [printAudit(result), printAuditAsJson(result), printSarif(result, read.sources)].join("\n");
}

const FORMS: readonly (readonly [string, (values: object) => object])[] = [
  ["planned values", (values) => ({ format_version: "1.2", ...plannedValues(values, marked) })],
  ["a change", (values) => ({ format_version: "1.2", ...change(values, marked) })],
  [
    "the change alone, and not the planned values",
    (values) => ({ format_version: "1.2", ...plannedValues(values, {}), ...change(values, marked) }),
  ],
  ["a resource as a whole", (values) => ({ format_version: "1.2", ...change(values, true) })],
  [
    "a state that is shown, in a module",
    (values) => ({
      format_version: "1.0",
      values: {
        root_module: { child_modules: [{ resources: [{ ...resource, values, sensitive_values: marked }] }] },
      },
    }),
  ],
  [
    "a state file",
    (values) => ({
      version: 4,
      serial: 3,
      lineage: "x",
      resources: [
        {
          ...resource,
          instances: [
            {
              attributes: values,
              sensitive_attributes: [[{ type: "get_attr", value: "assume_role_policy" }]],
            },
          ],
        },
      ],
    }),
  ],
];

describe.each(FORMS)("a trust policy marked as sensitive in %s", (_, form) => {
  test("is audited, and nothing of it is printed", () => {
    const text = printed(form(role(everyProject)));
    expect(text).toContain("project-wildcard");
    expect(text).toContain("marked as sensitive");
    expect(text).not.toContain(ORG);
    expect(text).not.toContain("123456789012");
  });

  test("is clean where it is exact", () => {
    expect(printed(form(role(exact)))).toContain("1 trust policy allows CircleCI, 0 findings");
  });

  test("is undetermined if it is unreadable, and the error shows nothing of it", () => {
    const text = printed(form(role(JSON.stringify(everyProject).replace("Allow", ORG))));
    expect(text).toContain("policy-not-decided");
    expect(text).not.toContain(ORG);
  });
});

test("a trust policy that is not sensitive is shown", () => {
  expect(printed({ format_version: "1.2", ...change(role(everyProject), {}) })).toContain(HOST);
});

describe("a value that is sensitive in another place of the plan", () => {
  const withVariable = (values: object, value: string) => ({
    format_version: "1.2",
    ...change(values, {}),
    variables: { secret: { value } },
    configuration: { root_module: { variables: { secret: { sensitive: true } } } },
  });

  test("is not shown as part of a policy that is not sensitive", () => {
    const text = printed(withVariable(role(everyProject), ORG));
    expect(text).toContain("project-wildcard");
    expect(text).not.toContain(ORG);
  });

  test("is not shown in a role's name", () => {
    const text = printed(withVariable(role(everyProject, `deploy-${PROJECT}`), PROJECT));
    expect(text).toContain("deploy-(sensitive)");
    expect(text).not.toContain(PROJECT);
  });

  test("hides nothing of policies without it", () => {
    expect(printed(withVariable(role(everyProject), "something-else-entirely"))).toContain(HOST);
  });
});

test("sensitive inline policies still show who is an administrator, and are not printed", () => {
  const all = {
    Version: "2012-10-17",
    Statement: [{ Sid: "TopSecretSid", Effect: "Allow", Action: "*", Resource: "*" }],
  };
  const values = { ...role(everyProject), inline_policy: [{ name: "all", policy: JSON.stringify(all) }] };
  const text = printed({ format_version: "1.2", ...change(values, { inline_policy: [{ policy: true }] }) });
  expect(text).toContain("project-wildcard-with-admin");
  expect(text).not.toContain("TopSecretSid");
});
