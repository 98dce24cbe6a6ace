import { stableId } from "../collections/stable-id";
import type { Finding } from "../iam/audit/core/finding";

/**
 * The id by which a finding is accepted, such as `finding-3f9c2a1b04de`. It does not depend on
 * where the role was read from, so it is the same for a plan and for what AWS answers, as long as
 * the finding is.
 * @param meaning what the finding is about, beside its message; nothing of a policy that is
 * sensitive
 */
export function acceptIdOf({ id, message }: Finding, role: string, meaning: readonly unknown[]): string {
  return stableId("finding", [id, role, message, meaning]);
}
