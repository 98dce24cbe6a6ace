import { checkCaller } from "../../aws/caller";
import { accountView } from "../../config/model/account-view";
import type { Access, Account } from "../../config/model/model";
import { ProjectError } from "../../errors";
import type { LeftOut } from "../../report/model/review";
import type { SynthesisedStack } from "../stacks/synthesised-stacks";

/**
 * The stacks that cannot be planned, because the credentials of the environment do not belong to
 * their account. Each account is checked once, so that one message replaces a failed plan for each
 * of its stacks. Stacks of no account of the file are not checked.
 * @throws the errors of `checkCaller` that are not a ProjectError
 */
export async function withoutCredentials(
  stacks: readonly SynthesisedStack[],
  access: Access,
): Promise<readonly LeftOut[]> {
  const checked = await Promise.all(
    access.accounts.map(async (account): Promise<readonly LeftOut[]> => {
      const own = accountView(access, account).stackNames;
      const names = stacks.map(({ name }) => name).filter((name) => own.includes(name));
      const reason = names.length === 0 ? undefined : await whyNot(account);
      return reason === undefined ? [] : names.map((name) => ({ name, reason, isErrored: true }));
    }),
  );
  return checked.flat();
}

async function whyNot(account: Account): Promise<string | undefined> {
  try {
    await checkCaller(account);
    return undefined;
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    const because =
      error.code === "wrong-account"
        ? `the credentials belong to account ${error.found}, not to ${account.id}`
        : error.message;
    return `no credentials for account ${account.key}: ${because}`;
  }
}
