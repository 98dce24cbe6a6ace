import { checkCaller } from "../../aws/caller";
import { createS3Client } from "../../aws/clients";
import { oidc } from "../../command-name";
import type { Account } from "../../config/model/model";
import { stateStackName } from "../../config/model/stack-names";
import { ProjectError } from "../../errors";
import type { StartHost } from "../host";
import { findStateBucket } from "../state/find-bucket";
import { createStateBucket } from "./create-bucket";
import { refuseForeignSettings } from "./foreign-settings";
import { hardenStateBucket } from "./harden-bucket";
import { printSteps } from "./print";

interface BootstrapHost extends Pick<StartHost, "say" | "confirm"> {
  /** Called once the credentials have been checked. */
  readonly prepare?: () => Promise<void>;
  /** Deploys one stack. @returns cdktf's exit code */
  readonly deploy: (stack: string) => Promise<number>;
}

/**
 * Creates the account's state bucket if it does not exist, hardens it, and deploys the stack that
 * manages it and stores its own state in it. Every step can be repeated: after an interruption, run
 * it again.
 * @returns false if the confirmation was refused: then nothing was changed
 * @throws ProjectError `wrong-account`, `no-credentials`, `aws-unreachable`, those of
 * `findStateBucket` and `refuseForeignSettings`, `state-stack-not-deployed`
 */
export async function bootstrap(account: Account, host: BootstrapHost): Promise<boolean> {
  const caller = await checkCaller(account);
  await host.prepare?.();
  const stack = stateStackName(account);
  const s3 = createS3Client({ region: account.region });
  try {
    const found = await findStateBucket(s3, account);
    if (found === "present") await refuseForeignSettings(s3, account);
    host.say(printSteps(account, { caller, stack, isBucketThere: found === "present" }));
    if (!(await host.confirm("Continue?"))) return false;
    if (found === "absent") await createStateBucket(s3, account);
    await hardenStateBucket(s3, account);
  } finally {
    s3.destroy();
  }
  const exitCode = await host.deploy(stack);
  if (exitCode !== 0) throw notDeployed(stack, exitCode);
  return true;
}

function notDeployed(stack: string, exitCode: number): ProjectError {
  return new ProjectError({
    code: "state-stack-not-deployed",
    message: `the state bucket is ready, but stack ${stack} was not deployed (cdktf exited with ${exitCode})`,
    found: String(exitCode),
    fix: `fix the error that Terraform printed above and run bootstrap again; if a killed run left a lock: ${oidc("unlock", stack)}`,
  });
}
