const { spawn } = require("node:child_process");
const os = require("node:os");

const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP"];
/**
 * npm forwards signals that the terminal has already sent to us, and Terraform aborts at once on a
 * second signal. A repeated signal within this time is ignored.
 */
const SAME_SIGNAL_MS = 1000;

/**
 * Runs a program in the foreground: it has our terminal, gets our signals, and its exit code (128 +
 * n for signal n) is the result. Types: foreground.d.cts.
 */
function runForeground(command, args, options) {
  return new Promise((resolve, reject) => {
    const { onSpawn, ...settings } = options;
    const child = spawn(command, args, { stdio: "inherit", ...settings });
    onSpawn?.(child);
    const atTerminal = [process.stdin, process.stdout, process.stderr].some(
      (stream) => stream.isTTY === true,
    );
    const stop = FORWARDED.map((signal) => listen(child, signal, atTerminal));
    const done = () => {
      for (const unlisten of stop) unlisten();
    };
    child.on("error", (error) => {
      done();
      reject(error);
    });
    child.on("close", (code, signal) => {
      done();
      resolve(signal === null ? code : 128 + os.constants.signals[signal]);
    });
  });
}

function listen(child, signal, atTerminal) {
  let last = Number.NEGATIVE_INFINITY;
  const handler = () => {
    // The terminal sends Ctrl-C to every process of its foreground group, so the child has it.
    if (signal === "SIGINT" && atTerminal) return;
    const now = Date.now();
    if (now - last >= SAME_SIGNAL_MS) child.kill(signal);
    last = now;
  };
  process.on(signal, handler);
  return () => process.off(signal, handler);
}

module.exports = { runForeground };
