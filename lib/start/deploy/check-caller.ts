import { callerIdentity, callerUnknown, checkCaller } from "../../aws/caller";
import { oidc } from "../../command-name";
import { accountView } from "../../config/model/account-view";
import type { Access } from "../../config/model/model";
import { ProjectError } from "../../errors";
import { isNamed } from "../../terraform/cdktf-arguments";

/**
 * Requires credentials for the account of the stacks, before anything is synthesized or installed.
 * A stack that access.yaml does not declare is not checked.
 * @param named stacks as cdktf's arguments name them; none: all
 * @throws ProjectError `no-credentials`, `aws-unreachable`, `wrong-account`
 */
export async function checkCallerOfStacks(
  command: string,
  access: Access,
  named: readonly string[],
): Promise<void> {
  const needed = access.accounts.filter((account) =>
    accountView(access, account).stackNames.some((stack) => isNamed(named, stack)),
  );
  const [first, ...others] = needed;
  if (first === undefined) return;
  if (others.length === 0) {
    await checkCaller(first);
    return;
  }
  const { account: found, arn } = await callerIdentity(first.region).catch((error: unknown) => {
    throw callerUnknown(error);
  });
  const own = access.accounts.find(({ id }) => id === found);
  throw new ProjectError({
    code: "wrong-account",
    message: `the stacks belong to several accounts (${needed.map(({ key, id }) => `"${key}" ${id}`).join(", ")}), and the credentials to account ${found ?? "(unknown)"} (${arn ?? "no ARN"})`,
    found: found ?? "unknown",
    fix: `name the stacks of one account, with credentials for it: ${oidc(command, `"${(own ?? first).key}-*"`)}`,
  });
}
