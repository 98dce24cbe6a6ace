import { readFileSync } from "node:fs";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { createStsClient } from "../aws/clients";
import { accountView } from "../config/model/account-view";
import type { Access, Account } from "../config/model/model";
import { accessFile } from "../project/read-access";
import { synthDeclared } from "./declare";
import { readImports } from "./imports/read-imports";
import { findNameConflicts, refuseNameConflicts } from "./name-conflicts";

/**
 * Looks before a deploy whether the caller's account has already what it would create, and says all
 * of it at once. Where nothing can be told, for want of credentials, of an account that the file
 * has, or of rights to look, Terraform goes ahead and tells in its own way.
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
  const patterns = named.map(
    (name) =>
      new RegExp(
        `^${name
          .split("*")
          .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"))
          .join(".*")}$`,
      ),
  );
  const isDeployed = (stack: string): boolean =>
    patterns.length === 0 || patterns.some((pattern) => pattern.test(stack));
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
  const sts = createStsClient({ region: accounts[0]?.region ?? "us-east-1", maxAttempts: 1 });
  try {
    const { Account: id } = await sts.send(new GetCallerIdentityCommand({}));
    return accounts.find((account) => account.id === id);
  } catch {
    // Terraform needs the same credentials, and says what is wrong with them.
    return undefined;
  } finally {
    sts.destroy();
  }
}
