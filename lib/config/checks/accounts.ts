import { adviceFor } from "../../collections/suggest";
import type { Reporter } from "../yaml/problem";
import type { AccountOutline, BucketOutline, Outline, RoleOutline } from "./outline";

/** A role or a bucket: each belongs to one account. */
type Owned = Pick<RoleOutline | BucketOutline, "key" | "path" | "account" | "accountPresent">;

/**
 * The account of a role or a bucket; undefined if it cannot be determined, which `checkAccounts`
 * reports.
 */
export function accountOf(role: Omit<Owned, "key" | "path">, outline: Outline): AccountOutline | undefined {
  if (role.account !== undefined) return outline.accounts.find(({ key }) => key === role.account?.value);
  return role.accountPresent || outline.accounts.length !== 1 ? undefined : outline.accounts[0];
}

/** Every role and every bucket belongs to one account of the file. */
export function checkAccounts(outline: Outline, report: Reporter): void {
  const keys = new Set(outline.accounts.map(({ key }) => key));
  const allowed = [...keys].sort().join(", ");
  // If no account could be read, that is the problem that is reported.
  if (keys.size === 0) return;
  const owned = outline.projects.flatMap(({ roles, buckets }) => [
    ...roles.map((one): readonly [Owned, string] => [one, "role"]),
    ...buckets.map((one): readonly [Owned, string] => [one, "bucket"]),
  ]);
  for (const [role, kind] of owned) {
    if (role.account !== undefined && !keys.has(role.account.value)) {
      report.at(role.account.path, {
        code: "unknown-account",
        message: "no account has this name",
        found: role.account.value,
        allowed,
        fix: adviceFor(role.account.value, keys, "add it to `accounts`"),
      });
    } else if (!role.accountPresent && keys.size > 1) {
      report.atKey(role.path, {
        code: "account-needed",
        message: `the file has several accounts, so the ${kind} must name one`,
        found: role.key,
        allowed,
        fix: `add \`account:\` with one of ${allowed}`,
      });
    }
  }
}
