import type { Access, Account } from "../access/model";
import { stackNames } from "../access/stack-names";
import { suggest } from "../access/suggest";
import { createS3Client } from "../aws/clients";
import { checkCaller } from "../bootstrap/caller";
import { ProjectError } from "../errors";
import { readStateLock, removeStateLock } from "./state-lock";

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
  const account = accountOf(access, stack);
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

function accountOf(access: Access, stack: string): Account {
  const stacks = new Map(
    access.accounts.flatMap((account) =>
      stackNames(access, account).map((name): [string, Account] => [name, account]),
    ),
  );
  const account = stacks.get(stack);
  if (account !== undefined) return account;
  const names = [...stacks.keys()];
  const suggestion = suggest(stack, names);
  throw new ProjectError({
    code: "unknown-stack",
    message: `there is no stack "${stack}"`,
    found: stack,
    fix: suggestion === undefined ? `one of: ${names.join(", ")}` : `did you mean "${suggestion}"?`,
    exitCode: 2,
  });
}
