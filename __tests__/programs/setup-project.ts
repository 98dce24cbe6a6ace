import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../../dev/tools/sandbox-support";
import { repositoryRoot } from "../../lib/programs/cache";
import { runToEnd, scratchFolder, writeProgram } from "./support";

/**
 * A project with our set-up step and a package that needs no network; its npm writes down what it
 * is asked.
 */
export async function project() {
  const root = scratchFolder();
  await cp(path.join(repositoryRoot, "setup"), path.join(root, "setup"), { recursive: true });
  const version = "1.0.0";
  const tsx = { name: "tsx", version, exports: "./loader.cjs", bin: { hello: "./hello.js" } };
  await mkdir(path.join(root, "tsx"));
  await writeFile(path.join(root, "tsx", "package.json"), JSON.stringify(tsx));
  await writeFile(path.join(root, "tsx", "loader.cjs"), "globalThis.loaded = true;");
  await writeProgram(path.join(root, "tsx", "hello.js"), "");
  await writeFile(path.join(root, "tsx", "hello.js"), 'console.log("hello", ...process.argv.slice(2));');
  const dependencies = { tsx: "file:tsx" };
  const own = { name: "project", version, dependencies };
  await writeFile(path.join(root, "package.json"), JSON.stringify(own));
  await writeFile(path.join(root, "script.cjs"), SCRIPT);
  const packages = {
    "": own,
    "node_modules/tsx": { resolved: "tsx", link: true },
    tsx: { version, bin: tsx.bin },
  };
  await writeFile(
    path.join(root, "package-lock.json"),
    JSON.stringify({ ...own, lockfileVersion: 3, requires: true, packages }),
  );
  const log = path.join(root, "npm.log");
  const npm = spawnSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).stdout.trim();
  const hang = path.join(root, "hang");
  await writeProgram(
    path.join(root, "bin", "npm"),
    `echo "$@" >> "${log}"\nif [ -e "${hang}" ]; then echo $$ > "${hang}"; exec sleep 60; fi\nexec "${npm}" "$@"`,
  );
  const { npm_execpath: _cli, CI: _ci, ...rest } = process.env;
  const env = {
    ...rest,
    PATH: `${path.join(root, "bin")}:${process.env.PATH}`,
    npm_config_cache: path.join(root, "npm-cache"),
  };
  const run = path.join(root, "setup", "run.mjs");
  const start = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    runToEnd(process.execPath, [run, ...args], { cwd: "/", env: { ...env, ...more } });
  /** A start that is killed while npm is at it; gives npm's process id. */
  const startAndKill = async (signal: NodeJS.Signals) => {
    await writeFile(hang, "");
    const child = spawn(process.execPath, [run, "script.cjs"], { cwd: "/", env, stdio: "ignore" });
    const ended = once(child, "exit");
    await until("npm is at it", async () => (await readFile(hang, "utf8")) !== "");
    const npmId = Number(await readFile(hang, "utf8"));
    child.kill(signal);
    await ended;
    await rm(hang);
    return npmId;
  };
  const installations = async () =>
    existsSync(log) ? (await readFile(log, "utf8")).trim().split("\n").length : 0;
  return { root, start, startAndKill, installations };
}

const SCRIPT = `
const [what, value] = process.argv.slice(2);
if (what === "exit") process.exitCode = Number(value);
else if (what === "die") process.kill(process.pid, value);
else console.log(JSON.stringify({ loaded: globalThis.loaded, args: process.argv.slice(2) }));
setTimeout(() => {}, 50);
`;
