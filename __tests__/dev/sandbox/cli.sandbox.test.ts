import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  descendants,
  isRunning,
  motosBelow,
  ROOT,
  until,
  untilEnd,
} from "../../../dev/tools/sandbox-support";
import { ownProgram } from "../../../lib/programs/own-program";

const CLI = [...ownProgram("cli/oidc.ts").slice(1), "sandbox"];
const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

function cli(...args: string[]): ChildProcess {
  return start(process.execPath, [...CLI, ...args]);
}

function start(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, [...args], { cwd: ROOT, stdio: "pipe" });
  started.push(child);
  return child;
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("the process did not start");
  return child.pid;
}

/** The first line of `sandbox --json`. */
function firstLine(
  child: ChildProcess,
): Promise<{ readonly endpoint: string; readonly accountId: string; readonly environment: object }> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (part: Buffer) => {
      text += part.toString();
      if (text.includes("\n")) resolve(JSON.parse(text.split("\n")[0] ?? ""));
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code} before it printed its endpoint`)));
  });
}

async function onlyMotoBelow(pid: number): Promise<number> {
  const motos = motosBelow(pid);
  expect(motos).toHaveLength(1);
  return motos[0] ?? 0;
}

test("SIGKILL of the sandbox ends moto", async () => {
  const child = cli("--json");
  const { endpoint, accountId, environment } = await firstLine(child);
  expect(environment).toMatchObject({ AWS_ENDPOINT_URL: endpoint });
  expect(accountId).toBe("123456789012");
  const moto = await onlyMotoBelow(pidOf(child));
  child.kill("SIGKILL");
  await until("moto is gone", () => !isRunning(moto));
});

test("the end of the parent or grandparent ends everything", async () => {
  const ends = ["parent", "grandparent"].map(async (which) => {
    // Like npm, with a shell between. `true` keeps the shell from replacing itself with the
    // command.
    const command = `"${process.execPath}" ${CLI.map((word) => `"${word}"`).join(" ")} --json; true`;
    const top = start(process.execPath, [
      "-e",
      `require("child_process").spawn("sh", ["-c", process.argv[1]], { stdio: "inherit" })`,
      command,
    ]);
    await firstLine(top);
    const [shell, node] = descendants(pidOf(top));
    const moto = await onlyMotoBelow(pidOf(top));
    process.kill((which === "parent" ? shell?.pid : top.pid) ?? 0, "SIGKILL");
    await until(
      `sandbox and moto are gone after the end of the ${which}`,
      () => !isRunning(moto) && !isRunning(node?.pid ?? 0),
    );
  });
  await Promise.all(ends);
});

test("SIGINT, SIGTERM and SIGHUP stop everything", async () => {
  const ends = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map(async (signal) => {
    const child = cli();
    const ended = untilEnd(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    const moto = await onlyMotoBelow(pidOf(child));
    child.kill(signal);
    const { exitCode, stdout, stderr } = await ended;
    expect({ signal, exitCode, stderr }).toEqual({ signal, exitCode: 0, stderr: "" });
    expect(isRunning(moto)).toBe(false);
    expect(stdout).toMatch(/^export AWS_ENDPOINT_URL='http:\/\/127\.0\.0\.1:\d+'$/m);
    expect(stdout).toMatch(/^unset .*AWS_PROFILE/m);
  });
  await Promise.all(ends);
});

describe("a command inside", () => {
  test("keeps its options and its exit code, and gets the environment of the sandbox", async () => {
    const script = 'echo "$@"; test -z "$AWS_PROFILE" && aws s3 mb s3://inside && exit 7';
    expect(await untilEnd(cli("sh", "-c", script, "sh", "--json", "-x"))).toMatchObject({
      exitCode: 7,
      stdout: "--json -x\nmake_bucket: inside\n",
    });
  });

  test("ended by a signal has the exit code 128 + n", async () => {
    expect(await untilEnd(cli("--", "sh", "-c", "kill -TERM $$"))).toMatchObject({ exitCode: 143 });
  });

  test("gets the signals of the sandbox, which waits until it has cleaned up", async () => {
    const script = 'trap "aws s3 mb s3://last-words; exit 3" INT; echo ready; while :; do sleep 0.1; done';
    const child = cli("--", "sh", "-c", script);
    const ended = untilEnd(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ exitCode: 3, stdout: "ready\nmake_bucket: last-words\n" });
  });

  test("that does not exist is a usage error", async () => {
    const { exitCode, stderr } = await untilEnd(cli("--", "no-such-program-here"));
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error[command-not-started]");
  });
});

test("a missing tool is reported at once, with the command that installs it", async () => {
  const nothing = mkdtempSync(join(tmpdir(), "sandbox-cli-"));
  const env = { ...process.env, PATH: nothing, OIDC_CACHE_DIR: join(nothing, "cache") };
  const { exitCode, stdout, stderr } = await untilEnd(
    spawn(process.execPath, [...CLI, "aws", "s3", "ls"], { cwd: ROOT, env, stdio: "pipe" }),
  );
  rmSync(nothing, { recursive: true });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(/error\[tools-missing\].*Python 3\.9.*install/s);
});

test("an unknown option is a usage error", async () => {
  expect(await untilEnd(cli("--jsno"))).toMatchObject({ exitCode: 2, stdout: "" });
});
