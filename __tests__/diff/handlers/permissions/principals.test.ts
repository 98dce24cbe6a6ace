import { readFileSync } from "node:fs";
import { gateItemsIn } from "../../../../lib/report/verdict/gate";
import { change, plan, resource, unchanged, type Values } from "../../../plan/a-plan";
import { ACCOUNT, allow, deny, group, policy, reported, reportedOf, review, user } from "../../principals";

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const eve = unchanged("aws_iam_user.eve", user("eve"));
const ops = unchanged("aws_iam_group.ops", group("ops"));
const inline = (text: string): Values => ({ user: "eve", name: "own", policy: text });
const ofGroup = (text: string): Values => ({ group: "ops", name: "own", policy: text });
const inOps: Values = { user: "eve", groups: ["ops"] };
const get = "s3:GetObject on arn:aws:s3:::site/*";
const set: Values = { name: "Admin", arn: "arn:aws:sso:::permissionSet/i/p", session_duration: "PT1H" };
const admins = unchanged("aws_ssoadmin_permission_set.admin", set);
const ofSet = (more: Values): Values => ({ permission_set_arn: "arn:aws:sso:::permissionSet/i/p", ...more });

test.each<[what: string, resources: readonly object[], expected: readonly string[]]>([
  [
    "a user gets an inline policy",
    [eve, change("aws_iam_user_policy.own", null, inline(allow("s3:GetObject")))],
    [`permissions broader; user eve can now perform ${get}`],
  ],
  [
    "a user loses an inline policy",
    [eve, change("aws_iam_user_policy.own", inline(allow("s3:GetObject")), null)],
    [`permissions narrower; user eve can no longer perform ${get}`],
  ],
  [
    "a user is created with an AWS managed policy",
    [
      change("aws_iam_user.eve", null, user("eve")),
      change("aws_iam_user_policy_attachment.a", null, { user: "eve", policy_arn: admin }),
    ],
    ["permissions broader; user eve can now perform every action on every resource"],
  ],
  ["a user is created without any policy", [change("aws_iam_user.eve", null, user("eve"))], []],
  [
    "a changed policy is reported for the user that has it",
    [
      eve,
      unchanged("aws_iam_user_policy_attachment.a", { user: "eve", policy_arn: `${ACCOUNT}:policy/site` }),
      change(
        "aws_iam_policy.site",
        policy("site", allow("s3:GetObject")),
        policy("site", allow("s3:PutObject")),
      ),
    ],
    [
      `permissions both-ways; user eve can now perform s3:PutObject on arn:aws:s3:::site/*; user eve can no longer perform ${get}`,
    ],
  ],
  [
    "a removed boundary of a user",
    [
      change(
        "aws_iam_user.eve",
        user("eve", { permissions_boundary: `${ACCOUNT}:policy/limit` }),
        user("eve"),
      ),
      unchanged("aws_iam_policy.limit", policy("limit", allow("s3:GetObject"))),
      unchanged("aws_iam_user_policy.own", inline(allow("s3:*"))),
    ],
    [
      `permissions broader; permissions boundary limit no longer limits user eve, which it limited to s3:GetObject on arn:aws:s3:::site/*; user eve can now perform s3:* on arn:aws:s3:::site/*`,
    ],
  ],
  [
    "a new member of a group gets the group's permissions",
    [
      eve,
      ops,
      unchanged("aws_iam_group_policy.own", ofGroup(allow("s3:GetObject"))),
      change("aws_iam_user_group_membership.eve", null, inOps),
    ],
    [`permissions broader; user eve can now perform ${get}`],
  ],
  [
    "a new member that has the group's permissions already",
    [
      eve,
      ops,
      unchanged("aws_iam_user_policy.own", inline(allow("s3:*"))),
      unchanged("aws_iam_group_policy.own", ofGroup(allow("s3:GetObject"))),
      change("aws_iam_user_group_membership.eve", null, inOps),
    ],
    ["permissions same (its effective permissions are unchanged)"],
  ],
  [
    "a member leaves a group with a Deny",
    [
      eve,
      ops,
      unchanged("aws_iam_user_policy.own", inline(allow("s3:GetObject"))),
      unchanged("aws_iam_group_policy.own", ofGroup(deny("s3:*"))),
      change("aws_iam_user_group_membership.eve", inOps, null),
    ],
    [`permissions broader; user eve can now perform ${get}`],
  ],
  [
    "an undeclared group",
    [eve, change("aws_iam_user_group_membership.eve", null, inOps)],
    ["permissions unknown (group ops is attached; its contents are not in the plan)"],
  ],
  [
    "a membership that lists the users",
    [
      eve,
      ops,
      unchanged("aws_iam_group_policy.own", ofGroup(allow("s3:GetObject"))),
      change("aws_iam_group_membership.ops", { group: "ops", users: [] }, { group: "ops", users: ["eve"] }),
    ],
    [`permissions broader; user eve can now perform ${get}`],
  ],
  [
    "a policy for a group: reported for the group, with its users",
    [
      eve,
      ops,
      unchanged("aws_iam_user_group_membership.eve", inOps),
      change("aws_iam_group_policy.own", null, ofGroup(allow("s3:GetObject"))),
    ],
    [`permissions broader; group ops can now perform ${get}; this applies to user eve`],
  ],
  [
    "a policy that is attached to a user by a list that is updated",
    [
      eve,
      change(
        "aws_iam_policy_attachment.a",
        { policy_arn: `${ACCOUNT}:policy/site`, users: [], groups: [], roles: [] },
        { policy_arn: `${ACCOUNT}:policy/site`, users: ["eve"], groups: [], roles: [] },
      ),
      unchanged("aws_iam_policy.site", policy("site", allow("s3:GetObject"))),
    ],
    [`permissions broader; user eve can now perform ${get}`],
  ],
  [
    "an unreadable policy is attached to a group",
    [
      ops,
      change("aws_iam_group_policy_attachment.a", null, { group: "ops", policy_arn: `${ACCOUNT}:policy/x` }),
    ],
    [`permissions unknown (policy ${ACCOUNT}:policy/x is attached; its contents are not in the plan)`],
  ],
  [
    "an exclusive resource detaches a user's other policies",
    [
      eve,
      unchanged("aws_iam_policy.site", policy("site", allow("s3:GetObject"))),
      change(
        "aws_iam_user_policy_attachments_exclusive.eve",
        { user_name: "eve", policy_arns: [`${ACCOUNT}:policy/site`] },
        { user_name: "eve", policy_arns: [] },
      ),
    ],
    [`permissions narrower; user eve can no longer perform ${get}`],
  ],
  [
    "an exclusive resource attaches the listed policies",
    [
      eve,
      unchanged("aws_iam_policy.site", policy("site", allow("s3:GetObject"))),
      change(
        "aws_iam_user_policy_attachments_exclusive.eve",
        { user_name: "eve", policy_arns: [] },
        { user_name: "eve", policy_arns: [`${ACCOUNT}:policy/site`] },
      ),
    ],
    [`permissions broader; user eve can now perform ${get}`],
  ],
  [
    "a user and a role of the same name are two principals",
    [
      unchanged("aws_iam_role.eve", { name: "eve", assume_role_policy: "{}", arn: `${ACCOUNT}:role/eve` }),
      eve,
      change("aws_iam_user_policy.own", null, inline(allow("s3:GetObject"))),
    ],
    [`permissions broader; user eve can now perform ${get}`],
  ],
  [
    "a permission set gets an inline policy",
    [
      admins,
      change(
        "aws_ssoadmin_permission_set_inline_policy.a",
        null,
        ofSet({ inline_policy: allow("s3:GetObject") }),
      ),
    ],
    [`permissions broader; permission set Admin can now perform ${get}`],
  ],
  [
    "an assigned permission set gets an AWS managed policy",
    [
      admins,
      unchanged(
        "aws_ssoadmin_account_assignment.a",
        ofSet({ principal_type: "GROUP", principal_id: "g-1", target_id: "123456789012" }),
      ),
      change(
        "aws_ssoadmin_managed_policy_attachment.a",
        null,
        ofSet({ managed_policy_arn: "arn:aws:iam::aws:policy/PowerUserAccess" }),
      ),
    ],
    [
      "permissions broader; permission set Admin can now do what the AWS managed policy arn:aws:iam::aws:policy/PowerUserAccess allows; this applies to identity store group g-1 in account 123456789012",
    ],
  ],
  [
    "a customer-managed policy by its name, which is in a plan",
    [
      admins,
      unchanged("aws_iam_policy.site", policy("site", allow("s3:GetObject"))),
      change(
        "aws_ssoadmin_customer_managed_policy_attachment.a",
        null,
        ofSet({ customer_managed_policy_reference: [{ name: "site", path: "/" }] }),
      ),
    ],
    [`permissions broader; permission set Admin can now perform ${get}`],
  ],
  [
    "a removed boundary of a permission set",
    [
      admins,
      unchanged("aws_iam_policy.limit", policy("limit", allow("s3:GetObject"))),
      unchanged(
        "aws_ssoadmin_permission_set_inline_policy.a",
        ofSet({ inline_policy: allow("s3:GetObject") }),
      ),
      change(
        "aws_ssoadmin_permissions_boundary_attachment.a",
        ofSet({
          permissions_boundary: [
            { customer_managed_policy_reference: [{ name: "limit", path: "/" }], managed_policy_arn: "" },
          ],
        }),
        null,
      ),
    ],
    [
      "permissions broader; permissions boundary /limit no longer limits permission set Admin, which it limited to s3:GetObject on arn:aws:s3:::site/*",
    ],
  ],
  [
    "a longer session of a permission set",
    [change("aws_ssoadmin_permission_set.admin", set, { ...set, session_duration: "PT12H" })],
    [
      "session broader; the maximum session duration of permission set Admin increases from 1 hour to 12 hours",
    ],
  ],
  ["a tag of a user", [change("aws_iam_user.eve", user("eve"), user("eve", { tags: { team: "web" } }))], []],
])("%s", (_, resources, expected) => {
  expect(reported(...resources)).toEqual(expected);
});

test("an AWS-managed policy for a user, in an attachment list: broader, and the gate fails", () => {
  const found = review({
    plan: readFileSync("__tests__/diff/cases/policy-attachment-users.json", "utf8"),
  });
  expect(reportedOf(found)).toEqual([
    expect.stringMatching(
      /^permissions broader; user eve can now perform every action on every resource, unless .* \(the user is not declared in these plans/,
    ),
  ]);
  expect(gateItemsIn(found).map(({ kind }) => kind)).toContain("broader");
});

test("a customer-managed policy that is in no plan, on a permission set: unknown", () => {
  const found = review({ plan: readFileSync("__tests__/diff/cases/sso-customer-managed.json", "utf8") });
  expect(reportedOf(found)).toEqual([
    "permissions unknown (the permission set is not declared in these plans: its other permissions are not known; policy /admin is attached; its contents are not in the plan)",
  ]);
  expect(gateItemsIn(found).map(({ kind }) => kind)).toContain("unknown");
});

test("a new exclusive list detaches the policy from other principals, which may be in no plan", () => {
  const list = { policy_arn: `${ACCOUNT}:policy/site`, users: ["eve"], groups: [], roles: [] };
  const found = reported(
    eve,
    unchanged("aws_iam_user.bob", user("bob")),
    unchanged("aws_iam_policy.site", policy("site", allow("s3:GetObject"))),
    unchanged("aws_iam_user_policy_attachment.bob", { user: "bob", policy_arn: `${ACCOUNT}:policy/site` }),
    change("aws_iam_policy_attachment.a", null, list),
  );
  expect(found).toEqual([
    `permissions broader; user eve can now perform ${get}`,
    `exclusive unknown (aws_iam_policy_attachment.a detaches policy ${ACCOUNT}:policy/site from every user, group and role that it does not list, also from those that are not in the plan; of these plans: user bob)`,
  ]);
});

test("two attachment lists for one policy: the last apply wins", () => {
  const list = (users: readonly string[]) => ({ policy_arn: admin, users, groups: [], roles: [] });
  expect(
    reported(
      eve,
      unchanged("aws_iam_policy_attachment.a", list([])),
      change("aws_iam_policy_attachment.b", list(["bob"]), list([])),
    ),
  ).toContain(
    "permissions unknown (managed by two resources; the one that is applied last takes effect: aws_iam_policy_attachment.a in plan, aws_iam_policy_attachment.b in plan)",
  );
});

test.each<[what: string, one: object, expected: RegExp]>([
  [
    "groups known only after apply",
    change("aws_iam_user_group_membership.eve", null, { user: "eve" }, { after_unknown: { groups: [true] } }),
    /^permissions unknown \(the list of groups in aws_iam_user_group_membership\.eve is known only after apply\)/,
  ],
  [
    "a policy that is sensitive",
    change("aws_iam_user_policy.own", null, inline(allow("s3:Secret")), {
      after_sensitive: { policy: true },
    }),
    /^permissions unknown \(inline policy own is marked as sensitive\)/,
  ],
  [
    "a user with an unknown name",
    change(
      "aws_iam_user_policy.own",
      null,
      { name: "own", policy: allow("s3:GetObject") },
      { after_unknown: { user: true } },
    ),
    /^permissions unknown \(unresolved user reference: known only after apply\)/,
  ],
])("%s: unknown, with the reason", (_, one, expected) => {
  expect(reported(eve, one)).toEqual([expect.stringMatching(expected)]);
});

test("a user, its group and the membership in three stacks are one user", () => {
  const found = review({
    users: [eve],
    groups: [ops, unchanged("aws_iam_group_policy.own", ofGroup(allow("s3:GetObject")))],
    members: [change("aws_iam_user_group_membership.eve", null, inOps)],
  });
  expect(reportedOf(found)).toEqual([
    `permissions broader; user eve can now perform ${get}`,
    expect.stringMatching(/^permissions unknown \(the account of these resources is not known/),
  ]);
});

test("a policy attached by hand is reported as drift, also for a plan without changes", () => {
  const drift = resource("aws_iam_user_policy.own", {
    before: inline(allow("s3:GetObject")),
    after: inline(allow("s3:*")),
  });
  const now = unchanged("aws_iam_user_policy.own", inline(allow("s3:*")));
  const found = review({ plan: plan([eve, now], { resource_drift: [drift] }) });
  expect(reportedOf(found)).toEqual([
    "drift: permissions broader; user eve can now perform s3:* on arn:aws:s3:::site/* (the plan keeps it)",
  ]);
});

test("a user's policy that is deferred to a later plan is unknown", () => {
  const later = {
    reason: "instance_count_unknown",
    resource_change: change("aws_iam_user_policy.own", null, inline("{}")),
  };
  const found = review({ plan: plan([eve], { deferred_changes: [later], complete: false }) });
  expect(reportedOf(found)).toEqual([
    expect.stringMatching(/^permissions unknown \(deferred to a later plan/),
  ]);
});
