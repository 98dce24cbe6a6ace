import type { Role, TerraformScope } from "../../../config/model/model";
import type { PolicyDocument } from "../../language/document";
import { changeStatements, denyStatements } from "./change-permissions";
import { managedBy } from "./managed";
import { readStatements } from "./read-permissions";
import { watchStatements } from "./watch-permissions";

/**
 * What a role that runs Terraform may do, computed from what the file has in its account.
 *
 * `plan`: what refreshing, the S3 backend and planning without a lock read, and nothing that
 * writes. `apply`: that, and what deploying writes, but for the pipeline's own roles, the boundary
 * and the state bucket's settings. `watch`: what comparing the account with the file reads, and its
 * own record.
 */
export function writeTerraformPermissions(role: Role, scope: TerraformScope): PolicyDocument {
  const managed = managedBy(role, scope);
  if (scope.task === "watch")
    return { Version: "2012-10-17", Statement: watchStatements(managed, role.account) };
  const reads = readStatements(managed, role.account);
  if (scope.task === "plan") return { Version: "2012-10-17", Statement: reads };
  return {
    Version: "2012-10-17",
    Statement: [...reads, ...changeStatements(managed), ...denyStatements(managed)],
  };
}
