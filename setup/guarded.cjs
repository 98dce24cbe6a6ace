const { spawn } = require("node:child_process");
const path = require("node:path");

const WATCHDOG = path.join(__dirname, "watchdog.mjs");

/** Types and contract: guarded.d.cts. */
function spawnGuarded(command, args, { cwd, env } = {}) {
  const child = spawn(process.execPath, [WATCHDOG, command, ...args], {
    cwd,
    env,
    // Its own process group: the watchdog ends the group, and Ctrl-C in a terminal does not reach
    // it.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => undefined);
  // If the watchdog is killed, its group still runs and holds the pipes open.
  child.on("exit", (_code, signal) => {
    if (signal !== null) killGroup(child);
  });
  return child;
}

function killGroup(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The whole group has ended.
  }
}

module.exports = { spawnGuarded };
