import { spawnGuarded } from "../../../setup/guarded.cjs";
import { withoutOwnSettings } from "../environment/environment";

const HOST = "127.0.0.1";
const LOG_TAIL_CHARACTERS = 4_000;

export interface MotoOptions {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** 12 digits. */
  readonly accountId: string;
  /** Called with each line that moto prints, including its access log. */
  readonly onLog: (line: string) => void;
  /** Maximum time until moto responds, in milliseconds. */
  readonly startTimeoutMs: number;
}

/** A running moto with its watchdog. */
export interface Moto {
  readonly host: string;
  readonly port: number;
  /** How moto ended. Undefined: it is running. */
  readonly ended: () => string | undefined;
  /** Settles when moto has ended, for any reason. */
  readonly whenEnded: Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface MotoProcess extends Moto {
  readonly exitCode: () => number | null;
  /** The end of its output. */
  readonly log: () => string;
}

/**
 * Starts moto on a port. moto ends when `stop` is called, and when this process ends for any
 * reason.
 */
export function launchMoto(options: MotoOptions, port: number): MotoProcess {
  const { onLog } = options;
  const [program = "", ...args] = commandOf(options);
  // The watchdog keeps Ctrl-C from moto, which a command needs until it has cleaned up.
  const child = spawnGuarded(program, [...args, "-H", HOST, "-p", String(port)], {
    env: motoEnvironment(options),
  });
  let log = "";
  let end: string | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      log = (log + text).slice(-LOG_TAIL_CHARACTERS);
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? "";
      for (const line of lines) onLog(line);
    });
  }
  const whenEnded = new Promise<string>((resolve) => {
    const finish = (reason: string) => {
      end ??= reason;
      resolve(end);
    };
    child.on("error", (error) => finish(`the watchdog of moto did not start: ${error.message}`));
    child.on("close", (code, signal) => finish(`moto ended (${signal ?? `exit code ${code}`})`));
  });
  const stop = async () => {
    // The end of its input tells the watchdog to end moto.
    child.stdin.end();
    await whenEnded;
  };
  const state = { ended: () => end, exitCode: () => child.exitCode, log: () => log };
  return { host: HOST, port, whenEnded, stop, ...state };
}

/** Tests start moto without importing it each time (dev/tools/preloaded). */
function commandOf({ command, env }: MotoOptions): readonly string[] {
  const { PRELOADED_MOTO: preloaded } = env;
  const isMoto = /(?:^| )(?:-m moto\.server|moto_server)$/.test(command.join(" "));
  return preloaded !== undefined && isMoto ? [preloaded] : command;
}

/** The environment of moto, without the developer's settings for AWS and moto. */
function motoEnvironment({ env, accountId }: MotoOptions): NodeJS.ProcessEnv {
  return {
    ...withoutOwnSettings(env),
    MOTO_ACCOUNT_ID: accountId,
    MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    // Only the proxy reads bucket names from host names. moto could read them differently.
    S3_IGNORE_SUBDOMAIN_BUCKETNAME: "true",
    PYTHONUNBUFFERED: "1",
  };
}
