import { suggest } from "../collections/suggest";
import type { Access, Account } from "../config/model/model";
import { ProjectError } from "../errors";

/**
 * The account of a key; without a key, the only account.
 * @throws ProjectError `unknown-account`, `account-needed` (exit 2)
 */
export function pickAccount(access: Access, key: string | undefined): Account {
  const keys = access.accounts.map((account) => account.key);
  const [only, ...others] = access.accounts;
  if (key === undefined && only !== undefined && others.length === 0) return only;
  const found = access.accounts.find((account) => account.key === key);
  if (found !== undefined) return found;
  const suggestion = key === undefined ? undefined : suggest(key, keys);
  throw new ProjectError({
    code: key === undefined ? "account-needed" : "unknown-account",
    message: key === undefined ? "access.yaml has several accounts" : `access.yaml has no account "${key}"`,
    found: key ?? "",
    fix:
      suggestion === undefined
        ? `pass --account with one of: ${keys.join(", ")}`
        : `did you mean "${suggestion}"?`,
    exitCode: 2,
  });
}
