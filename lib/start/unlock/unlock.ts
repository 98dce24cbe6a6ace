import { checkCaller } from "../../aws/caller";
import { createS3Client } from "../../aws/clients";
import type { Access } from "../../config/model/model";
import { accountOfStack } from "../../project/pick-stack";
import { readStateLock, removeStateLock } from "../state/state-lock";

export interface UnlockHost {
  readonly say: (line: string) => void;
  /** Asked after the lock was shown. */
  readonly consent: () => Promise<boolean>;
}

/**
 * Shows who holds the lock on a stack's state, and takes exactly that lock away.
 * @returns whether the stack is unlocked now
 * @throws ProjectError `unknown-stack` (exit 2), `wrong-account`, `unreadable-lock`, `lock-changed`
 */
export async function unlock(access: Access, stack: string, host: UnlockHost): Promise<boolean> {
  const account = accountOfStack(access, stack);
  await checkCaller(account);
  const s3 = createS3Client({ region: account.region });
  try {
    const lock = await readStateLock(s3, account, stack);
    if (lock === undefined) {
      host.say(`${stack} is not locked.`);
      return true;
    }
    host.say(
      `${stack} is locked by ${lock.who} since ${lock.created}, for ${lock.operation} (lock ${lock.id}).`,
    );
    host.say("If that process still runs, let it finish: two at once can destroy the state.");
    if (!(await host.consent())) return false;
    await removeStateLock(s3, account, stack, lock);
    host.say(`${stack} is unlocked.`);
    return true;
  } finally {
    s3.destroy();
  }
}
