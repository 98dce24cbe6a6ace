import type { Access, AnyRole } from "../../config/model/model";
import { roleArn } from "../../iam/language/arns";
import type { GrantedAccess } from "../model/granted-access";
import type { GrantedRole } from "../model/granted-roles";
import { asksAccess, asksPermissions, asksRole, type Question, roleText } from "./questions";

/** What is dated: an access, or a role, or the permissions of a role. */
export type DatedThing = GrantedAccess | RoleThing;

interface RoleThing {
  readonly of: "role" | "permissions";
  readonly role: AnyRole;
}

/** The questions about one role. */
export interface RoleQuestions {
  readonly questions: ReadonlyMap<DatedThing, Question>;
  /** All of a version that the answers depend on, besides the moment. */
  readonly signature: (version: Access) => string | undefined;
}

/** The questions about every role of the file. */
export function questionsOf(roles: readonly GrantedRole[]): readonly RoleQuestions[] {
  return roles.map(({ role, access }): RoleQuestions => {
    const arn = roleArn(role);
    return {
      signature: (version) => roleText(version, arn),
      questions: new Map<DatedThing, Question>([
        [{ of: "role", role }, asksRole(role)],
        [{ of: "permissions", role }, asksPermissions(role)],
        ...access.map((one) => [one, asksAccess(one)] as const),
      ]),
    };
  });
}
