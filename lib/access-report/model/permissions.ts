import type { Access, AnyRole } from "../../config/model/model";
import { widestFirst } from "../../describe/permission";
import { unknownPolicies } from "../../explain/permissions/holder";
import type { ActionCatalogue } from "../../iam/data/action-details";
import type { AwsData } from "../../iam/data/aws-data";
import type { Permissions } from "../../iam/prove/requests/compare-permissions";
import { allRisksOf } from "../../iam/risk/permission-risks";
import { rolePermissions } from "../../iam/write/role-permissions";
import type { ReportPermissions } from "./report";

/** What a role of the file may do, as every synth writes it. */
export function permissionsOf(role: AnyRole, access: Access, aws: AwsData): Omit<ReportPermissions, "since"> {
  return reportedPermissions(rolePermissions(role, access, aws), aws.actions);
}

/** The same of permissions from elsewhere. */
export function reportedPermissions(
  permissions: Permissions,
  actions: ActionCatalogue | undefined,
): Omit<ReportPermissions, "since"> {
  const { identity, boundary } = permissions;
  const statements = identity.flatMap((one) => (one.kind === "policy" ? one.policy.statements : []));
  const allows = widestFirst(statements.filter(({ effect }) => effect === "Allow"));
  return {
    risks: allRisksOf(permissions, actions),
    allows,
    isLimited: boundary !== undefined || allows.length < statements.length,
    unknown: unknownPolicies({ permissions }),
  };
}
