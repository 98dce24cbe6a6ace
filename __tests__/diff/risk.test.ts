import { type GoldenName, goldenPlan } from "../../dev/golden/cases";
import { situationPlan } from "../../dev/golden/situations";
import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import { reviewOf } from "../../lib/report/model/review-of";
import { anAccess, bob as another, alice as aPerson, only } from "../fixtures/access";
import { change, plan, resource, trustFor, unchanged, type Values } from "../plan/a-plan";

/** The risk of each change: its class, what it is about, and who gains or loses it. */
const risksIn = (text: string): readonly string[] =>
  reviewOf([readPlan(text, "plan")], { access: anAccess() }).access.map(
    ({ risk: { class: name, effect = "", extent, who, people } }) =>
      `${[name, effect].join(" ").trim()}: ${[extent, who].map(plainText).join("; ")}; ${people.join(", ")}`,
  );

const alice = "alice from main of github.com/acme/website; alice";

test.each<[name: GoldenName, risks: readonly string[]]>([
  ["inline-policy-widened", [`administrator gained: every action on every resource; ${alice}`]],
  ["aws-managed-policy-attached", [`administrator gained: every action on every resource; ${alice}`]],
  ["drift-undone", [`administrator lost: every action on every resource; ${alice}`]],
  [
    "trust-person-added",
    ["wider-trust gained: assume website-deploy; bob from main of github.com/acme/website; bob"],
  ],
  [
    "create",
    [
      `wider-trust gained: assume website-deploy; ${alice}`,
      `new-actions gained: s3:GetObject, s3:PutObject on arn:aws:s3:::acme-website/*; ${alice}`,
    ],
  ],
  ["bucket-policy-opened", ["external-access gained: s3:GetObject on arn:aws:s3:::acme-website/*; anyone; "]],
  [
    "boundary-removed",
    [
      `new-actions gained: permissions boundary boundary no longer limits website-deploy, which it limited to s3:* on every resource; ${alice}`,
    ],
  ],
  [
    "session-raised",
    [
      "longer-session gained: the maximum session duration of website-deploy increases from 1 hour to 12 hours; ; ",
    ],
  ],
  ["trust-reworded", ["none: ; ; "]],
])("%s", (name, risks) => {
  expect(risksIn(goldenPlan(name))).toEqual(risks);
});

test("a resource that comes to run as an administrator is an administrator; as another role, it is not", () => {
  const classesOf = (name: string) =>
    reviewOf([readPlan(situationPlan(name), name)], {}).access.map(
      ({ aspect, risk }) => `${aspect}: ${risk.class}`,
    );
  expect(classesOf("ecs-task-runs-as-administrator")).toEqual(["runs-as: administrator"]);
  expect(classesOf("instances-run-as-administrator")).toEqual([
    "runs-as: administrator",
    "runs-as: administrator",
  ]);
  expect(classesOf("function-url-public")).toContain("runs-as: wider-trust");
});

const deploy = (trust: string): Values => ({
  name: "deploy",
  arn: "arn:aws:iam::123456789012:role/deploy",
  assume_role_policy: trust,
  inline_policy: [],
  managed_policy_arns: [],
});
const inline = (Action: string, Resource = "*"): Values => ({
  role: "deploy",
  name: "more",
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }),
});
const gaining = (action: string, on?: string) =>
  risksIn(
    plan([
      unchanged("aws_iam_role.deploy", deploy(trustFor())),
      change("aws_iam_role_policy.more", null, inline(action, on)),
    ]),
  );

test("the extent is all that the class is about", () => {
  expect(gaining("secretsmanager:GetSecretValue")).toEqual([
    `all-data gained: read every secret (secretsmanager:GetSecretValue on *); ${alice}`,
  ]);
  expect(gaining("iam:PutRolePolicy")).toEqual([`privilege-escalation gained: iam:PutRolePolicy; ${alice}`]);
  expect(gaining("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:team-*")).toEqual([
    `new-actions gained: secretsmanager:GetSecretValue on arn:aws:secretsmanager:*:*:secret:team-*; ${alice}`,
  ]);
});

test("those who may newly assume an administrator's role become administrators", () => {
  const widened = (action: string) =>
    risksIn(
      plan([
        change(
          "aws_iam_role.deploy",
          deploy(trustFor()),
          deploy(trustFor({ people: only(aPerson, another) })),
        ),
        unchanged("aws_iam_role_policy.more", inline(action)),
      ]),
    );
  const bob = "bob from main of github.com/acme/website; bob";
  expect(widened("*")).toEqual([
    `administrator gained: assume deploy (administrator: every action on every resource); ${bob}`,
  ]);
  expect(widened("s3:List*")).toEqual([`wider-trust gained: assume deploy; ${bob}`]);
});

test("what cannot be determined is never harmless", () => {
  const later = resource("aws_iam_role_policy.more", {
    actions: ["create"],
    after: { role: "deploy", name: "more" },
    after_unknown: { policy: true },
  });
  const risks = risksIn(plan([unchanged("aws_iam_role.deploy", deploy(trustFor())), later]));
  expect(new Set(risks)).toEqual(new Set(["undetermined: ; ; "]));
});
