import { each, principalsIn, type ShareRule } from "./share-rules";

const ORGANIZATION_ADMINS: Readonly<Record<string, readonly [attribute: string, service: string]>> = {
  aws_auditmanager_organization_admin_account_registration: ["admin_account_id", "Audit Manager"],
  aws_cloudtrail_organization_delegated_admin_account: ["account_id", "CloudTrail"],
  aws_detective_organization_admin_account: ["account_id", "Detective"],
  aws_fms_admin_account: ["account_id", "Firewall Manager"],
  aws_guardduty_organization_admin_account: ["admin_account_id", "GuardDuty"],
  aws_inspector2_delegated_admin_account: ["account_id", "Inspector"],
  aws_macie2_organization_admin_account: ["admin_account_id", "Macie"],
  aws_securityhub_organization_admin_account: ["admin_account_id", "Security Hub"],
  aws_vpc_ipam_organization_admin_account: ["delegated_admin_account_id", "IPAM"],
};

const QUICKSIGHT: Readonly<Record<string, readonly [object: string, block: string]>> = {
  aws_quicksight_analysis: ["analysis_id", "permissions"],
  aws_quicksight_dashboard: ["dashboard_id", "permissions"],
  aws_quicksight_data_set: ["data_set_id", "permissions"],
  aws_quicksight_data_source: ["data_source_id", "permission"],
  aws_quicksight_folder: ["folder_id", "permissions"],
  aws_quicksight_template: ["template_id", "permissions"],
  aws_quicksight_theme: ["theme_id", "permissions"],
};

/** The snapshots of databases, by the attribute that names them. */
const SNAPSHOTS: Readonly<Record<string, string>> = {
  aws_db_snapshot: "db_snapshot_identifier",
  aws_db_snapshot_copy: "target_db_snapshot_identifier",
  aws_db_cluster_snapshot: "db_cluster_snapshot_identifier",
  aws_rds_cluster_snapshot_copy: "target_db_cluster_snapshot_identifier",
};

function eachOf<Row>(
  rows: Readonly<Record<string, Row>>,
  rule: (row: Row) => ShareRule,
): Readonly<Record<string, ShareRule>> {
  return Object.fromEntries(Object.entries(rows).map(([type, row]) => [type, rule(row)]));
}

/**
 * Types of one kind: snapshots of databases, delegated administrators of services, assets of
 * QuickSight.
 */
export const SHARE_FAMILIES: Readonly<Record<string, ShareRule>> = {
  ...eachOf(SNAPSHOTS, (name) => ({ object: [name], grants: [principalsIn("shared_accounts", "restore")] })),
  ...eachOf(ORGANIZATION_ADMINS, ([account, service]) => ({
    object: [],
    grants: [principalsIn(account, `administer ${service} for the organization by`)],
  })),
  ...eachOf(QUICKSIGHT, ([name, block]) => ({
    object: [name],
    grants: [each("principal", "actions", block)],
  })),
};
