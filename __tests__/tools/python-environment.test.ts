import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../lib/tools/cache";
import { prepareTools } from "../../lib/tools/prepare";
import { installPythonEnvironment } from "../../lib/tools/python-environment";
import { isRunning, until } from "../sandbox/support";
import { recordedProgress, removeScratchFolders, runToEnd, scratchFolder, writeProgram } from "./support";

afterAll(removeScratchFolders);

const INSTALL = `
  const { installPythonEnvironment } = require("./lib/tools/python-environment.ts");
  const progress = { step: (_label, work) => work(() => undefined), note: () => undefined };
  installPythonEnvironment({ ...JSON.parse(process.argv[1]), progress });`;

const INSTALL_MS = 300_000;

describe("moto and the AWS CLI in the project's own virtual environment", () => {
  it(
    "are installed once, by hash, where the PATH is ignored, and run from a path with spaces",
    async () => {
      const env = { ...process.env, OIDC_CACHE_DIR: scratchFolder(), OIDC_IGNORE_PATH_TOOLS: "1", CI: "1" };
      const first = recordedProgress();
      const [tools, same] = await Promise.all([
        prepareTools(["aws", "moto"], { env, progress: first.progress }),
        prepareTools(["aws", "moto"], { env, progress: first.progress }),
      ]);
      expect(same).toEqual(tools);
      expect(first.text().match(/: done/g)).toHaveLength(1);

      const second = recordedProgress();
      expect(await prepareTools(["aws", "moto"], { env, progress: second.progress })).toEqual(tools);
      expect(second.text()).toBe("");

      const own = { ...env, ...tools.environment };
      const sandbox = [path.join("cli", "sandbox.ts"), "aws", "s3", "mb", "s3://from-the-lock-file"];
      const [version, created] = await Promise.all([
        runToEnd("aws", ["--version"], { env: own }),
        runToEnd(process.execPath, ["--import", "tsx", ...sandbox], { cwd: repositoryRoot, env }),
      ]);
      expect(version).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^aws-cli\/1\.4[45]\./) });
      expect(created).toEqual({ exitCode: 0, output: "make_bucket: from-the-lock-file\n" });
    },
    INSTALL_MS,
  );

  it("are begun anew after a kill in the middle, which leaves nothing running", async () => {
    const cache = scratchFolder();
    const hang = path.join(cache, "hang");
    await writeFile(hang, "");
    // It makes an environment whose Python says yes to everything, or gets stuck.
    const python = await writeProgram(
      path.join(cache, "python3"),
      `if [ -e "${hang}" ]; then echo $$ > "${hang}"; exec sleep 60; fi
mkdir -p "$3/bin"; printf '#!/bin/sh\n' > "$3/bin/python"; chmod +x "$3/bin/python"`,
    );
    const requirements = path.join(repositoryRoot, "requirements", "sandbox.txt");
    const install = {
      cache,
      env: process.env,
      requirements,
      python: { program: python, version: "3.11.0" },
    };
    const killed = spawn(process.execPath, ["--import", "tsx", "-e", INSTALL, JSON.stringify(install)], {
      cwd: repositoryRoot,
      stdio: "ignore",
    });
    const ended = once(killed, "exit");
    await until("Python is at it", async () => (await readFile(hang, "utf8")) !== "");
    const stuck = Number(await readFile(hang, "utf8"));
    killed.kill("SIGKILL");
    await ended;
    await rm(hang);
    const { progress } = recordedProgress();
    const { moto } = await installPythonEnvironment({ ...install, progress });
    expect(isRunning(stuck)).toBe(false);
    expect(existsSync(moto[0] ?? "")).toBe(true);
  }, 30_000);

  it("come from a lock file in which every requirement has exact versions and hashes, and no index", async () => {
    const text = await readFile(path.join(repositoryRoot, "requirements", "sandbox.txt"), "utf8");
    const entries = text
      .replaceAll("\\\n", " ")
      .split("\n")
      .filter((line) => line !== "" && !/^\s*#/.test(line));
    expect(entries.length).toBeGreaterThan(20);
    for (const entry of entries) expect(entry).toMatch(/^[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}/);
    expect(text).not.toMatch(/index-url|find-links|file:|https?:/);
  });
});
