// Runs one command, and ends it and itself when standard input closes. The parent process holds the
// other end of that pipe, and the operating system closes it however the parent ends, SIGKILL
// included. Plain JavaScript, so that it needs no loader.
//
// It must be the leader of its own process group: it ends the group, because the command may be a
// shell script that starts the real program.
import { spawn } from "node:child_process";
import text from "./visible.cjs";

const CANNOT_EXECUTE = 126;
const NOT_FOUND = 127;
const GRACE_MS = 1_000;

let ending = false;

function signalGroup(signal) {
  process.kill(-process.pid, signal);
}

function end() {
  if (ending) return;
  ending = true;
  // SIGTERM first, so that this process still runs and reaps the command: not every container has
  // an init process that does.
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), GRACE_MS);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
process.stdin.on("end", end);
process.stdin.on("error", end);
process.stdin.resume();

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
child.on("error", (error) => {
  process.stderr.write(`${text.visible(`${command}: ${error.message}`)}\n`);
  process.exit(error.code === "ENOENT" ? NOT_FOUND : CANNOT_EXECUTE);
});
child.on("exit", (code, signal) => {
  if (signal !== null && !ending)
    process.stderr.write(`${text.visible(command)} was terminated by ${signal}\n`);
  process.exit(code ?? 1);
});
