// Runs calls of one command, one after the other, in this process: what they share is loaded once.
// A call ends as its process would, when it has nothing left to do; one that ends the process ends
// this one, and the caller starts another for the rest (calls-in-turn.ts).
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , program, mark] = process.argv;
/** @type {{ args: string[], env: Record<string, string> }[]} */
const calls = JSON.parse(readFileSync(0, "utf8"));
const command = pathToFileURL(program).href;
let ended = -1;

// Each call listens for errors of its own.
process.stdout.setMaxListeners(0);
process.on("beforeExit", next);
next();

function next() {
  if (ended >= 0) {
    process.stdout.write(`${mark}${process.exitCode ?? 0}${mark}`);
    process.stderr.write(mark);
  }
  ended += 1;
  const call = calls[ended];
  if (call === undefined) process.exit(0);
  process.exitCode = undefined;
  process.argv = [process.execPath, program, ...call.args];
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, call.env);
  // A query of its own: the command itself is evaluated again, and what it imports is not.
  void import(`${command}?call=${ended}`);
}
