import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../lib/sandbox/sandbox";
import { ask, descendants, isRunning, motosBelow, ROOT, until, untilEnd } from "./support";

const CLI = ["--import", "tsx", join(ROOT, "cli", "sandbox.ts")];
const started: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-test-"));
});
afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  await rm(folder, { recursive: true });
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
  if (child.pid === undefined) throw new Error("it did not start");
  return child.pid;
}

/** The first line that a sandbox prints with --json. */
function firstLine(
  child: ChildProcess,
): Promise<{ readonly endpoint: string; readonly accountId: string; readonly environment: object }> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (part: Buffer) => {
      text += part.toString();
      if (text.includes("\n")) resolve(JSON.parse(text.split("\n")[0] ?? ""));
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code} before it said where it is`)));
  });
}

async function onlyMotoBelow(pid: number): Promise<number> {
  const motos = motosBelow(pid);
  expect(motos).toHaveLength(1);
  return motos[0] ?? 0;
}

test("SIGKILL of the sandbox takes moto down", async () => {
  const child = cli("--json");
  const { endpoint, accountId, environment } = await firstLine(child);
  expect(environment).toMatchObject({ AWS_ENDPOINT_URL: endpoint });
  expect(accountId).toBe("123456789012");
  const moto = await onlyMotoBelow(pidOf(child));
  child.kill("SIGKILL");
  await until("moto is gone", () => !isRunning(moto));
}, 60_000);

test("the end of the parent takes everything down, and so does the end of its parent", async () => {
  const ends = ["parent", "grandparent"].map(async (which) => {
    // As npm does it: a shell between. `true` keeps the shell from handing its own process over.
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
}, 60_000);

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s takes everything down in order",
  async (signal) => {
    const child = cli();
    const ended = untilEnd(child);
    await until("it runs", () => motosBelow(pidOf(child)).length === 1, 40_000);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    const moto = await onlyMotoBelow(pidOf(child));
    child.kill(signal);
    const { exitCode, stdout, stderr } = await ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(isRunning(moto)).toBe(false);
    expect(stdout).toMatch(/^export AWS_ENDPOINT_URL='http:\/\/127\.0\.0\.1:\d+'$/m);
    expect(stdout).toMatch(/^unset .*AWS_PROFILE/m);
  },
  60_000,
);

describe("a command inside", () => {
  test("its exit code passes through, in the sandbox's environment", async () => {
    const script = 'test -z "$AWS_PROFILE" && aws s3 mb s3://inside && exit 7';
    expect(await untilEnd(cli("--", "sh", "-c", script))).toMatchObject({
      exitCode: 7,
      stdout: "make_bucket: inside\n",
    });
  }, 60_000);

  test("its options are its own", async () => {
    expect(await untilEnd(cli("echo", "--json", "-x"))).toMatchObject({ exitCode: 0, stdout: "--json -x\n" });
  }, 60_000);

  test("the signal that ends it is told as 128 + n", async () => {
    expect(await untilEnd(cli("--", "sh", "-c", "kill -TERM $$"))).toMatchObject({ exitCode: 143 });
  }, 60_000);

  test("a signal to the sandbox reaches it, and the sandbox stays up while it cleans up", async () => {
    const script = 'trap "aws s3 mb s3://last-words; exit 3" INT; echo ready; while :; do sleep 0.1; done';
    const child = cli("--", "sh", "-c", script);
    const ended = untilEnd(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ exitCode: 3, stdout: "ready\nmake_bucket: last-words\n" });
  }, 60_000);

  test("one that does not exist is an error in the call", async () => {
    const { exitCode, stderr } = await untilEnd(cli("--", "no-such-program-here"));
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error[command-not-started]");
  }, 60_000);
});

test("an unknown option is an error in the call", async () => {
  expect(await untilEnd(cli("--jsno"))).toMatchObject({ exitCode: 2, stdout: "" });
}, 30_000);

test("two sandboxes know nothing of each other; stopping one leaves the other", async () => {
  const [one, two] = await Promise.all([startSandbox(), startSandbox()]);
  expect(one.endpoint).not.toBe(two.endpoint);
  expect(await ask(one.endpoint, "PUT", "/shared")).toMatchObject({ status: 200 });
  expect(await ask(two.endpoint, "HEAD", "/shared")).toMatchObject({ status: 404 });
  await one.stop();
  await one.stop();
  await expect(ask(one.endpoint, "HEAD", "/shared")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await ask(two.endpoint, "HEAD", "/shared")).toMatchObject({ status: 404 });
  await two.stop();
}, 60_000);

test("a moto that dies is a clear 503, for what it had in hand too", async () => {
  const sandbox = await startSandbox();
  // Other sandboxes of this very process may be up at the same time: this one's is the moto that ends it.
  const port = await portOfMoto(sandbox);
  const moto = descendants(process.pid).find(
    ({ args }) => args.includes(`-p ${port}`) && !args.includes("watchdog.mjs"),
  );
  process.kill(moto?.pid ?? 0, "SIGKILL");
  expect(await ask(sandbox.endpoint, "GET", "/some-bucket?policy")).toMatchObject({ status: 503 });
  const { status, body } = await ask(sandbox.endpoint, "PUT", "/some-bucket/key", {
    body: "x".repeat(500_000),
  });
  expect([status, body]).toEqual([503, expect.stringMatching(/<Code>ServiceUnavailable<.*Start it again/s)]);
  expect(await sandbox.whenEnded).toMatch(/moto ended/);
  await sandbox.stop();
}, 60_000);

/** Moto shows its own address to nobody but its log. */
async function portOfMoto(_sandbox: unknown): Promise<string> {
  const listed = descendants(process.pid).filter(({ args }) => args.includes("watchdog.mjs"));
  return /-p (\d+)/.exec(listed.at(-1)?.args ?? "")?.[1] ?? "";
}

describe("starting", () => {
  test("without moto", async () => {
    await expect(startSandbox({ motoCommand: ["no-such-moto"] })).rejects.toMatchObject({
      code: "moto-missing",
      found: "no-such-moto",
    });
  });

  test("a moto that fails says why", async () => {
    const motoCommand = ["sh", "-c", "echo it is broken >&2; exit 5"];
    await expect(startSandbox({ motoCommand })).rejects.toMatchObject({
      code: "moto-failed",
      message: expect.stringMatching(/exit code 5.*it is broken/s),
    });
  });

  test("a moto that never answers is given up and taken down", async () => {
    const motoCommand = ["sh", "-c", "echo thinking >&2; sleep 987654"];
    await expect(startSandbox({ motoCommand, startTimeoutMs: 700 })).rejects.toMatchObject({
      code: "moto-timeout",
      message: expect.stringContaining("thinking"),
    });
    expect(descendants(process.pid).filter(({ args }) => args.includes("987654"))).toEqual([]);
  });

  test("a port that was taken in the meantime costs a second try", async () => {
    const tried = join(folder, "tried");
    const script = join(folder, "moto.sh");
    await writeFile(
      script,
      `if [ ! -e "${tried}" ]; then touch "${tried}"; echo "Address already in use" >&2; exit 1; fi\nexec moto_server "$@"\n`,
    );
    const sandbox = await startSandbox({ motoCommand: ["sh", script] });
    expect(await ask(sandbox.endpoint, "HEAD", "/none")).toMatchObject({ status: 404 });
    await sandbox.stop();
  }, 60_000);

  test("another moto on the same port is not taken for ours", async () => {
    const first = await startSandbox();
    const script = join(folder, "elsewhere.sh");
    await writeFile(script, `exit 9\n`);
    await expect(startSandbox({ motoCommand: ["sh", script] })).rejects.toMatchObject({
      code: "moto-failed",
    });
    await first.stop();
  }, 60_000);
});
