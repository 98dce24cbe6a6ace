import { type ChildProcess, spawn } from "node:child_process";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each complete line of output, without its line end. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** Written to the child's standard input, which is then closed; without it standard input is empty. */
  readonly input?: string;
  /** Ends the child with SIGTERM when aborted. */
  readonly signal?: AbortSignal;
  /** Told about the child as soon as it runs, for those who must be able to kill it. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

export interface RunResult {
  /** The exit code; 128 + signal number is not used: a signal gives null. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program without a shell and collects what it prints. Rejects only if it cannot be started (ENOENT, EACCES). */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["pipe", "pipe", "pipe"],
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    options.onSpawn?.(child);
    const collected = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      let rest = "";
      child[stream].setEncoding("utf8");
      child[stream].on("data", (text: string) => {
        collected[stream] += text;
        if (options.onLine === undefined) return;
        const lines = (rest + text).split(/\r?\n/);
        rest = lines.pop() ?? "";
        for (const line of lines) options.onLine(line, stream);
      });
      child[stream].on("end", () => {
        if (rest !== "") options.onLine?.(rest, stream);
      });
    }
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    child.on("error", (error) => {
      if (error.name !== "AbortError") reject(error);
    });
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal, ...collected }));
  });
}
