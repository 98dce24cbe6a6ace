import { change, plan, resource, unchanged, type Values } from "../../../plan/a-plan";
import { allow, group, reported, reportedOf, review, user } from "../../principals";

const eve = unchanged("aws_iam_user.eve", user("eve"));
const rights = unchanged("aws_iam_user_policy.own", { user: "eve", name: "own", policy: allow("s3:*", "*") });
const key = (more: Values = {}): Values => ({ user: "eve", status: "Active", ...more });
const arn = "arn:aws:sso:::permissionSet/i/p";
const admins = unchanged("aws_ssoadmin_permission_set.admin", { name: "Admin", arn });
const admin = unchanged("aws_ssoadmin_managed_policy_attachment.a", {
  permission_set_arn: arn,
  managed_policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
});
const assigned = (principal_id: string, target_id = "123456789012"): Values => ({
  permission_set_arn: arn,
  principal_type: "GROUP",
  principal_id,
  target_id,
});

test.each<[what: string, resources: readonly object[], expected: readonly string[]]>([
  [
    "an access key",
    [eve, rights, change("aws_iam_access_key.k", null, key())],
    [
      "credentials broader; the holder of access key aws_iam_access_key.k can now act as user eve, which can perform s3:* on every resource",
    ],
  ],
  [
    "a destroyed access key",
    [eve, rights, change("aws_iam_access_key.k", key(), null)],
    ["credentials narrower; the holder of access key aws_iam_access_key.k can no longer act as user eve"],
  ],
  [
    "an access key that is activated",
    [eve, rights, change("aws_iam_access_key.k", key({ status: "Inactive" }), key())],
    [
      "credentials broader; the holder of access key aws_iam_access_key.k can now act as user eve, which can perform s3:* on every resource",
    ],
  ],
  ["a new inactive access key", [eve, change("aws_iam_access_key.k", null, key({ status: "Inactive" }))], []],
  [
    "a rotated access key",
    [
      eve,
      rights,
      resource("aws_iam_access_key.k", { actions: ["create", "delete"], before: key(), after: key() }),
    ],
    [
      "credentials both-ways; the holder of access key aws_iam_access_key.k can now act as user eve, which can perform s3:* on every resource; the holder of access key aws_iam_access_key.k can no longer act as user eve",
    ],
  ],
  [
    "a password of an undeclared user",
    [change("aws_iam_user_login_profile.p", null, { user: "root-admin" })],
    [
      "credentials broader; the holder of console password aws_iam_user_login_profile.p can now act as user root-admin, whose permissions are not in the plan",
    ],
  ],
  [
    "a key whose status is known only after apply",
    [eve, change("aws_iam_access_key.k", null, { user: "eve" }, { after_unknown: { status: true } })],
    ["credentials unknown (status is known only after apply)"],
  ],
  [
    "a permission set is assigned",
    [admins, admin, change("aws_ssoadmin_account_assignment.a", null, assigned("g-1"))],
    [
      "credentials broader; identity store group g-1 can now use permission set Admin in account 123456789012, which can perform every action on every resource",
    ],
  ],
  [
    "in another account",
    [
      admins,
      resource("aws_ssoadmin_account_assignment.a", {
        actions: ["delete", "create"],
        before: assigned("g-1"),
        after: assigned("g-1", "210987654321"),
      }),
    ],
    [
      "credentials both-ways; identity store group g-1 can now use permission set Admin in account 210987654321, which has no permissions in the plans; identity store group g-1 can no longer use permission set Admin in account 123456789012",
    ],
  ],
  [
    "an undeclared permission set is assigned",
    [change("aws_ssoadmin_account_assignment.a", null, assigned("g-1"))],
    [
      `credentials broader; identity store group g-1 can now use permission set ${arn} in account 123456789012, whose permissions are not in the plan`,
    ],
  ],
  [
    "a member of a group that permission sets are assigned to",
    [
      admins,
      admin,
      unchanged("aws_ssoadmin_account_assignment.a", assigned("g-1")),
      change("aws_identitystore_group_membership.m", null, { group_id: "g-1", member_id: "u-1" }),
    ],
    [
      "credentials broader; identity store user u-1 can now use permission set Admin in account 123456789012, which can perform every action on every resource (the permission sets assigned to identity store group g-1 outside of the plans are not known)",
    ],
  ],
  [
    "a member of another group",
    [
      admins,
      unchanged("aws_ssoadmin_account_assignment.a", assigned("g-1")),
      change("aws_identitystore_group_membership.m", null, { group_id: "g-2", member_id: "u-1" }),
    ],
    [
      "credentials unknown (the permission sets assigned to identity store group g-2 outside of the plans are not known)",
    ],
  ],
])("%s", (_, resources, expected) => {
  expect(reported(...resources)).toEqual(expected);
});

test("a key activated by hand is reported as drift", () => {
  const drift = resource("aws_iam_access_key.k", { before: key({ status: "Inactive" }), after: key() });
  const found = review({
    plan: plan([eve, rights, unchanged("aws_iam_access_key.k", key())], { resource_drift: [drift] }),
  });
  expect(reportedOf(found)).toEqual([
    "drift: credentials broader; the holder of access key aws_iam_access_key.k can now act as user eve, which can perform s3:* on every resource (the plan keeps it)",
  ]);
});

test("the extent is reported, the widest first, also of groups, with its limits", () => {
  const parts = [
    unchanged(
      "aws_iam_user.eve",
      user("eve", { permissions_boundary: "arn:aws:iam::123456789012:policy/limit" }),
    ),
    unchanged("aws_iam_group.ops", group("ops")),
    unchanged("aws_iam_user_group_membership.eve", { user: "eve", groups: ["ops"] }),
    unchanged("aws_iam_group_policy.own", { group: "ops", name: "own", policy: allow("ec2:*", "*") }),
    unchanged("aws_iam_user_policy.own", { user: "eve", name: "own", policy: allow("s3:GetObject") }),
  ];
  expect(reported(...parts, change("aws_iam_access_key.k", null, key()))).toEqual([
    "credentials broader; the holder of access key aws_iam_access_key.k can now act as user eve, which can perform ec2:* on every resource, and s3:GetObject on arn:aws:s3:::site/*, within permissions boundary arn:aws:iam::123456789012:policy/limit",
  ]);
});
