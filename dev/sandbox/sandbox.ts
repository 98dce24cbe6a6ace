import { openAccount } from "./account/account";
import { BucketPolicies } from "./account/bucket-policies";
import { RoleCache } from "./account/role-cache";
import { Sessions } from "./account/sessions";
import { createAuthorizer } from "./authorize/authorizer";
import type { DecisionLog } from "./authorize/decision-log";
import { fetchFromIssuer } from "./circleci/fetch-from-issuer";
import { type LocalCircleCi, startCircleCi } from "./circleci/local-circleci";
import { CIRCLECI_VARIABLE, SANDBOX_ACCOUNT_ID, sandboxEnvironment } from "./environment/environment";
import { startMoto } from "./moto/start-moto";
import { authorizeRequests } from "./proxy/authorize-request";
import { bucketLifetime } from "./proxy/bucket-lifetime-handler";
import { bucketPolicyHandler } from "./proxy/bucket-policy-handler";
import { startProxy } from "./proxy/proxy";
import { requestPayment } from "./proxy/request-payment-handler";
import { roleLifetime } from "./proxy/role-cache-handler";

/**
 * Python reads some 200 modules first: a second here, many on a machine that is busy or has a cold
 * disk.
 */
const START_TIMEOUT_MS = 60_000;

export interface SandboxOptions {
  /**
   * The program that starts moto, and its first arguments. Default: `["moto_server"]` from the
   * PATH.
   */
  readonly motoCommand?: readonly string[];
  /**
   * The environment that moto is started in and proxy exceptions are read from. Default: this
   * process's own.
   */
  readonly env?: NodeJS.ProcessEnv;
  /** How long moto may take until it answers, in milliseconds. Default: 60,000. */
  readonly startTimeoutMs?: number;
  /** Whose account it is: 12 digits. Default: `SANDBOX_ACCOUNT_ID`. */
  readonly accountId?: string;
  /**
   * UUIDs of the CircleCI organizations that have signing keys from the start. Default: none; each
   * gets its own with its first token.
   */
  readonly organizations?: readonly string[];
  /**
   * The clock of the local CircleCI and AWS, in milliseconds since 1970. Default: this machine's.
   */
  readonly now?: () => number;
  /** Told of every decision about a token, a session or an anonymous caller. */
  readonly onDecision?: DecisionLog;
  /** Each line that moto prints: its access log, and why it fails. */
  readonly onLog?: (line: string) => void;
}

/** A local AWS: moto, which stores, behind our door. */
export interface Sandbox {
  /** The door's URL, on the loopback interface. */
  readonly endpoint: string;
  /**
   * moto's own URL, past the door: for measuring what the door costs, and for nothing that is to be
   * judged.
   */
  readonly motoEndpoint: string;
  /**
   * What a program needs in its environment to use it. `insideSandbox` puts it over an environment
   * that has settings of its own.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** The CircleCI whose tokens this AWS believes. */
  readonly circleCi: LocalCircleCi;
  readonly accountId: string;
  /**
   * Settles, with the reason, when moto has ended, asked to or not. The door answers 503 from then
   * on.
   */
  readonly whenEnded: Promise<string>;
  /** Takes everything down; returns when it is gone. May be called twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a local AWS and waits until it answers. It ends with this process, even when that is
 * killed.
 * @throws ProjectError `moto-missing`, `moto-failed`, `moto-timeout`
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { env = process.env, accountId = SANDBOX_ACCOUNT_ID } = options;
  const moto = await startMoto({
    command: options.motoCommand ?? ["moto_server"],
    env,
    accountId,
    startTimeoutMs: options.startTimeoutMs ?? START_TIMEOUT_MS,
    onLog: options.onLog ?? (() => undefined),
  });
  const now = options.now ?? Date.now;
  const circleCi = await startCircleCi({ organizations: options.organizations ?? [], now });
  const motoEndpoint = `http://${moto.host}:${moto.port}`;
  const account = openAccount(motoEndpoint);
  const log = options.onDecision ?? (() => undefined);
  const policies = new BucketPolicies();
  const roles = new RoleCache(account);
  const authorize = authorizeRequests({
    account,
    accountId,
    roles,
    log,
    now,
    sessions: new Sessions(),
    fetchJson: fetchFromIssuer(circleCi.url, circleCi.servers),
    authorizer: createAuthorizer({ policies, log, now }),
  });
  const handlers = [
    ...[bucketPolicyHandler(policies, accountId), requestPayment],
    ...[bucketLifetime(policies), roleLifetime(roles)],
  ];
  const proxy = await startProxy({ moto, authorize, handlers }).catch(async (error: unknown) => {
    await Promise.all([moto.stop(), circleCi.stop()]);
    throw error;
  });
  const stop = async () => {
    await Promise.all([proxy.stop(), moto.stop(), circleCi.stop()]);
    account.close();
  };
  return {
    endpoint: proxy.endpoint,
    motoEndpoint,
    environment: { ...sandboxEnvironment(proxy.endpoint, env), [CIRCLECI_VARIABLE]: circleCi.url },
    circleCi,
    accountId,
    whenEnded: moto.whenEnded,
    stop,
  };
}
