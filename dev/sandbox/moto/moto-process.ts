import { spawnGuarded } from "../../../setup/guarded.cjs";
import { withoutOwnSettings } from "../environment/environment";

const HOST = "127.0.0.1";
const LOG_TAIL_CHARACTERS = 4_000;

export interface MotoOptions {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** 12 digits. */
  readonly accountId: string;
  /** Each line that moto prints, access log included. */
  readonly onLog: (line: string) => void;
  /** How long moto may take until it answers. */
  readonly startTimeoutMs: number;
}

/** A moto that has been launched, under its watchdog. */
export interface Moto {
  readonly host: string;
  readonly port: number;
  /** How it ended, or undefined while it runs. */
  readonly ended: () => string | undefined;
  /** Settles when it has ended, for whatever reason. */
  readonly whenEnded: Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface MotoProcess extends Moto {
  readonly exitCode: () => number | null;
  /** The last that it printed. */
  readonly log: () => string;
}

/**
 * Launches moto on a port. It ends when `stop` is called or when this process ends, however that
 * happens.
 */
export function launchMoto(options: MotoOptions, port: number): MotoProcess {
  const { command, onLog } = options;
  const [program = "", ...args] = command;
  // Ctrl-C in a terminal must not take moto away from a command that is still cleaning up.
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
    child.on("error", (error) => finish(`moto's watchdog did not start: ${error.message}`));
    child.on("close", (code, signal) => finish(`moto ended (${signal ?? `exit code ${code}`})`));
  });
  const stop = async () => {
    // The watchdog takes this as the end of this process, and ends moto.
    child.stdin.end();
    await whenEnded;
  };
  const state = { ended: () => end, exitCode: () => child.exitCode, log: () => log };
  return { host: HOST, port, whenEnded, stop, ...state };
}

/** What moto may know of the developer's environment: nothing that concerns AWS or moto itself. */
function motoEnvironment({ env, accountId }: MotoOptions): NodeJS.ProcessEnv {
  return {
    ...withoutOwnSettings(env),
    MOTO_ACCOUNT_ID: accountId,
    MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    // The door alone reads bucket names out of host names; two readers could disagree.
    S3_IGNORE_SUBDOMAIN_BUCKETNAME: "true",
    PYTHONUNBUFFERED: "1",
  };
}
