import { suggest } from "../collections/suggest";
import { accountView } from "../config/model/account-view";
import type { Access, Account } from "../config/model/model";
import { ProjectError } from "../errors";

/**
 * The account of a stack.
 * @throws ProjectError `unknown-stack` (exit 2)
 */
export function accountOfStack(access: Access, stack: string): Account {
  const stacks = new Map(
    access.accounts.flatMap((account) =>
      accountView(access, account).stackNames.map((name): [string, Account] => [name, account]),
    ),
  );
  const account = stacks.get(stack);
  if (account !== undefined) return account;
  const names = [...stacks.keys()];
  const suggestion = suggest(stack, names);
  throw new ProjectError({
    code: "unknown-stack",
    message: `access.yaml declares no stack "${stack}"`,
    found: stack,
    fix: suggestion === undefined ? `one of: ${names.join(", ")}` : `did you mean "${suggestion}"?`,
    exitCode: 2,
  });
}
