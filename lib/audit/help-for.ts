import type { FindingId } from "../iam/audit/core/finding";

/** Where a finding is explained, from the repository's root. */
export function helpFor(id: FindingId): string {
  return `docs/findings.md#${id}`;
}
