import { inlineSource, managedSource } from "../../audit/found/policy-sources";
import type { AwsPolicies } from "../../iam/data/managed-policies";
import type { PermissionSource, Permissions } from "../../iam/prove/requests/compare-permissions";
import type { FoundRole, Inventory } from "../inventory/inventory";

/** What a role of an account may do, as far as the inventory and AWS's managed policies say. */
export function foundPermissions(
  { inline, attached, boundary }: FoundRole,
  policies: Inventory["policies"],
  aws: AwsPolicies,
): Permissions {
  const managed = (arn: string): PermissionSource => {
    const own = policies.find((one) => one.arn === arn);
    return own === undefined ? managedSource(arn, aws) : inlineSource(arn, own.document);
  };
  return {
    identity: [...inline.map(({ name, document }) => inlineSource(name, document)), ...attached.map(managed)],
    ...(boundary === undefined ? {} : { boundary: managed(boundary) }),
  };
}
