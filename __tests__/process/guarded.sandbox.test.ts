import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { isRunning, until } from "../../dev/tools/sandbox-support";
import { runGuarded } from "../../lib/process/run-guarded";
import { repositoryRoot } from "../../lib/programs/cache";

const GUARDED = path.join(repositoryRoot, "setup", "guarded.cjs");
const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

/** A process that starts a guarded shell, says that shell's id, and waits. */
async function starter(script: string): Promise<{ readonly child: ChildProcess; readonly shell: number }> {
  const code = `
    const guarded = require(process.argv[1]).spawnGuarded("sh", ["-c", process.argv[2]]);
    guarded.stdout.pipe(process.stdout);`;
  const child = spawn(process.execPath, ["-e", code, GUARDED, script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  const [said] = await once(child.stdout, "data");
  return { child, shell: Number(String(said)) };
}

describe("a guarded program", () => {
  it.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
    "ends when its parent is ended by %s, together with its own children",
    async (signal) => {
      const { child, shell } = await starter("sleep 60 & echo $$; wait");
      expect(isRunning(shell)).toBe(true);
      child.kill(signal);
      await until("the shell is gone", () => !isRunning(shell));
    },
  );

  it("ends even if it ignores signals", async () => {
    const { child, shell } = await starter('trap "" TERM HUP INT; echo $$; while :; do sleep 0.1; done');
    child.kill("SIGKILL");
    await until("the shell is gone", () => !isRunning(shell));
  });

  it("runs to its end while its parent lives: output and exit code are passed on", async () => {
    const { exitCode, stdout, stderr } = await runGuarded(
      "sh",
      ["-c", 'echo "$1"; echo err >&2; exit 3', "sh", "a b"],
      {},
    );
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 3, stdout: "a b\n", stderr: "err\n" });
  });

  it("that does not exist ends with 127 and says so", async () => {
    expect(await runGuarded("no-such-program", [], {})).toMatchObject({
      exitCode: 127,
      stderr: expect.stringContaining("ENOENT"),
    });
  });

  it("reports the process that lives as long as it does", async () => {
    let holder = 0;
    const running = runGuarded("sleep", ["0.5"], { onStart: (pid) => (holder = pid) });
    expect(isRunning(holder)).toBe(true);
    await running;
    expect(isRunning(holder)).toBe(false);
  });
});
