import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../../dev/sandbox/sandbox";
import { ask, descendants, isRunning, motosBelow, until } from "../../../dev/tools/sandbox-support";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

function onlyMoto(): number {
  const motos = motosBelow(process.pid);
  expect(motos).toHaveLength(1);
  return motos[0] ?? 0;
}

test("two sandboxes are independent; stopping one does not affect the other", async () => {
  const [one, two] = await Promise.all([startSandbox(), startSandbox()]);
  expect(one.endpoint).not.toBe(two.endpoint);
  expect(await ask(one.endpoint, "PUT", "/shared")).toMatchObject({ status: 200 });
  expect(await ask(two.endpoint, "HEAD", "/shared")).toMatchObject({ status: 404 });
  await one.stop();
  await one.stop();
  await expect(ask(one.endpoint, "HEAD", "/shared")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await ask(two.endpoint, "HEAD", "/shared")).toMatchObject({ status: 404 });
  await two.stop();
});

test("calls get 503 after moto has ended", async () => {
  const sandbox = await startSandbox();
  process.kill(onlyMoto(), "SIGKILL");
  expect(await ask(sandbox.endpoint, "GET", "/some-bucket?policy")).toMatchObject({ status: 503 });
  const { status, body } = await ask(sandbox.endpoint, "PUT", "/some-bucket/key", {
    body: "x".repeat(500_000),
  });
  expect([status, body]).toEqual([503, expect.stringMatching(/<Code>ServiceUnavailable<.*Restart it/s)]);
  expect(await sandbox.whenEnded).toMatch(/moto ended/);
  await sandbox.stop();
});

test("killing the watchdog ends moto", async () => {
  const sandbox = await startSandbox();
  const moto = onlyMoto();
  const watchdog = descendants(process.pid).find(({ args }) => args.includes("watchdog.mjs"));
  process.kill(watchdog?.pid ?? 0, "SIGKILL");
  await until("moto is gone", () => !isRunning(moto));
  expect(await sandbox.whenEnded).toBe("moto ended (SIGKILL)");
  await sandbox.stop();
});

describe("starting", () => {
  test("without moto", async () => {
    await expect(startSandbox({ motoCommand: ["no-such-moto"] })).rejects.toMatchObject({
      code: "moto-missing",
      found: "no-such-moto",
    });
  });

  test("a moto that fails is reported with its output", async () => {
    const motoCommand = ["sh", "-c", "echo it is broken >&2; exit 5"];
    await expect(startSandbox({ motoCommand })).rejects.toMatchObject({
      code: "moto-failed",
      message: expect.stringMatching(/exit code 5.*it is broken/s),
    });
  });

  test("a moto that does not respond in time is stopped", async () => {
    const motoCommand = ["sh", "-c", "echo thinking >&2; sleep 987654"];
    await expect(startSandbox({ motoCommand, startTimeoutMs: 700 })).rejects.toMatchObject({
      code: "moto-timeout",
      message: expect.stringContaining("thinking"),
    });
    expect(descendants(process.pid).filter(({ args }) => args.includes("987654"))).toEqual([]);
  });

  test("a port that is taken in the meantime is retried", async () => {
    const tried = join(folder, "tried");
    const script = join(folder, "moto.sh");
    await writeFile(
      script,
      `if [ ! -e "${tried}" ]; then touch "${tried}"; echo "Address already in use" >&2; exit 1; fi\nexec moto_server "$@"\n`,
    );
    const sandbox = await startSandbox({ motoCommand: ["sh", script] });
    expect(await ask(sandbox.endpoint, "HEAD", "/none")).toMatchObject({ status: 404 });
    await sandbox.stop();
  });

  test("a response of another process on the port does not count", async () => {
    const impostor =
      'require("http").createServer((_, answer) => answer.end()).listen(process.argv.at(-1), "127.0.0.1")';
    const motoCommand = [process.execPath, "-e", impostor, "--"];
    await expect(startSandbox({ motoCommand, startTimeoutMs: 1_500 })).rejects.toMatchObject({
      code: "moto-timeout",
    });
  });
});
