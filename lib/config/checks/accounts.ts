import { adviceFor } from "../../collections/suggest";
import type { Reporter } from "../yaml/problem";
import type { AccountOutline, BucketOutline, Outline, RoleOutline } from "./outline";

/** What lives in one account. */
type Resident = Pick<RoleOutline | BucketOutline, "key" | "path" | "account" | "accountPresent">;

/**
 * The account a role or a bucket will live in, or undefined if the file leaves that open;
 * `checkAccounts` reports why.
 */
export function accountOf(
  role: Omit<Resident, "key" | "path">,
  outline: Outline,
): AccountOutline | undefined {
  if (role.account !== undefined) return outline.accounts.find(({ key }) => key === role.account?.value);
  return role.accountPresent || outline.accounts.length !== 1 ? undefined : outline.accounts[0];
}

/** Every role and every bucket must live in one account that the file describes. */
export function checkAccounts(outline: Outline, report: Reporter): void {
  const keys = new Set(outline.accounts.map(({ key }) => key));
  const allowed = [...keys].sort().join(", ");
  // Without any account that could be read, the problem is reported there.
  if (keys.size === 0) return;
  const residents = outline.projects.flatMap(({ roles, buckets }) => [
    ...roles.map((one): readonly [Resident, string] => [one, "role"]),
    ...buckets.map((one): readonly [Resident, string] => [one, "bucket"]),
  ]);
  for (const [role, kind] of residents) {
    if (role.account !== undefined && !keys.has(role.account.value)) {
      report.at(role.account.path, {
        code: "unknown-account",
        message: "there is no account of this name",
        found: role.account.value,
        allowed,
        fix: adviceFor(role.account.value, keys, "add it to `accounts`"),
      });
    } else if (!role.accountPresent && keys.size > 1) {
      report.atKey(role.path, {
        code: "account-needed",
        message: `with several accounts a ${kind} has to say which one it lives in`,
        found: role.key,
        allowed,
        fix: `add \`account:\` with one of ${allowed}`,
      });
    }
  }
}
