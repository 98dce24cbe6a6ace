// Loaded into cdktf (`node --require`) in front of the addon by which it runs Terraform on a pseudo terminal. Two things are
// wrong with that addon for us (both observed with cdktf 0.21.0):
// - It is compiled for some versions of Node and some platforms only; elsewhere (Node 24, Macs with Intel) it would need a
//   compiler. There, Terraform runs on pipes: it asks and reads answers there as well, only its colours are lost.
// - After SIGINT or SIGTERM, cdktf passes Ctrl-C on to Terraform and exits without waiting. The pseudo terminal closes, Terraform
//   is killed by SIGHUP in the middle of its tidying up, and the lock of the state stays. So the exit waits for Terraform.
const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { Module } = require("node:module");
const path = require("node:path");

const CTRL_C = "\u0003";
/** One Ctrl-C may arrive here more than once (the terminal, npm); one that comes later is meant. */
const SAME_SIGNAL_MS = 1000;

// OIDC_NO_PTY=1 runs Terraform on pipes even where the addon would load.
const name = "@cdktf/node-pty-prebuilt-multiarch";
const file = require.resolve(name);
const spawnTerraform = loadAddon()?.spawn ?? spawnOnPipes;
const running = new Set();

function spawnAndKeep(program, args, options) {
  const child = spawnTerraform(program, args, options);
  running.add(child);
  child.onExit(() => {
    running.delete(child);
  });
  return child;
}

function loadAddon() {
  const folder = path.dirname(require.resolve(`${name}/package.json`));
  const prebuilt = require(path.join(folder, "lib", "prebuild-file-path.js")).ptyPath;
  const addon = prebuilt ?? path.join(folder, "build", "Release", "pty.node");
  // Without asking first, the package complains on standard error before it throws.
  if (process.env.OIDC_NO_PTY === "1" || !existsSync(addon)) return undefined;
  try {
    require(addon);
    return require(file);
  } catch {
    return undefined;
  }
}

function spawnOnPipes(program, args, { cwd, env }) {
  // A session of its own, as a pseudo terminal has: Ctrl-C reaches Terraform once, through cdktf.
  const child = spawn(program, args, { cwd, env, detached: true });
  let exitCode;
  child.on("error", () => {
    exitCode = 127;
  });
  child.stdin.on("error", () => undefined);
  return {
    onData: (listener) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text) => listener(text.replace(/\r?\n/g, "\r\n")));
      }
    },
    onExit: (listener) => child.on("close", (code) => listener({ exitCode: exitCode ?? code ?? 1 })),
    write: (text) => (text.includes(CTRL_C) ? child.kill("SIGINT") : child.stdin.write(text)),
  };
}

const exit = process.exit.bind(process);
let exiting = false;
process.exit = (code) => {
  if (running.size === 0) return exit(code);
  if (exiting) return undefined;
  exiting = true;
  console.error("waiting for Terraform to finish what it is at and to release its lock …");
  setInterval(() => {
    if (running.size === 0) exit(code);
  }, 50);
  return undefined;
};

let firstSignal;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    firstSignal ??= Date.now();
    // cdktf passes on the first one only. Terraform takes a second one as "stop at once".
    if (Date.now() - firstSignal >= SAME_SIGNAL_MS) for (const child of running) child.write(CTRL_C);
    if (running.size === 0)
      setTimeout(() => process.exit(signal === "SIGINT" ? 130 : 143), SAME_SIGNAL_MS).unref();
  });
}
// The terminal was closed: nobody is there to read, but Terraform has still to tidy up.
process.on("SIGHUP", () => process.kill(process.pid, "SIGTERM"));
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const replacement = new Module(file);
replacement.exports = { spawn: spawnAndKeep };
replacement.loaded = true;
require.cache[file] = replacement;
