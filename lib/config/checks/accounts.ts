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
  // If no account could be read, that is the problem that is reported.
  if (keys.size === 0) return;
  const owned = outline.projects.flatMap((project) => [
    ...project.roles.map((one) => ({ one, name: `${project.key}/${one.key}`, kind: "role" })),
    ...project.buckets.map((one) => ({ one, name: `${project.key}/${one.key}`, kind: "bucket" })),
  ]);
  for (const { one } of owned) {
    if (one.account === undefined || keys.has(one.account.value)) continue;
    report.at(one.account.path, {
      code: "unknown-account",
      message: "no account has this name",
      found: one.account.value,
      allowed: [...keys].sort().join(", "),
      fix: adviceFor(one.account.value, keys, "add it to `accounts`"),
    });
  }
  if (keys.size > 1) reportWithoutAccount(owned, [...keys], report);
}

/**
 * One error for all roles and buckets without `account`, at the first of them. A user who adds a
 * second account to a file sees the whole list at once.
 * @param accounts in the order of the file
 */
function reportWithoutAccount(
  owned: readonly { readonly one: Owned; readonly name: string; readonly kind: string }[],
  accounts: readonly string[],
  report: Reporter,
): void {
  const missing = owned.filter(({ one }) => !one.accountPresent);
  const [first] = missing;
  if (first === undefined) return;
  const isOnly = missing.length === 1;
  const list = missing.map(({ name, kind }) => (kind === "role" ? name : `${name} (bucket)`)).join(", ");
  report.atKey(first.one.path, {
    code: "account-needed",
    message: isOnly
      ? `the file has several accounts, so the ${first.kind} must name one`
      : `the file has several accounts, so each of these ${missing.length} roles and buckets must name one: ${list}`,
    found: isOnly ? first.one.key : list,
    allowed: [...accounts].sort().join(", "),
    fix: `add a line such as \`account: ${accounts[0]}\` to ${isOnly ? first.name : "each of them"}`,
  });
}
