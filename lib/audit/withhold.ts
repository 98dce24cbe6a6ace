import type { Finding } from "../iam/audit/core/finding";
import { type Mask, NO_SECRETS } from "../plan/sensitive/masking";
import type { AuditedRole } from "./found/audited-role";

const WITHHELD = "the trust policy is marked as sensitive: its values, tokens and corrections are not shown";

/**
 * A finding without sensitive values: if the trust policy, or a value in it, is marked as
 * sensitive, only the kind of the finding remains, because all its texts are derived from the
 * policy.
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
