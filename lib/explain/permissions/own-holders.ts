import { hasGrant } from "../../config/model/grants";
import type { Access, AnyRole } from "../../config/model/model";
import { describeGrant } from "../../describe/grant";
import type { Phrase } from "../../describe/phrase";
import type { AwsPolicies } from "../../iam/data/managed-policies";
import { rolePermissions } from "../../iam/write/role-permissions";
import type { OwnRole } from "../question";
import type { Holder } from "./holder";

/** The permissions of roles of access.yaml, as every synth writes them. */
export function ownHolders(access: Access, roles: readonly OwnRole[], aws: AwsPolicies): readonly Holder[] {
  return roles.map(
    ({ role }): Holder => ({
      name: role.name,
      permissions: rolePermissions(role, access, aws),
      who: whoOf(role),
      people: peopleOf(role, access),
    }),
  );
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
