import { change, plan, resource, unchanged, type Values } from "../../../plan/a-plan";
import { configured, reported, reportedOf } from "../../a-policy";

const one = (address: string, before: Values | null, after: Values | null, more: object = {}) =>
  reported([change(address, before, after, more)]);

test("an account added to a snapshot's list can restore it; a removed one can no longer", () => {
  const side = (...shared_accounts: string[]) => ({ db_snapshot_identifier: "nightly", shared_accounts });
  expect(one("aws_db_snapshot.x", side(), side("999999999999"))).toEqual([
    "sharing broader nightly - account 999999999999 can now restore nightly",
  ]);
  expect(one("aws_db_snapshot.x", side("999999999999"), side())).toEqual([
    "sharing narrower nightly - account 999999999999 can no longer restore nightly",
  ]);
  expect(one("aws_db_snapshot.x", side("1", "2"), side("2", "1"))).toEqual([]);
  expect(one("aws_db_snapshot.x", side(), side("all"))).toEqual([
    "sharing broader nightly - anyone with an AWS account can now restore nightly",
  ]);
});

test.each<[address: string, before: Values | null, after: Values, sentence: string]>([
  [
    "aws_ami_launch_permission.x",
    null,
    { image_id: "ami-1", account_id: "999999999999" },
    "account 999999999999 can now launch instances from ami-1",
  ],
  [
    "aws_ami_launch_permission.x",
    null,
    { image_id: "ami-1", group: "all" },
    "anyone with an AWS account can now launch instances from ami-1",
  ],
  [
    "aws_snapshot_create_volume_permission.x",
    null,
    { snapshot_id: "snap-1", account_id: "999999999999" },
    "account 999999999999 can now create volumes from snap-1",
  ],
  [
    "aws_ebs_snapshot_block_public_access.x",
    { state: "block-all-sharing" },
    { state: "unblocked" },
    "snapshots can now be shared with the public, by aws_ebs_snapshot_block_public_access.x",
  ],
  [
    "aws_ec2_image_block_public_access.x",
    { state: "block-new-sharing" },
    { state: "unblocked" },
    "images can now be shared with the public",
  ],
  [
    "aws_servicecatalog_portfolio_share.x",
    null,
    { portfolio_id: "port-1", principal_id: "999999999999", type: "ACCOUNT" },
    "account 999999999999 can now import the products of portfolio port-1",
  ],
  [
    "aws_ssm_document.x",
    { name: "d", permissions: null },
    { name: "d", permissions: { type: "Share", account_ids: "999999999999,888888888888" } },
    "account 888888888888 can now read and run d",
  ],
  [
    "aws_ssm_document.x",
    null,
    { name: "d", permissions: { type: "Share", account_ids: "All" } },
    "anyone with an AWS account can now read and run d",
  ],
  [
    "aws_ram_resource_share.x",
    { name: "s", allow_external_principals: false },
    { name: "s", allow_external_principals: true },
    "accounts outside of the organization can now be invited to s",
  ],
  [
    "aws_ram_principal_association.x",
    null,
    { resource_share_arn: "arn:share", principal: "999999999999" },
    "account 999999999999 can now use the resources of arn:share",
  ],
  [
    "aws_ram_resource_association.x",
    null,
    { resource_share_arn: "arn:share", resource_arn: "arn:subnet" },
    "the principals of arn:share can now use arn:subnet",
  ],
  [
    "aws_vpc_endpoint_service.x",
    { allowed_principals: [] },
    { allowed_principals: ["*"] },
    "anyone can now create endpoints to aws_vpc_endpoint_service.x",
  ],
  [
    "aws_vpc_endpoint_service_allowed_principal.x",
    null,
    { vpc_endpoint_service_id: "vpce-svc-1", principal_arn: "arn:p" },
    "arn:p can now create endpoints to vpce-svc-1",
  ],
  [
    "aws_redshift_endpoint_authorization.x",
    null,
    { cluster_identifier: "c", account: "999999999999" },
    "account 999999999999 can now create endpoints to c",
  ],
  [
    "aws_redshift_data_share_authorization.x",
    null,
    { data_share_arn: "arn:d", consumer_identifier: "999999999999" },
    "account 999999999999 can now read arn:d",
  ],
  [
    "aws_eks_access_entry.x",
    null,
    { cluster_name: "c", principal_arn: "arn:p", kubernetes_groups: ["admins"] },
    "arn:p now has admins on c",
  ],
  [
    "aws_eks_access_policy_association.x",
    null,
    {
      cluster_name: "c",
      principal_arn: "arn:p",
      policy_arn: "arn:admin",
      access_scope: [{ type: "cluster" }],
    },
    "arn:p now has arn:admin on c",
  ],
  [
    "aws_lakeformation_data_lake_settings.x",
    { admins: [] },
    { admins: ["arn:p"] },
    "arn:p can now administer aws_lakeformation_data_lake_settings.x",
  ],
  [
    "aws_lakeformation_permissions.x",
    null,
    { principal: "arn:p", permissions: ["SELECT"], table: [{ database_name: "db", name: "t" }] },
    "arn:p now has SELECT on t",
  ],
  [
    "aws_glue_catalog_database.x",
    { name: "db" },
    {
      name: "db",
      create_table_default_permission: [
        { permissions: ["ALL"], principal: [{ data_lake_principal_identifier: "IAM_ALLOWED_PRINCIPALS" }] },
      ],
    },
    "IAM_ALLOWED_PRINCIPALS now has ALL on db",
  ],
  [
    "aws_emr_block_public_access_configuration.x",
    { block_public_security_group_rules: true },
    { block_public_security_group_rules: false },
    "clusters can now use security groups that allow public access, by aws_emr_block_public_access_configuration.x",
  ],
  [
    "aws_cognito_identity_pool.x",
    { identity_pool_name: "p", allow_unauthenticated_identities: false },
    { identity_pool_name: "p", allow_unauthenticated_identities: true },
    "unauthenticated users can now get credentials from p",
  ],
  [
    "aws_lambda_function_url.x",
    { function_name: "f", authorization_type: "AWS_IAM" },
    { function_name: "f", authorization_type: "NONE" },
    "anyone can now call the URL of f",
  ],
  [
    "aws_quicksight_data_set.x",
    { data_set_id: "d", permissions: [] },
    { data_set_id: "d", permissions: [{ principal: "arn:p", actions: ["quicksight:DescribeDataSet"] }] },
    "arn:p now has quicksight:DescribeDataSet on d",
  ],
  [
    "aws_licensemanager_grant.x",
    null,
    {
      license_arn: "arn:l",
      principal: "arn:aws:iam::999999999999:root",
      allowed_operations: ["CheckoutLicense"],
    },
    "arn:aws:iam::999999999999:root now has CheckoutLicense on arn:l",
  ],
  [
    "aws_guardduty_organization_admin_account.x",
    null,
    { admin_account_id: "999999999999" },
    "account 999999999999 can now administer GuardDuty for the organization",
  ],
  [
    "aws_organizations_delegated_administrator.x",
    null,
    { account_id: "999999999999", service_principal: "config.amazonaws.com" },
    "account 999999999999 now has config.amazonaws.com",
  ],
  [
    "aws_dlm_lifecycle_policy.x",
    { policy_details: [{ schedule: [{ name: "s" }] }] },
    { policy_details: [{ schedule: [{ name: "s", share_rule: [{ target_accounts: ["999999999999"] }] }] }] },
    "account 999999999999 can now use snapshots of",
  ],
  [
    "aws_imagebuilder_distribution_configuration.x",
    { name: "i", distribution: [] },
    {
      name: "i",
      distribution: [{ ami_distribution_configuration: [{ launch_permission: [{ user_groups: ["all"] }] }] }],
    },
    "anyone with an AWS account can now launch instances from images of i",
  ],
  [
    "aws_thing_from_tomorrow.x",
    { name: "t", shared_account_ids: [] },
    { name: "t", shared_account_ids: ["999999999999"] },
    "account 999999999999 can now use t",
  ],
])("%s: %j to %j", (address, before, after, sentence) => {
  const [found, ...others] = one(address, before, after);
  expect(others).toEqual([]);
  expect(found).toMatch(/^sharing broader /);
  expect(found).toContain(`- ${sentence}`);
  const [back] = one(address, after, before);
  // Without a block of public sharing everything can be shared: that is not a loss.
  expect(back).toMatch(/^sharing (narrower|broader) /);
  expect(one(address, { ...after, tags: null }, { ...after, tags: { a: "b" } })).toEqual([]);
});

test("removing a restriction is broader; adding one is not", () => {
  const closed = { state: "block-all-sharing" };
  expect(one("aws_ebs_snapshot_block_public_access.x", closed, null)).toEqual([
    expect.stringMatching(/^sharing broader .* - snapshots can now be shared with the public/),
  ]);
  expect(one("aws_ebs_snapshot_block_public_access.x", null, closed)).toEqual([]);
});

test("a principal that is sensitive or known only after apply is unknown, with the reason", () => {
  const after = { image_id: "ami-1" };
  const given = configured({
    "aws_ami_launch_permission.x": {
      account_id: ["aws_organizations_account.a.id", "aws_organizations_account.a"],
    },
  });
  expect(
    reported(
      [change("aws_ami_launch_permission.x", null, after, { after_unknown: { account_id: true } })],
      given,
    ),
  ).toEqual([
    expect.stringMatching(
      /^sharing unknown ami-1 \(account_id is known only after apply.*aws_organizations_account.a.id/,
    ),
  ]);
  expect(
    one(
      "aws_db_snapshot.x",
      { db_snapshot_identifier: "n" },
      { db_snapshot_identifier: "n", shared_accounts: ["1"] },
      { after_sensitive: { shared_accounts: true } },
    ),
  ).toEqual(["sharing unknown n (shared_accounts is marked as sensitive)"]);
});

test("a computed value is not a grant", () => {
  const entry = change(
    "aws_eks_access_entry.x",
    null,
    { cluster_name: "c", principal_arn: "arn:p" },
    { after_unknown: { kubernetes_groups: true, user_name: true } },
  );
  const given = configured({ "aws_eks_access_entry.x": { cluster_name: [], principal_arn: [] } });
  expect(reported([entry], given)).toEqual(["sharing broader c - arn:p can now sign in to c"]);
});

test("a changed qualifier of a grant is unknown, and so is an unlisted argument", () => {
  const grant = { cluster_name: "c", principal_arn: "arn:p", policy_arn: "arn:admin" };
  const scope = (type: string) => ({ ...grant, access_scope: [{ type, namespaces: [] }] });
  expect(one("aws_eks_access_policy_association.x", scope("namespace"), scope("cluster"))).toEqual([
    "sharing unknown c (not compared: access_scope)",
  ]);
  expect(
    one(
      "aws_eks_access_policy_association.x",
      { ...grant, on_mondays: true },
      { ...grant, on_mondays: false },
    ),
  ).toEqual(["permissions unknown aws_eks_access_policy_association.x (not compared: on_mondays)"]);
});

test("sharing another object with the same principal gains one and loses the other", () => {
  const side = (image_id: string) => ({ image_id, account_id: "999999999999" });
  const replaced = resource("aws_ami_launch_permission.x", {
    actions: ["delete", "create"],
    before: side("ami-11111111"),
    after: side("ami-22222222"),
  });
  expect(reported([replaced])).toEqual([
    expect.stringMatching(
      /^sharing both-ways .*can now launch instances from ami-22222222 .*can no longer launch instances from ami-11111111/,
    ),
  ]);
});

test("moving a share to another address or stack is no change; nothing is lost that another resource grants", () => {
  const side = { image_id: "ami-11111111", account_id: "999999999999" };
  const gone = change("aws_ami_launch_permission.x", side, null);
  expect(reportedOf(plan([gone]), plan([change("aws_ami_launch_permission.y", null, side)]))).toEqual([]);
  expect(reported([gone, unchanged("aws_ami_launch_permission.z", side)])).toEqual([]);
  expect(reported([gone])).toEqual([expect.stringMatching(/^sharing narrower /)]);
});

test("an object shared by hand is reported as drift, with what the plan does about it", () => {
  const side = (...shared_accounts: string[]) => ({ db_snapshot_identifier: "nightly", shared_accounts });
  const drift = change("aws_db_snapshot.x", side(), side("999999999999"));
  expect(
    reported([change("aws_db_snapshot.x", side("999999999999"), side())], { resource_drift: [drift] }),
  ).toEqual([
    "sharing broader nightly (the plan reverts it) - account 999999999999 can now restore nightly",
    "sharing narrower nightly - account 999999999999 can no longer restore nightly",
  ]);
});

test("a portfolio is shared with another account: one gains, one loses; timeouts are no change", () => {
  const share = (principal_id: string, more: object = {}) => ({
    portfolio_id: "port-1",
    principal_id,
    type: "ACCOUNT",
    ...more,
  });
  const address = "aws_servicecatalog_portfolio_share.x";
  expect(one(address, share("999999999999"), share("888888888888"))).toEqual([
    "sharing both-ways port-1 - account 888888888888 can now import the products of portfolio port-1 - account 999999999999 can no longer import the products of portfolio port-1",
  ]);
  expect(one(address, share("888888888888"), share("888888888888", { timeouts: { create: "5m" } }))).toEqual(
    [],
  );
});
