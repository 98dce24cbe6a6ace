import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../../lib/process/run";

/** A real child: Node itself with a few lines of script. */
function node(script: string, ...args: readonly string[]): readonly [string, readonly string[]] {
  return [process.execPath, ["-e", script, ...args]];
}

describe("run", () => {
  test("collects both outputs and the exit code", async () => {
    const script = 'process.stdout.write("out\\n"); process.stderr.write("err"); process.exitCode = 3;';
    expect(await run(...node(script))).toEqual({ exitCode: 3, signal: null, stdout: "out\n", stderr: "err" });
  });

  test("passes arguments on without a shell", async () => {
    const hostile = ["$(echo hi)", "a b", "`id`", "*", "'", '"'];
    const { stdout } = await run(...node("console.log(JSON.stringify(process.argv.slice(1)))", ...hostile));
    expect(JSON.parse(stdout)).toEqual(hostile);
  });

  test("sends the input and closes it; without input, standard input is closed at once", async () => {
    const echo = node("process.stdin.pipe(process.stdout)");
    expect((await run(...echo, { input: "grüße 🚀\n" })).stdout).toBe("grüße 🚀\n");
    expect((await run(...echo)).stdout).toBe("");
  });

  test("survives a child that never reads its input", async () => {
    const { exitCode } = await run(...node("process.exit(0)"), { input: "x".repeat(5_000_000) });
    expect(exitCode).toBe(0);
  });

  test("uses the given folder and environment", async () => {
    const cwd = realpathSync(mkdtempSync(path.join(tmpdir(), "run with a space ")));
    const script =
      "console.log(JSON.stringify([process.cwd(), process.env.COLOR, process.env.HOME ?? null]))";
    const { stdout } = await run(...node(script), { cwd, env: { COLOR: "green" } });
    expect(JSON.parse(stdout)).toEqual([cwd, "green", null]);
  });

  test("inherits the environment if none is given", async () => {
    const { stdout } = await run(...node("process.stdout.write(process.env.PATH)"));
    expect(stdout).toBe(process.env.PATH);
  });

  test("reports whole lines in any chunking, and the last one without a line end", async () => {
    const script = `
      const pieces = ["on", "e\\r", "\\ntwo\\n\\nth", "ree"];
      const next = () => pieces.length && process.stdout.write(pieces.shift(), () => setTimeout(next, 20));
      process.stderr.write("warning\\n", next);`;
    const lines: string[] = [];
    const { stdout } = await run(...node(script), {
      onLine: (line, stream) => lines.push(`${stream}: ${line}`),
    });
    expect(lines.filter((line) => line.startsWith("stdout"))).toEqual([
      "stdout: one",
      "stdout: two",
      "stdout: ",
      "stdout: three",
    ]);
    expect(lines).toContain("stderr: warning");
    expect(stdout).toBe("one\r\ntwo\n\nthree");
  });

  test("joins characters that arrive in two chunks", async () => {
    const script = `
      const bytes = Buffer.from("é🚀\\n");
      const next = (at) => at < bytes.length && process.stdout.write(bytes.subarray(at, at + 1), () => setTimeout(next, 5, at + 1));
      next(0);`;
    const lines: string[] = [];
    const { stdout } = await run(...node(script), { onLine: (line) => lines.push(line) });
    expect({ lines, stdout }).toEqual({ lines: ["é🚀"], stdout: "é🚀\n" });
  });

  test("ends the child with SIGTERM when aborted, and reports that in the result", async () => {
    const stop = new AbortController();
    const result = run(...node("console.log('up'); setInterval(() => {}, 1000)"), {
      signal: stop.signal,
      onLine: () => stop.abort(),
    });
    expect(await result).toEqual({ exitCode: null, signal: "SIGTERM", stdout: "up\n", stderr: "" });
  });

  test("an abort before the start ends it as well", async () => {
    const { signal } = await run(...node("setInterval(() => {}, 1000)"), { signal: AbortSignal.abort() });
    expect(signal).toBe("SIGTERM");
  });

  test("reports the child while it runs", async () => {
    let pid: number | undefined;
    const { stdout } = await run(...node("process.stdout.write(String(process.pid))"), {
      onSpawn: (child) => {
        pid = child.pid;
      },
    });
    expect(stdout).toBe(String(pid));
  });

  test.each([
    ["a missing program", "/no/such/program", {}, "ENOENT"],
    ["a file that is not executable", __filename, {}, "EACCES"],
    ["a missing folder", process.execPath, { cwd: "/no/such/folder" }, "ENOENT"],
  ])("rejects for %s", async (_, command, options, code) => {
    await expect(run(command, [], options)).rejects.toMatchObject({ code });
  });
});
