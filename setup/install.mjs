import { constants } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { currentStamp, installedByNpm, stampPath, wantedStamp } from "./stamp.mjs";

// Required when used: most starts install nothing.
const require = createRequire(import.meta.url);

/** The watchdog's exit code if the program does not exist. */
const NOT_FOUND = 127;

/** A set-up error that the user can fix. */
export class SetupError extends Error {
  /** @param {{ code: string, message: string, fix: string, exitCode?: number }} options */
  constructor({ code, message, fix, exitCode = 1 }) {
    super(message);
    this.code = code;
    this.fix = fix;
    this.exitCode = exitCode;
  }
}

/**
 * Runs `npm ci` unless node_modules already matches package-lock.json. A stamp in node_modules
 * marks a complete installation. It is written last, and `npm ci` deletes node_modules first, so a
 * killed installation runs again.
 * @param {string} root the repository
 */
export async function ensureDependencies(root) {
  const wanted = await wantedStamp(root);
  if ((await currentStamp(root)) === wanted) return;
  const cache = path.join(root, ".cache");
  await writable(cache);
  /** @type {typeof import("./progress.cjs")} */
  const progress = require("./progress.cjs");
  /** @type {typeof import("./lock.cjs")} */
  const lock = require("./lock.cjs");
  const output = progress.createProgress();
  const waiting = () => output.note("waiting for another `npm ci` in this folder …");
  await lock.withLock(
    path.join(cache, "npm-ci.lock"),
    async (shareWith) => {
      if ((await currentStamp(root)) === wanted) return;
      if (!(await installedByNpm(root))) {
        await output.step("npm packages (npm ci)", () => npmCi(root, cache, shareWith));
      }
      await writeFile(stampPath(root), wanted);
    },
    { onWait: waiting },
  );
}

/** @param {string} folder */
async function writable(folder) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new SetupError({
      code: "repository-read-only",
      message: `cannot write to ${folder} (${error.code}).`,
      fix: "npm packages are installed into this repository: make it writable, or clone it to a writable folder.",
    });
  }
}

/** @param {string} root @param {string} cache @param {(pid: number) => void} shareWith */
async function npmCi(root, cache, shareWith) {
  const env = { ...process.env };
  const { homedir } = require("node:os");
  /** @type {typeof import("./guarded.cjs")} */
  const guarded = require("./guarded.cjs");
  // npm's default cache may be in a home folder that is not writable.
  if (!(await canWrite(env.npm_config_cache ?? path.join(homedir(), ".npm")))) {
    env.npm_config_cache = path.join(cache, "npm");
  }
  // npm reads proxies from the environment, and as Node certificate authorities from this variable
  // alone.
  env.NODE_EXTRA_CA_CERTS ||= env.AWS_CA_BUNDLE || undefined;
  if (env.NODE_EXTRA_CA_CERTS === undefined) delete env.NODE_EXTRA_CA_CERTS;
  // Install scripts are disabled: none of our packages needs one. Development packages are
  // installed regardless of NODE_ENV; `npm test` needs them.
  const flags = ["ci", "--ignore-scripts", "--include=dev", "--prefer-offline", "--no-audit", "--no-fund"];
  const cli = env.npm_execpath ?? "";
  const [command, ...first] = cli.endsWith("npm-cli.js") ? [process.execPath, cli] : ["npm"];
  const npm = guarded.spawnGuarded(command, [...first, ...flags, "--loglevel=error"], { cwd: root, env });
  shareWith(npm.pid);
  const { exitCode, output } = await collect(npm);
  if (exitCode === 0) return;
  throw new SetupError(explain(exitCode, output));
}

/** @param {number | null} exitCode @param {string} output */
function explain(exitCode, output) {
  if (exitCode === NOT_FOUND) {
    return {
      code: "npm-missing",
      message: "npm cannot be started.",
      fix: "install npm; it comes with Node: https://nodejs.org",
    };
  }
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ECONNRESET/.exec(output);
  if (offline !== null) {
    return {
      code: "npm-offline",
      message: `npm could not reach its registry (${offline[0]}).`,
      fix: "connect to the network, or set HTTPS_PROXY or npm's registry, and run the same command again.",
    };
  }
  return {
    code: "npm-ci-failed",
    message: `npm ci ended with ${exitCode ?? "a signal"}:\n${output.trim()}`,
    fix: "see npm's message above, then run the same command again.",
  };
}

/** @param {string} folder */
async function canWrite(folder) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {import("node:child_process").ChildProcessWithoutNullStreams} child
 * @returns {Promise<{ exitCode: number | null, output: string }>}
 */
function collect(child) {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
}
