import { readFileSync } from "node:fs";
import { callerIdentity } from "../aws/caller";
import { oidc } from "../command-name";
import { accountView } from "../config/model/account-view";
import type { Access, Account } from "../config/model/model";
import { ProjectError } from "../errors";
import { accessFile } from "../project/project-root";
import { isNamed } from "../terraform/cdktf-arguments";
import { synthDeclared } from "./declare";
import { readImports } from "./imports/read-imports";
import { findNameConflicts, type NameConflict } from "./name-conflicts";

/**
 * Refuses a deploy that would create objects which already exist in the caller's account, and lists
 * all of them. Without credentials, with those of an unknown account, or without read permissions
 * it does nothing: Terraform reports its own error.
 * @param named stacks as cdktf's arguments name them, `*` for any characters; none: all
 * @throws ProjectError `deploy-over-existing` (exit 1)
 */
export async function guardDeploy(
  access: Access,
  named: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const account = await callersAccount(access);
  if (account === undefined) return;
  const isDeployed = (stack: string): boolean => isNamed(named, stack);
  if (!accountView(access, account).stackNames.some(isDeployed)) return;
  const declared = await synthDeclared(readFileSync(accessFile(), "utf8"), access, env);
  const found = await findNameConflicts(
    access,
    account,
    declared.filter(({ stack }) => isDeployed(stack)),
    readImports(),
  );
  if (found !== undefined) refuseNameConflicts(found, account.key, access.accounts.length === 1);
}

async function callersAccount({ accounts }: Access): Promise<Account | undefined> {
  // Terraform uses the same credentials, and reports what is wrong with them.
  const identity = await callerIdentity(accounts[0]?.region ?? "us-east-1").catch(() => undefined);
  return accounts.find(({ id }) => id === identity?.account);
}

function refuseNameConflicts(found: readonly NameConflict[], account: string, isOnly: boolean): void {
  if (found.length === 0) return;
  const list = found.map(({ kind, name, at }) => `  ${kind} ${name} (would be ${at})`).join("\n");
  throw new ProjectError({
    code: "deploy-over-existing",
    message: `account ${account} already has objects that this deploy would create; nothing was deployed:\n${list}`,
    found: found.map(({ name }) => name).join(", "),
    fix: `adopt them first: ${oidc("adopt")}${isOnly ? "" : ` --account ${account}`}`,
  });
}
