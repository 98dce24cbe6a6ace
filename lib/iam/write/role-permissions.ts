import { computedBoundaryArn } from "../../config/model/boundary";
import type { Access, AnyRole } from "../../config/model/model";
import type { AwsPolicies } from "../data/managed-policies";
import { printPolicy } from "../language/document";
import { parsePolicy } from "../language/read-policy";
import type { PermissionSource, Permissions } from "../prove/requests/compare-permissions";
import { inlinePolicyTexts } from "./inline-policies";
import { writeBoundary } from "./terraform/boundary";

/** What a role of access.yaml may do, as every synth writes it. */
export function rolePermissions(role: AnyRole, access: Access, aws: AwsPolicies): Permissions {
  const boundary = role.permissionsBoundary;
  return {
    identity: [
      ...inlinePolicyTexts(role).map(({ text }) => readable(text)),
      ...role.policies.map((arn) => ofArn(arn, aws)),
    ],
    ...(boundary === undefined ? {} : { boundary: boundaryOf(boundary, role, access, aws) }),
  };
}

/** The computed boundary is known; another one is a policy of the account. */
function boundaryOf(arn: string, role: AnyRole, access: Access, aws: AwsPolicies): PermissionSource {
  const { account } = role;
  if (account.boundary?.from !== "computed" || arn !== computedBoundaryArn(account)) return ofArn(arn, aws);
  const roles = access.projects
    .flatMap((project) => project.roles)
    .filter((one) => one.account.id === account.id && one.terraform === undefined);
  return readable(printPolicy(writeBoundary(roles, account)));
}

function readable(text: string): PermissionSource {
  return { kind: "policy", policy: parsePolicy(text) };
}

function ofArn(arn: string, aws: AwsPolicies): PermissionSource {
  const policy = aws.contentOf(arn);
  return policy === undefined ? { kind: "opaque", name: arn } : { kind: "policy", policy };
}
