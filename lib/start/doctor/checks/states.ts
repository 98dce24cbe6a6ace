import { createS3Client } from "../../../aws/clients";
import { oidc } from "../../../command-name";
import { accountView } from "../../../config/model/account-view";
import type { Access, Account } from "../../../config/model/model";
import { ProjectError } from "../../../errors";
import { findStateBucket } from "../../state/find-bucket";
import { readStateLock } from "../../state/state-lock";
import { type CheckResult, good, unknown, wrong } from "./check-result";

/** The account's state bucket, and the locks on its stacks. */
export async function checkStates(access: Access, account: Account): Promise<readonly CheckResult[]> {
  const s3 = createS3Client({ region: account.region });
  const bootstrap = oidc("bootstrap", "--account", account.key);
  try {
    if ((await findStateBucket(s3, account)) === "absent")
      return [wrong("state bucket", `bucket ${account.stateBucket} does not exist`, bootstrap)];
    const { stackNames } = accountView(access, account);
    const locks = await Promise.all(
      stackNames.map(async (stack) => ({ stack, lock: await readStateLock(s3, account, stack) })),
    );
    const held = locks.filter(({ lock }) => lock !== undefined);
    return [
      good("state bucket", account.stateBucket),
      ...(held.length === 0
        ? [good("state locks", "no stack is locked")]
        : held.map(({ stack, lock }) =>
            wrong(
              "state locks",
              `${stack} has been locked by ${lock?.who} since ${lock?.created}`,
              oidc("unlock", stack),
            ),
          )),
    ];
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    const isWrong = error.code !== "state-bucket-refused" && error.code !== "state-bucket-unreadable";
    return [
      isWrong
        ? wrong("state bucket", error.message, error.fix ?? bootstrap)
        : unknown("state bucket", error.message, error.fix),
    ];
  } finally {
    s3.destroy();
  }
}
