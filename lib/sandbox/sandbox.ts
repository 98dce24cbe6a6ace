import { bucketLifetime } from "./bucket-lifetime-handler";
import { BucketPolicies } from "./bucket-policies";
import { bucketPolicyHandler } from "./bucket-policy-handler";
import { openDoor } from "./door";
import { SANDBOX_ACCOUNT_ID, sandboxEnvironment } from "./environment";
import { startMoto } from "./moto";

/** Python reads some 200 modules first: a second here, many on a machine that is busy or has a cold disk. */
const START_TIMEOUT_MS = 60_000;

export interface SandboxOptions {
  /** The program that starts moto, and its first arguments. Default: `["moto_server"]` from the PATH. */
  readonly motoCommand?: readonly string[];
  /** The environment that moto is started in and proxy exceptions are read from. Default: this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** How long moto may take until it answers, in milliseconds. Default: 60,000. */
  readonly startTimeoutMs?: number;
  /** Each line that moto prints: its access log, and why it fails. */
  readonly onLog?: (line: string) => void;
}

/** A local AWS: moto, which stores, behind our door. */
export interface Sandbox {
  /** The door's URL, on the loopback interface. */
  readonly endpoint: string;
  /** What a program needs in its environment to use it. `insideSandbox` puts it over an environment that has settings of its own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly accountId: typeof SANDBOX_ACCOUNT_ID;
  /** Settles, with the reason, when moto has ended, asked to or not. The door answers 503 from then on. */
  readonly whenEnded: Promise<string>;
  /** Takes everything down; returns when it is gone. May be called twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a local AWS and waits until it answers. It ends with this process, even when that is killed.
 * @throws ProjectError `moto-missing`, `moto-failed`, `moto-timeout`
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const env = options.env ?? process.env;
  const moto = await startMoto({
    command: options.motoCommand ?? ["moto_server"],
    env,
    startTimeoutMs: options.startTimeoutMs ?? START_TIMEOUT_MS,
    onLog: options.onLog ?? (() => undefined),
  });
  const policies = new BucketPolicies();
  const handlers = [bucketPolicyHandler(policies), bucketLifetime(policies)];
  const door = await openDoor({ moto, handlers }).catch(async (error: unknown) => {
    await moto.stop();
    throw error;
  });
  const stop = async () => {
    await Promise.all([door.stop(), moto.stop()]);
  };
  return {
    endpoint: door.endpoint,
    environment: sandboxEnvironment(door.endpoint, env),
    accountId: SANDBOX_ACCOUNT_ID,
    whenEnded: moto.whenEnded,
    stop,
  };
}
