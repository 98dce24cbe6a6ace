import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { isRunning } from "../../dev/tools/sandbox-support";
import { repositoryRoot } from "../../lib/programs/cache";
import { project } from "../programs/setup-project";
import { removeScratchFolders, runToEnd, scratchFolder } from "../programs/support";

afterAll(removeScratchFolders);

// Each of these runs the true npm, several times.
describe("the setup step", () => {
  it("installs and starts the command; the second time only starts the command", async () => {
    const { start, installations } = await project();
    const first = await start(["script.cjs", "a b", "--flag"]);
    expect(first.output).toContain("npm packages (npm ci): done");
    const handedOver = JSON.stringify({ loaded: true, args: ["a b", "--flag"] });
    expect(first).toMatchObject({ exitCode: 0, output: expect.stringContaining(handedOver) });
    expect(await start(["script.cjs", "a b", "--flag"])).toEqual({ exitCode: 0, output: `${handedOver}\n` });
    expect(await installations()).toBe(1);
  });

  it("passes exit codes and signals on, and runs packages' programs", async () => {
    const { start } = await project();
    expect((await start(["script.cjs", "exit", "3"])).exitCode).toBe(3);
    expect((await start(["script.cjs", "die", "SIGTERM"])).exitCode).toBe(143);
    expect(await start(["--bin", "hello", "you there"])).toEqual({
      exitCode: 0,
      output: "hello you there\n",
    });
  });

  it("installs again when the lock file changes, and after an installation that was killed", async () => {
    const { root, start, installations } = await project();
    await start(["script.cjs"]);
    const lock = path.join(root, "package-lock.json");
    await writeFile(lock, `${await readFile(lock, "utf8")}\n`);
    // Only its bytes changed: what npm wrote down of the installation still fits, so nothing is
    // done but noted.
    expect((await start(["script.cjs"])).exitCode).toBe(0);
    expect(await installations()).toBe(1);
    await rm(path.join(root, "node_modules", ".setup-stamp"));
    await rm(path.join(root, "node_modules", ".package-lock.json"));
    expect((await start(["script.cjs"])).exitCode).toBe(0);
    expect(await installations()).toBe(2);
    const other = (await readFile(lock, "utf8")).replaceAll('"1.0.0"', '"1.0.1"');
    await writeFile(lock, other);
    await writeFile(path.join(root, "package.json"), JSON.stringify(JSON.parse(other).packages[""]));
    expect((await start(["script.cjs"])).exitCode).toBe(0);
    expect(await installations()).toBe(3);
  });

  it("ends npm when a signal ends it; the next start waits for that and installs", async () => {
    const ends = (["SIGKILL", "SIGINT", "SIGTERM"] as const).map(async (signal) => {
      const { start, startAndKill, installations } = await project();
      const npm = await startAndKill(signal);
      const { exitCode } = await start(["script.cjs"]);
      return { exitCode, npmRuns: isRunning(npm), installations: await installations() };
    });
    const recovered = { exitCode: 0, npmRuns: false, installations: 2 };
    expect(await Promise.all(ends)).toEqual([recovered, recovered, recovered]);
  });

  it("without npm, says what to do", async () => {
    const { start } = await project();
    expect(await start(["script.cjs"], { PATH: scratchFolder() })).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/error\[npm-missing\]: .*\n {2}→ install npm/),
    });
  });

  it("installs once for two concurrent starts, and breaks the lock of a dead process", async () => {
    const { root, start, installations } = await project();
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    await mkdir(path.join(root, ".cache"));
    await writeFile(
      path.join(root, ".cache", "npm-ci.lock"),
      JSON.stringify({ token: "x", pid, host: hostname() }),
    );
    const both = await Promise.all([start(["script.cjs"]), start(["script.cjs"])]);
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await installations()).toBe(1);
  });

  it("requires no home folder", async () => {
    const { root, start } = await project();
    expect((await start(["script.cjs"], { HOME: "/dev/null", npm_config_cache: undefined })).exitCode).toBe(
      0,
    );
    expect(existsSync(path.join(root, ".cache", "npm"))).toBe(true);
  });

  it("reports an unreachable registry in one sentence", async () => {
    const { root, start } = await project();
    const lock = JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8"));
    const far = {
      version: "1.0.0",
      integrity: `sha512-${"A".repeat(86)}==`,
      resolved: "http://127.0.0.1:1/far.tgz",
    };
    for (const own of [lock, lock.packages[""]]) own.dependencies = { ...own.dependencies, far: "1.0.0" };
    lock.packages["node_modules/far"] = far;
    await writeFile(path.join(root, "package-lock.json"), JSON.stringify(lock));
    await writeFile(path.join(root, "package.json"), JSON.stringify(lock.packages[""]));
    const { exitCode, output } = await start(["script.cjs"], { npm_config_fetch_retries: "0" });
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /^npm packages \(npm ci\) …\n.*failed.*\nerror\[npm-offline\]: .*ECONNREFUSED.*\n {2}→ .*\n$/,
    );
  });

  it.each([[["no/such.ts"]], [[]], [["--bin"]]])("rejects the call %j", async (args) => {
    const { start } = await project();
    expect(await start(args)).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining("error[no-such-command]"),
    });
  });

  it("names the required version on an old Node, in syntax that an old Node can parse", async () => {
    const spoof = path.join(scratchFolder(), "spoof.cjs");
    await writeFile(spoof, 'Object.defineProperty(process.versions, "node", { value: "14.21.3" });');
    const run = path.join(repositoryRoot, "setup", "run.mjs");
    const { exitCode, output } = await runToEnd(process.execPath, ["--require", spoof, run, "x"], {
      env: process.env,
    });
    expect(exitCode).toBe(1);
    expect(output).toContain(
      "error[node-too-old]: this project needs Node 20.9 or later; this is Node 14.21.3.",
    );
    // Static imports are resolved before the check can speak; the operators came with Node 14 and
    // 15.
    expect(await readFile(run, "utf8")).not.toMatch(/^import |\?\?|\?\.|\|\|=|node:/m);
  });
});
