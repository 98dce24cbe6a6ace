import { openAccount } from "./account/account";
import { BucketPolicies } from "./account/bucket-policies";
import { RoleCache } from "./account/role-cache";
import { Sessions } from "./account/sessions";
import { createAuthorizer } from "./authorize/authorizer";
import type { DecisionLog } from "./authorize/decision-log";
import { fetchFromIssuer } from "./circleci/fetch-from-issuer";
import { type LocalCircleCi, startCircleCi } from "./circleci/local-circleci";
import { type SandboxClock, sandboxClock } from "./clock";
import { CIRCLECI_VARIABLE, SANDBOX_ACCOUNT_ID, sandboxEnvironment } from "./environment/environment";
import { startMoto } from "./moto/start-moto";
import { authorizeRequests } from "./proxy/authorize-request";
import { bucketLifetime } from "./proxy/bucket-lifetime-handler";
import { bucketPolicyHandler } from "./proxy/bucket-policy-handler";
import { invalidationStatus } from "./proxy/invalidation-handler";
import { startProxy } from "./proxy/proxy";
import { requestPayment } from "./proxy/request-payment-handler";
import { clearRoleCache } from "./proxy/role-cache-handler";

/**
 * Python imports about 200 modules, which takes a second here, and much longer on a busy machine.
 */
const START_TIMEOUT_MS = 60_000;

export interface SandboxOptions {
  /** Command that starts moto. Default: `["moto_server"]` on the PATH. */
  readonly motoCommand?: readonly string[];
  /**
   * Environment of moto, also the source of the proxy exceptions (`NO_PROXY`). Default: the
   * environment of this process.
   */
  readonly env?: NodeJS.ProcessEnv;
  /** Maximum time until moto responds, in milliseconds. Default: 60,000. */
  readonly startTimeoutMs?: number;
  /** Account ID, 12 digits. Default: `SANDBOX_ACCOUNT_ID`. */
  readonly accountId?: string;
  /**
   * UUIDs of the CircleCI organizations that have signing keys from the start. Default: none. Other
   * organizations get keys with their first token.
   */
  readonly organizations?: readonly string[];
  /**
   * A local CircleCI that runs already, such as that of another account. The caller stops it.
   * Default: one of its own.
   */
  readonly circleCi?: LocalCircleCi;
  /** Clock of the local CircleCI and AWS, in milliseconds since 1970. Default: the system clock. */
  readonly now?: () => number;
  /**
   * Where the clock begins, in milliseconds since 1970. Tokens, trust policies and sessions are
   * decided by it; signatures of requests keep the time of the programs that sign. Default: now.
   */
  readonly at?: number;
  /** Called with every decision on a token, a session or an anonymous caller. */
  readonly onDecision?: DecisionLog;
  /** Called with each line that moto prints: its access log and its errors. */
  readonly onLog?: (line: string) => void;
}

/** A local AWS: moto as the backend, and an authorizing proxy in front of it. */
export interface Sandbox {
  /** URL of the proxy, on the loopback interface. */
  readonly endpoint: string;
  /** URL of moto without the proxy and without authorization. For measuring the proxy only. */
  readonly motoEndpoint: string;
  /**
   * Environment variables for programs that use the sandbox. `insideSandbox` merges them into an
   * environment with other AWS settings.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** The local CircleCI, whose keys this AWS uses to verify tokens. */
  readonly circleCi: LocalCircleCi;
  readonly accountId: string;
  /** The clock by which tokens, trust policies and sessions are decided. */
  readonly clock: SandboxClock;
  /**
   * Settles with the reason when moto has ended, requested or not. The proxy then responds with
   * 503.
   */
  readonly whenEnded: Promise<string>;
  /** Stops all servers and moto. May be called twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the local CircleCI and AWS, and waits until they respond. They end with this process, even
 * if it is killed.
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
  const base = options.now ?? Date.now;
  const clock = sandboxClock(base);
  clock.set(options.at);
  const { now } = clock;
  const circleCi =
    options.circleCi ?? (await startCircleCi({ organizations: options.organizations ?? [], now }));
  const stopCircleCi = () => (options.circleCi === undefined ? circleCi.stop() : Promise.resolve());
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
    signersNow: base,
    sessions: new Sessions(),
    fetchJson: fetchFromIssuer(circleCi.url, circleCi.servers),
    authorizer: createAuthorizer({ policies, log, now }),
  });
  const handlers = [
    ...[bucketPolicyHandler(policies, accountId), requestPayment, invalidationStatus],
    ...[bucketLifetime(policies), clearRoleCache(roles)],
  ];
  const proxy = await startProxy({ moto, authorize, handlers }).catch(async (error: unknown) => {
    await Promise.all([moto.stop(), stopCircleCi()]);
    throw error;
  });
  const stop = async () => {
    await Promise.all([proxy.stop(), moto.stop(), stopCircleCi()]);
    account.close();
  };
  return {
    endpoint: proxy.endpoint,
    motoEndpoint,
    environment: { ...sandboxEnvironment(proxy.endpoint, env), [CIRCLECI_VARIABLE]: circleCi.url },
    circleCi,
    accountId,
    clock,
    whenEnded: moto.whenEnded,
    stop,
  };
}
