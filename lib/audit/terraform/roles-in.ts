import { type AuditedRole, readTrust, textOf } from "../found/audited-role";
import { attributeOf, ofType, type Resource } from "./resource";
import { permissionsOf } from "./role-permissions";
import { rolesCreatedBy } from "./roles-created-by";

/** Resource types for roles, with the argument of the trust policy (AWS and AWS Cloud Control). */
const ROLES = [
  { type: "aws_iam_role", name: "name", trust: "assume_role_policy" },
  { type: "awscc_iam_role", name: "role_name", trust: "assume_role_policy_document" },
] as const;

/** The roles among resources. @param file their file */
export function rolesIn(resources: readonly Resource[], file: string): readonly AuditedRole[] {
  const providers = ofType(resources, "aws_iam_openid_connect_provider").flatMap(({ values: { arn } }) =>
    typeof arn === "string" ? [arn] : [],
  );
  const own = ROLES.flatMap(({ type, name, trust }) =>
    ofType(resources, type).map((resource): AuditedRole => {
      const { address, values } = resource;
      const path = `${address}.${trust}`;
      const called = textOf(values[name], address);
      const { value, isUnknown, isSensitive } = attributeOf(resource, trust);
      const isLater = isUnknown || value === undefined || value === null;
      return {
        name: called,
        file,
        path,
        ...(isLater ? { policy: undefined, unreadable: KNOWN_LATER } : readTrust(value, path)),
        ...(isSensitive ? { isSensitive } : {}),
        permissions: (aws) => permissionsOf(values, called, resources, aws),
        providers,
      };
    }),
  );
  return [...own, ...resources.flatMap((resource) => rolesCreatedBy(resource, file))];
}

const KNOWN_LATER = "its trust policy is known only after apply, or is not in the file";
