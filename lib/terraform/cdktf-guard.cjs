// Loaded into cdktf (`node --require`) instead of the addon that runs Terraform on a pseudo
// terminal. That addon has three problems, all observed with cdktf 0.21.0: - It discards output
// that is not read soon after Terraform exits. If cdktf lags (a long plan, a busy machine), the end
// of the output is lost, including the error. - It is prebuilt for some Node versions and platforms
// only; others (Node 24, Macs with Intel) need a compiler. - After SIGINT or SIGTERM, cdktf passes
// Ctrl-C on to Terraform and exits without waiting. The pseudo terminal closes, SIGHUP kills
// Terraform during its cleanup, and the state lock stays. Here Terraform runs on pipes, which lose
// only colors (it can still ask and read answers), and the exit waits for it.
const { spawn } = require("node:child_process");
const { Module } = require("node:module");

const CTRL_C = "\u0003";
/** One Ctrl-C may arrive more than once, from the terminal and npm; a later one is a second one. */
const SAME_SIGNAL_MS = 1000;
const name = "@cdktf/node-pty-prebuilt-multiarch";
const running = new Set();

function spawnOnPipes(program, args, { cwd, env }) {
  // A session of its own, as a pseudo terminal has: Ctrl-C reaches Terraform once, through cdktf.
  const child = spawn(program, args, { cwd, env, detached: true });
  let exitCode;
  child.on("error", () => {
    exitCode = 127;
  });
  child.stdin.on("error", () => undefined);
  running.add(child);
  child.on("close", () => running.delete(child));
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
  console.error("waiting for Terraform to finish and release its state lock …");
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
    if (Date.now() - firstSignal >= SAME_SIGNAL_MS) for (const child of running) child.kill("SIGINT");
    if (running.size === 0)
      setTimeout(() => process.exit(signal === "SIGINT" ? 130 : 143), SAME_SIGNAL_MS).unref();
  });
}
// The terminal was closed, but Terraform still has to clean up.
process.on("SIGHUP", () => process.kill(process.pid, "SIGTERM"));
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const file = require.resolve(name);
const replacement = new Module(file);
replacement.exports = { spawn: spawnOnPipes };
replacement.loaded = true;
require.cache[file] = replacement;
