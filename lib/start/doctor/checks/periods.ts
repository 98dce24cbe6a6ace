import { oidc } from "../../../command-name";
import type { Access } from "../../../config/model/model";
import { describeEnded, describeEnding, endedEntries, endingEntries } from "../../../describe/dated-entries";
import { type CheckResult, good, warning } from "./check-result";

const WHAT = "periods";

/**
 * Entries of access.yaml that have ended or end within 14 days. Neither blocks a deploy. Empty: no
 * entry has a period.
 * @param at ISO 8601 in UTC, to the second
 */
export function checkPeriods(access: Pick<Access, "dated">, at: string): readonly CheckResult[] {
  const { dated = [] } = access;
  if (dated.length === 0) return [];
  const ended = endedEntries(access, at).map((entry) =>
    warning(WHAT, describeEnded(entry), `remove the entry: ${oidc("prune")}`),
  );
  const ending = endingEntries(access, at).map((entry) =>
    warning(WHAT, describeEnding(entry, at), "to extend it, change `until` in access.yaml"),
  );
  if (ended.length + ending.length > 0) return [...ended, ...ending];
  const entries = dated.length === 1 ? "1 entry has a period" : `${dated.length} entries have a period`;
  return [good(WHAT, `${entries}; none has ended, and none ends within 14 days`)];
}
