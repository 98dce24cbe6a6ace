import { readFileSync } from "node:fs";
import { synthDeclared } from "../../../adopt/declare";
import { readImports } from "../../../adopt/imports/read-imports";
import { findNameConflicts } from "../../../adopt/name-conflicts";
import { oidc } from "../../../command-name";
import type { Access, Account } from "../../../config/model/model";
import { accessFile } from "../../../project/project-root";
import { type CheckResult, good, unknown, wrong } from "./check-result";

/** Whether objects that a deploy would create already exist in the account. */
export async function checkNameConflicts(
  access: Access,
  account: Account,
  env: NodeJS.ProcessEnv,
): Promise<readonly CheckResult[]> {
  const declared = await synthDeclared(readFileSync(accessFile(env), "utf8"), access, env);
  const found = await findNameConflicts(access, account, declared, readImports(accessFile(env)));
  const what = "names in AWS";
  if (found === undefined)
    return [unknown(what, "Terraform state could not be read, so unmanaged objects are unknown")];
  if (found.length === 0)
    return [good(what, "no object that a deploy would create exists outside Terraform")];
  return found.map(({ kind, name, at }) =>
    wrong(
      what,
      `${kind} ${name} already exists; a deploy would create it as ${at}`,
      `${oidc("adopt")} --account ${account.key}`,
    ),
  );
}
