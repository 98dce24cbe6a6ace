import { grantingProjects } from "../../lib/config/model/grants";
import type { Role } from "../../lib/config/model/model";
import { defaultImage, defaultNodeImage } from "../../lib/config/schema/pipeline-schema";
import { accepted, fileOf, ids, located, refusals, rolesOf, twoAccounts } from "./sample";

const PLAN = "{ people: everyone, branches: any, terraform: plan }";
const APPLY = "{ people: [alice], branches: [main], terraform: apply }";
const DEPLOY = "{ people: [alice], branches: [main], bucket: acme-website }";
const BOUNDARY = "arn:aws:iam::123456789012:policy/Boundary";
const COMPUTED = "arn:aws:iam::123456789012:policy/cdktf-circleci-oidc-boundary";
const named = `{ main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state }, permissionsBoundary: "${BOUNDARY}" } }`;

function file(roles: Readonly<Record<string, string>>, accounts?: string): string {
  return fileOf({ ...(accounts === undefined ? {} : { accounts }), projects: rolesOf(roles) });
}
const withApply = (role: string, accounts?: string) =>
  file({ apply: APPLY, plan: PLAN, role: `{ people: [alice], branches: [main], ${role} }` }, accounts);

function roles(text: string): Readonly<Record<string, Role>> {
  return Object.fromEntries(
    grantingProjects(accepted(text)).flatMap((project) => project.roles.map((role) => [role.key, role])),
  );
}

describe("a role that runs Terraform", () => {
  test("has the scope of its own account only", () => {
    const text = file(
      {
        apply: `{ people: [alice], branches: [main], terraform: apply, account: main }`,
        plan: `{ people: everyone, branches: any, terraform: plan, account: main }`,
        deploy: `{ people: [alice], branches: [main], account: main }`,
        elsewhere: `{ people: [alice], branches: [main], account: other }`,
      },
      twoAccounts,
    );
    const { plan, apply, deploy, elsewhere } = roles(text);
    expect(plan?.terraform).toEqual({
      task: "plan",
      isOnlyAccount: false,
      roles: [deploy],
      buckets: [],
      pipelineRoles: [
        { name: "website-apply", path: "/" },
        { name: "website-plan", path: "/" },
      ],
      issuers: [{ organization: ids.organization }],
      stacks: ["main-identity", "main-website"],
      administratorStacks: ["main-state", "main-pipeline"],
    });
    expect(apply?.terraform).toEqual({ ...plan?.terraform, task: "apply" });
    expect(deploy?.permissionsBoundary).toBe(COMPUTED);
    expect([plan, apply, elsewhere].map((role) => role?.permissionsBoundary)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("without a role that applies, no role has a boundary", () => {
    expect(roles(file({ plan: PLAN, deploy: DEPLOY })).deploy).not.toHaveProperty("permissionsBoundary");
  });

  test("has a boundary only if the file names one", () => {
    const bounded = PLAN.replace("plan }", `plan, permissionsBoundary: "${BOUNDARY}" }`);
    expect(roles(file({ plan: bounded })).plan?.permissionsBoundary).toBe(BOUNDARY);
    expect(roles(file({ plan: PLAN }, named)).plan).not.toHaveProperty("permissionsBoundary");
  });

  test("jobs run in an image with Node", () => {
    const image = (text: string) => accepted(text).projects[0]?.pipeline.image;
    expect([image(file({ plan: PLAN })), image(file({ deploy: DEPLOY }))]).toEqual([
      defaultNodeImage,
      defaultImage,
    ]);
  });
});

test.each<[what: string, text: string, problem: readonly string[]]>([
  [
    "another word",
    file({ plan: "{ people: everyone, branches: any, terraform: read }" }),
    ["10:59 wrong-value read"],
  ],
  [
    "apply for everyone",
    file({ apply: "{ people: everyone, branches: [main], terraform: apply }", plan: PLAN }),
    ["10:24 apply-for-everyone everyone"],
  ],
  [
    "apply from any ref",
    file({ apply: "{ people: [alice], branches: any, terraform: apply }", plan: PLAN }),
    ["10:43 apply-from-any any"],
  ],
  ["apply without plan", file({ apply: APPLY }), ["10:62 apply-without-plan apply"]],
  ["a second one", file({ plan: PLAN, read: PLAN }), ["11:59 second-terraform-role plan"]],
  [
    "a bucket beside",
    file({ plan: "{ people: everyone, branches: any, terraform: plan, bucket: acme-x }" }),
    ["10:65 beside-terraform bucket"],
  ],
  [
    "policies beside",
    file({ plan: `{ people: everyone, branches: any, terraform: plan, policies: ["${BOUNDARY}"] }` }),
    ["10:65 beside-terraform policies"],
  ],
  [
    "statements beside",
    file({
      plan: '{ people: everyone, branches: any, terraform: plan, statements: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }',
    }),
    ["10:65 beside-terraform statements"],
  ],
  [
    "commands beside",
    file({ plan: "{ people: everyone, branches: any, terraform: plan, pipeline: { run: [a] } }" }),
    ["10:77 beside-terraform pipeline.run"],
  ],
  [
    "a job that waits for it",
    file({ plan: PLAN, deploy: "{ people: [alice], branches: [main], pipeline: { after: [plan] } }" }),
    ["11:72 unknown-role plan"],
  ],
  [
    "a stack of its name",
    fileOf({ projects: rolesOf({ plan: PLAN, deploy: DEPLOY }).replace("website:", "pipeline:") }),
    ["6:3 stack-name-collision main-pipeline"],
  ],
])("%s is rejected", (_, text, problem) => {
  expect(located(text)).toEqual(problem);
});

test("one project contains the file", () => {
  const other = `\n  shop:\n    id: ${ids.shop}\n    repository: github.com/acme/shop\n    roles:\n      plan: ${PLAN.replace("plan }", "plan, account: other }")}`;
  const first = rolesOf({ plan: PLAN.replace("plan }", "plan, account: main }") });
  expect(refusals(fileOf({ accounts: twoAccounts, projects: first + other }))).toEqual([
    "terraform-in-two-projects shop",
  ]);
});

describe("with a role that applies, a role's", () => {
  test.each([
    [
      "managed policies need a boundary of the account",
      `policies: ["${BOUNDARY}"]`,
      `boundary-needed ${BOUNDARY}`,
    ],
    ["own boundary is refused", `permissionsBoundary: "${BOUNDARY}"`, `boundary-of-its-own ${BOUNDARY}`],
  ])("%s", (_, role, refusal) => {
    expect(refusals(withApply(role))).toEqual([refusal]);
    expect(refusals(withApply(role, named))).toEqual([]);
    expect(refusals(file({ plan: PLAN, role: `{ people: [alice], branches: [main], ${role} }` }))).toEqual(
      [],
    );
  });

  test("boundary is that of the account", () => {
    expect(roles(withApply("session: 3600", named)).role?.permissionsBoundary).toBe(BOUNDARY);
    const other = BOUNDARY.replace("Boundary", "Other");
    expect(refusals(withApply(`permissionsBoundary: "${other}"`, named))).toEqual([
      `boundary-of-its-own ${other}`,
    ]);
  });

  test.each([
    ["iam:PassRole", ["beyond-boundary iam:PassRole"]],
    ["IAM:Get*", ["beyond-boundary IAM:Get*"]],
    ["sts:AssumeRole", ["beyond-boundary sts:AssumeRole"]],
    ["organizations:*", ["beyond-boundary organizations:*"]],
    ["*", ["beyond-boundary *"]],
    ["s3:*", []],
    ["iamx:Get", []],
  ])("statement must not allow permissions management: %s", (action, expected) => {
    const statement = (effect: string) =>
      `statements: [{ Effect: ${effect}, Action: ["${action}"], Resource: "*" }]`;
    expect(refusals(withApply(statement("Allow")))).toEqual(expected);
    expect(refusals(withApply(statement("Deny")))).toEqual([]);
    expect(refusals(withApply(statement("Allow"), named))).toEqual([]);
  });

  test("NotAction must list all of these actions", () => {
    const services = ["account", "iam", "identitystore", "organizations", "sso", "sts"];
    const statement = (left: readonly string[]) =>
      withApply(
        `statements: [{ Effect: Allow, NotAction: [${left.map((one) => `"${one}:*"`).join(", ")}], Resource: "*" }]`,
      );
    expect(refusals(statement(services))).toEqual([]);
    expect(refusals(statement(services.slice(1)))).toEqual(["beyond-boundary NotAction without account:*"]);
  });
});

test("an account's boundary belongs to it and to its partition", () => {
  const foreign = named.replace("iam::123456789012", "iam::210987654321");
  const elsewhere = named.replace("arn:aws:", "arn:aws-cn:");
  expect([refusals(fileOf({ accounts: foreign })), refusals(fileOf({ accounts: elsewhere }))]).toEqual([
    [`wrong-account ${BOUNDARY.replace("123456789012", "210987654321")}`],
    [`wrong-partition ${BOUNDARY.replace("arn:aws:", "arn:aws-cn:")}`],
  ]);
});

test.each(["0", "257", "1.5"])("a job cannot run on %s machines", (machines) => {
  const text = fileOf({
    projects: rolesOf({ plan: PLAN }).replace(
      "    roles:",
      `    pipeline: { parallelism: ${machines} }\n    roles:`,
    ),
  });
  expect(refusals(text)).toEqual([`parallelism-out-of-range ${machines}`]);
  expect(
    accepted(text.replace(`parallelism: ${machines}`, "parallelism: 8")).projects[0]?.pipeline.parallelism,
  ).toBe(8);
});

describe("a role that watches", () => {
  const WATCH = "{ people: [alice], branches: [main], terraform: watch }";

  test("is deployed with the pipeline's roles, and needs no other role that runs Terraform", () => {
    const { watch, deploy } = roles(file({ watch: WATCH, deploy: DEPLOY }));
    expect(watch?.terraform).toMatchObject({ task: "watch", roles: [deploy] });
    expect(deploy).not.toHaveProperty("permissionsBoundary");
  });

  test.each([
    ["everyone", WATCH.replace("[alice]", "everyone"), "watch-for-everyone"],
    ["any branch", WATCH.replace("[main]", "any"), "watch-from-any"],
    ["policies of its own", WATCH.replace(" }", ", bucket: acme-logs }"), "beside-terraform"],
  ])("%s is an error", (_, role, code) => {
    expect(refusals(file({ watch: role })).map((one) => one.split(" ")[0])).toEqual([code]);
  });
});
