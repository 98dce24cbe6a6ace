import { computedBoundaryArn } from "../../config/model/boundary";
import { hasGrant } from "../../config/model/grants";
import type { Access, AnyRole } from "../../config/model/model";
import { describeGrant } from "../../describe/grant";
import type { Phrase } from "../../describe/phrase";
import type { AwsPolicies } from "../../iam/data/managed-policies";
import { printPolicy } from "../../iam/language/document";
import { parsePolicy } from "../../iam/language/read-policy";
import type { PermissionSource } from "../../iam/prove/requests/compare-permissions";
import { inlinePolicies } from "../../iam/write/inline-policies";
import { writeBoundary } from "../../iam/write/terraform/boundary";
import type { OwnRole } from "../question";
import type { Holder } from "./holder";

/** The permissions of roles of access.yaml, as every synth writes them. */
export function ownHolders(access: Access, roles: readonly OwnRole[], aws: AwsPolicies): readonly Holder[] {
  return roles.map(({ role }): Holder => {
    const boundary = role.permissionsBoundary;
    return {
      name: role.name,
      permissions: {
        identity: [
          ...inlinePolicies(role).map(({ document }) => readable(printPolicy(document))),
          ...role.inlinePolicies.map(({ text }) => readable(text)),
          ...role.policies.map((arn) => ofArn(arn, aws)),
        ],
        ...(boundary === undefined ? {} : { boundary: boundaryOf(boundary, role, access, aws) }),
      },
      who: whoOf(role),
      people: peopleOf(role, access),
    };
  });
}

function whoOf(role: AnyRole): Phrase {
  return hasGrant(role) ? describeGrant(role.grant) : ["those whom its own trust policy accepts"];
}

function peopleOf(role: AnyRole, access: Access): readonly string[] {
  if (!hasGrant(role)) return [];
  const { people } = role.grant;
  const members = people.kind === "everyone" ? access.people : people.members;
  return members.map(({ name }) => name).sort();
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
