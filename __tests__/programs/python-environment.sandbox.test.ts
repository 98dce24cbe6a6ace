import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isRunning, until } from "../../dev/tools/sandbox-support";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { installPythonEnvironment } from "../../lib/programs/python-environment";
import { prepareTools } from "../../lib/terraform/prepare";
import { recordedProgress, removeScratchFolders, runToEnd, scratchFolder, writeProgram } from "./support";

afterAll(removeScratchFolders);

const INSTALL = `
  const { installPythonEnvironment } = require("./lib/programs/python-environment.ts");
  const progress = { step: (_label, work) => work(() => undefined), note: () => undefined };
  installPythonEnvironment({ ...JSON.parse(process.argv[1]), progress });`;

const requirements = path.join(repositoryRoot, "requirements", "sandbox.txt");

/**
 * A Python that does something before it makes an environment; it and the environment's own do
 * something instead of running pip.
 */
async function withFakePython(cache: string, before: string, pip: string) {
  const script = `${before}
    if [ "$2" = pip ]; then exec "$0.pip" "$@"; fi
    for folder; do :; done
    mkdir -p "$folder/bin"; cp "$0.pip" "$folder/bin/python"`;
  const program = await writeProgram(path.join(cache, "python3"), script);
  await writeProgram(`${program}.pip`, pip);
  return { cache, env: process.env, requirements, python: { program, version: "3.11.0" } };
}

const INSTALL_MS = 300_000;

describe("moto and the AWS CLI in the project's own virtual environment", () => {
  it(
    "are installed once, by hash, if the PATH is ignored, and run from a path with spaces",
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
      const [node, ...oidc] = ownProgram("cli/oidc.ts");
      const sandbox = [...oidc, "sandbox", "aws", "s3", "mb", "s3://from-the-lock-file"];
      const [version, created] = await Promise.all([
        runToEnd("aws", ["--version"], { env: own }),
        runToEnd(node, sandbox, { cwd: repositoryRoot, env }),
      ]);
      expect(version).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^aws-cli\/1\.4[45]\./) });
      expect(created).toEqual({ exitCode: 0, output: "make_bucket: from-the-lock-file\n" });
    },
    INSTALL_MS,
  );

  it("are installed again after a kill in the middle, which leaves no process", async () => {
    const cache = scratchFolder();
    const hang = path.join(cache, "hang");
    await writeFile(hang, "");
    const install = await withFakePython(
      cache,
      `if [ -e "${hang}" ]; then echo $$ > "${hang}"; exec sleep 60; fi`,
      "exit 0",
    );
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
  });

  it.each([
    ["ERROR: No matching distribution found: Could not find a version", /network/, false],
    ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", /pip's message above/, true],
  ])(
    "are requested by hash; an error of pip is shown without its progress output: %s",
    async (error, fix, pip) => {
      const cache = scratchFolder();
      const fails = `echo "$@" > "${cache}/asked"; printf 'WARNING: Retrying\\n${error}\\n' >&2; exit 1`;
      const install = await withFakePython(cache, "", fails);
      const { progress } = recordedProgress();
      const failure = installPythonEnvironment({ ...install, python: { ...install.python, pip }, progress });
      await expect(failure).rejects.toMatchObject({
        code: "python-packages",
        fix: expect.stringMatching(fix),
      });
      await expect(failure).rejects.toThrow(new RegExp(`ended with 1:\\n${error}$`));
      expect(await readFile(path.join(cache, "asked"), "utf8")).toContain(
        `--require-hashes --requirement ${requirements}`,
      );
    },
  );

  it("come from a lock file in which every requirement has exact versions and hashes, and no index", async () => {
    const text = await readFile(requirements, "utf8");
    const entries = text
      .replaceAll("\\\n", " ")
      .split("\n")
      .filter((line) => line !== "" && !/^\s*#/.test(line));
    expect(entries.length).toBeGreaterThan(20);
    for (const entry of entries) expect(entry).toMatch(/^[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}/);
    expect(text).not.toMatch(/index-url|find-links|file:|https?:/);
  });
});
