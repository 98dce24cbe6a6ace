import type { Mask } from "../plan/sensitive/masking";
import type { AuditedRole } from "./audited-role";

/** What was found in one file that holds trust policies. */
export interface Found {
  readonly roles: readonly AuditedRole[];
  /** Takes out what the file marks as sensitive. Undefined: it marks nothing. */
  readonly mask?: Mask;
  /** Why the file is not the whole, such as one page of several. Undefined: it is. */
  readonly incomplete?: string;
}

/** A file, and what is to be said of it. */
export interface FileNote {
  readonly file: string;
  readonly reason: string;
}
