import { suggest } from "../collections/suggest";
import type { Access, Account } from "../config/model/model";
import { ProjectError } from "../errors";

/**
 * The account of this key; without a key, the only one there is.
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
    message: key === undefined ? "there are several accounts" : `there is no account "${key}" in access.yaml`,
    found: key ?? "",
    fix:
      suggestion === undefined
        ? `name one with --account: ${keys.join(", ")}`
        : `did you mean "${suggestion}"?`,
    exitCode: 2,
  });
}
