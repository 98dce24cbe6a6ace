import { checkCaller } from "../../aws/caller";
import { createS3Client } from "../../aws/clients";
import type { Access } from "../../config/model/model";
import { accountOfStack } from "../../project/pick-stack";
import type { StartHost } from "../host";
import { readStateLock, removeStateLock } from "../state/state-lock";
import { printLock, printUnlocked } from "./print";

/**
 * Shows who holds the lock on a stack's state, and removes exactly that lock after a confirmation.
 * @returns whether the stack is unlocked now
 * @throws ProjectError `unknown-stack` (exit 2), `wrong-account`, `no-credentials`,
 * `aws-unreachable`, `unreadable-lock`, `lock-changed`
 */
export async function unlock(
  access: Access,
  stack: string,
  { say, confirm }: Pick<StartHost, "say" | "confirm">,
): Promise<boolean> {
  const account = accountOfStack(access, stack);
  await checkCaller(account);
  const s3 = createS3Client({ region: account.region });
  try {
    const lock = await readStateLock(s3, account, stack);
    say(printLock(stack, lock));
    if (lock === undefined) return true;
    if (!(await confirm("Remove this lock?"))) return false;
    await removeStateLock(s3, account, stack, lock);
    say(printUnlocked(stack));
    return true;
  } finally {
    s3.destroy();
  }
}
