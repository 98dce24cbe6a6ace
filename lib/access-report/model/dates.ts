import type { AnyRole } from "../../config/model/model";
import type { GrantedAccess } from "./granted-access";
import type { Since } from "./since";

/** Since when each thing of the file is as it is. */
export interface Dates {
  readonly ofAccess: (access: GrantedAccess) => Since;
  readonly ofRole: (role: AnyRole) => Since;
  readonly ofPermissions: (role: AnyRole) => Since;
}

const notExamined = (): Since => ({ kind: "not-examined" });

/** Git's history was not examined. */
export const NO_DATES: Dates = { ofAccess: notExamined, ofRole: notExamined, ofPermissions: notExamined };
