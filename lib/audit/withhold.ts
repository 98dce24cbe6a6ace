import type { Finding } from "../iam/audit/core/finding";
import { type Mask, NO_SECRETS } from "../plan/sensitive/masking";
import type { AuditedRole } from "./audited-role";

const WITHHELD =
  "the trust policy is marked as sensitive, so no value of it, no token and no correction is shown";

/**
 * A finding of a role as it may be shown: of a trust policy that is marked as sensitive, or that
 * holds a value which is, nothing but which finding it is. All its texts are made from the policy,
 * so none of them is kept.
 */
export function withhold(
  found: Finding,
  { isSensitive, mask = NO_SECRETS, path }: Pick<AuditedRole, "isSensitive" | "mask" | "path">,
): Finding {
  const { id, severity } = found;
  if (isSensitive !== true && !holdsSecret(found, mask)) return found;
  return { id, severity, path: mask(path), message: WITHHELD };
}

function holdsSecret(found: Finding, mask: Mask): boolean {
  if (mask === NO_SECRETS) return false;
  const text = JSON.stringify(found);
  return mask(text) !== text;
}
