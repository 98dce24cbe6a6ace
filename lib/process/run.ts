import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

type OnLine = (line: string, stream: "stdout" | "stderr") => void;

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of output, without its line end. */
  readonly onLine?: OnLine;
  /** The child's standard input. Default: empty. */
  readonly input?: string;
  /** Ends the child with SIGTERM when aborted. */
  readonly signal?: AbortSignal;
  /** The command is a line for the shell; without arguments. Default: false. */
  readonly isShell?: boolean;
  /** Runs the child in its own process group, which Ctrl-C at the terminal does not reach. */
  readonly ownGroup?: true;
  /** Called with the child as soon as it runs. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

export interface RunResult {
  /** The exit code; 128 + signal number is not used: a signal gives null. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program, without a shell unless asked, and collects what it prints. Rejects only if it
 * cannot be started (ENOENT, EACCES).
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["pipe", "pipe", "pipe"],
    detached: options.ownGroup === true,
    shell: options.isShell === true,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  options.onSpawn?.(child);
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  return follow(child, options.onLine);
}

/** Collects what a child prints until it has ended. */
export function follow(child: ChildProcessWithoutNullStreams, onLine?: OnLine): Promise<RunResult> {
  const collected = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    let rest = "";
    child[stream].setEncoding("utf8");
    child[stream].on("data", (text: string) => {
      collected[stream] += text;
      if (onLine === undefined) return;
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line, stream);
    });
    child[stream].on("end", () => {
      if (rest !== "") onLine?.(rest, stream);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      if (error.name !== "AbortError") reject(error);
    });
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal, ...collected }));
  });
}
