import { hasGrant } from "../../config/model/grants";
import type { Access, AnyProject, AnyRole } from "../../config/model/model";
import type { AccessFile } from "../../config/schema/schema";
import { roleKey } from "../../describe/role";
import { TrustComparisons } from "../../diff/tokens/trust-comparisons";
import { type Accepted, acceptedBy } from "./accepted";
import { accessTo, type GrantedAccess } from "./granted-access";

/** A role of the file, with every access to it. */
export interface GrantedRole {
  /** `website/deploy`. */
  readonly key: string;
  readonly project: AnyProject;
  readonly role: AnyRole;
  /** Whom a hand-written trust policy accepts. */
  readonly accepted?: Accepted;
  /** That of people by name, then that of everyone else; each by ref. */
  readonly access: readonly GrantedAccess[];
}

/** Every role of a valid file, by project and key. @param file what the Access was built from */
export function grantedRoles(access: Access, file: AccessFile): readonly GrantedRole[] {
  const trusts = new TrustComparisons([], access);
  return access.projects.flatMap((project) =>
    project.roles.map((role): GrantedRole => {
      const accepted = hasGrant(role) ? undefined : acceptedBy(role.trust, access, trusts);
      return {
        key: roleKey(project, role),
        project,
        role,
        ...(accepted === undefined ? {} : { accepted }),
        access: accessTo(project, role, { access, file, accepted }),
      };
    }),
  );
}
