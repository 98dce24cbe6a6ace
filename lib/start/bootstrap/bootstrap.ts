import { checkCaller } from "../../aws/caller";
import { createS3Client } from "../../aws/clients";
import type { Account } from "../../config/model/model";
import { stateStackName } from "../../config/model/stack-names";
import { findStateBucket } from "../state/find-bucket";
import { createStateBucket } from "./create-bucket";
import { refuseForeignSettings } from "./foreign-settings";
import { hardenStateBucket } from "./harden-bucket";

export interface BootstrapHost {
  /** Shown to the person, a line at a time. */
  readonly say: (line: string) => void;
  /** Asked once, after everything was said and before anything is changed. */
  readonly consent: () => Promise<boolean>;
  /** Deploys one stack; resolves when it is deployed, rejects otherwise. */
  readonly deploy: (stack: string) => Promise<void>;
}

/**
 * Creates the account's state bucket if it is not there, hardens it, and puts it under its own
 * stack, which keeps its state in it. Every step can be repeated: after a kill anywhere, run it
 * again.
 * @returns false if consent was refused: then nothing was changed
 * @throws ProjectError when another account answers, or the bucket is somebody else's, elsewhere or
 * in use
 */
export async function bootstrap(account: Account, host: BootstrapHost): Promise<boolean> {
  const caller = await checkCaller(account);
  const s3 = createS3Client({ region: account.region });
  try {
    const found = await findStateBucket(s3, account);
    if (found === "present") await refuseForeignSettings(s3, account);
    host.say(`Account "${account.key}" (${account.id}, ${account.region}), as ${caller}:`);
    host.say(
      found === "absent"
        ? `  1. create bucket ${account.stateBucket}: private, versioned, encrypted, TLS only`
        : `  1. bucket ${account.stateBucket} is there: make sure it is private, versioned, encrypted, TLS only`,
    );
    host.say(
      `  2. deploy stack ${stateStackName(account)}, which manages the bucket and keeps its state in it`,
    );
    if (!(await host.consent())) return false;
    if (found === "absent") await createStateBucket(s3, account);
    await hardenStateBucket(s3, account);
  } finally {
    s3.destroy();
  }
  await host.deploy(stateStackName(account));
  return true;
}
