const { spawn } = require("node:child_process");
const os = require("node:os");

const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP"];
/**
 * npm passes on to us what the terminal has sent already; Terraform takes a second signal as "stop
 * at once".
 */
const SAME_SIGNAL_MS = 1000;

/**
 * Runs a program in our place: it has our terminal, gets our signals, and its exit code (128 + n
 * for signal n) is the result. Types: foreground.d.cts.
 */
function runForeground(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: "inherit" });
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
    child.on("exit", (code, signal) => {
      done();
      resolve(signal === null ? code : 128 + os.constants.signals[signal]);
    });
  });
}

function listen(child, signal, atTerminal) {
  let last = Number.NEGATIVE_INFINITY;
  const handler = () => {
    // Ctrl-C goes to every process of the terminal's foreground group: the child has it.
    if (signal === "SIGINT" && atTerminal) return;
    const now = Date.now();
    if (now - last >= SAME_SIGNAL_MS) child.kill(signal);
    last = now;
  };
  process.on(signal, handler);
  return () => process.off(signal, handler);
}

module.exports = { runForeground };
