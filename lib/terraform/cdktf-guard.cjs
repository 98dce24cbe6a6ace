// Loaded into cdktf (`node --require`) instead of the addon that runs Terraform on a pseudo
// terminal. That addon has three problems, all observed with cdktf 0.21.0: - It discards output
// that is not read soon after Terraform exits. If cdktf lags (a long plan, a busy machine), the end
// of the output is lost, including the error. - It is prebuilt for some Node versions and platforms
// only; others (Node 24, Macs with Intel) need a compiler. - After SIGINT or SIGTERM, cdktf passes
// Ctrl-C on to Terraform and exits without waiting. The pseudo terminal closes, SIGHUP kills
// Terraform during its cleanup, and the state lock stays. Here Terraform runs on pipes, which lose
// only colors (it can still ask and read answers), and the exit waits for it.
//
// The CLI of CDK Terrain (cdktn-cli 0.24.0) has no such addon. It starts Terraform as an ordinary
// child and exits after a signal, of which Terraform hears nothing, or twice at a terminal. Here
// Terraform has a session of its own, hears of a signal once, and the exit waits for it.
//
// OIDC_CDKTF_EVENTS is the number of an open file descriptor: what Terraform prints and how it ends
// is written there too, one JSON object a line, as lib/terraform/stack-event.ts describes it.
// OIDC_CDKTF_PLANS is a folder: a plan is saved there as <stack>.plan, and an apply takes that
// file. Terraform applies what the file says, or refuses it if the state has changed since.
// OIDC_CDKTF_PLAIN removes Terraform's colors from what cdktf prints.
const childProcess = require("node:child_process");
const { writeSync } = require("node:fs");
const path = require("node:path");
const { StringDecoder } = require("node:string_decoder");
const { Module } = require("node:module");
require("./cdktf-late-modules.cjs");

const ESCAPE = "\u001b";
const CTRL_C = "\u0003";
/** One Ctrl-C may arrive more than once, from the terminal and npm; a later one is a second one. */
const SAME_SIGNAL_MS = 1000;
const name = "@cdktf/node-pty-prebuilt-multiarch";
const running = new Set();
const { spawn } = childProcess;
const isCdktn = /[\\/]cdktn(\.js)?$/.test(process.argv[1] ?? "");
const terraform = process.env.TERRAFORM_BINARY_NAME || "terraform";
/** The commands of Terraform that cdktn interrupts, or whose output matters. */
const WATCHED = new Set(["init", "plan", "apply", "destroy", "output"]);

const plain = process.env.OIDC_CDKTF_PLAIN === "1";
// With colors, Terraform frames warnings, so that their end is known. The colors are removed below.
const framed = process.env.OIDC_CDKTF_FRAMES === "1";
const withFrames = (args) =>
  framed && Array.isArray(args) ? args.filter((arg) => arg !== "-no-color") : args;
let events = Number(process.env.OIDC_CDKTF_EVENTS) || undefined;
const plans = process.env.OIDC_CDKTF_PLANS;
for (const variable of ["OIDC_CDKTF_EVENTS", "OIDC_CDKTF_FRAMES", "OIDC_CDKTF_PLAIN", "OIDC_CDKTF_PLANS"])
  delete process.env[variable];

/** The arguments of `terraform plan` and `apply` with the plan file of the stack. */
function withPlanFile(args, stack) {
  if (plans === undefined || !Array.isArray(args)) return args;
  const file = path.join(plans, `${stack}.plan`);
  if (args[0] === "plan") return args.map((arg, at) => (args[at - 1] === "-out" ? file : arg));
  if (args[0] !== "apply") return args;
  // All else is in the plan: variables, refresh-only, and the approval.
  return [...args.filter((arg) => /^(?:apply|-no-color|-parallelism=.*)$/.test(arg)), "-input=false", file];
}

function report(event) {
  if (events === undefined) return;
  const line = Buffer.from(`${JSON.stringify(event)}\n`);
  try {
    for (let written = 0; written < line.length; ) written += writeSync(events, line, written);
  } catch {
    // The reader has ended. Terraform has to finish all the same.
    events = undefined;
  }
}

/** Removes colors from a text that arrives in pieces. */
function withoutColors() {
  const color = new RegExp(`${ESCAPE}\\[[0-9;]*m`, "g");
  const partial = new RegExp(`${ESCAPE}(?:\\[[0-9;]*)?$`);
  let rest = "";
  return (text) => {
    const all = rest + text;
    rest = partial.exec(all)?.[0] ?? "";
    return all.slice(0, all.length - rest.length).replace(color, "");
  };
}

function spawnOnPipes(program, args, { cwd, env }) {
  const [command = ""] = Array.isArray(args) ? args : [];
  const run = { stack: path.basename(cwd ?? ""), command };
  report({ ...run, kind: "start" });
  // A session of its own, as a pseudo terminal has: Ctrl-C reaches Terraform once, through cdktf.
  const child = spawn(program, withFrames(withPlanFile(args, run.stack)), { cwd, env, detached: true });
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
        const uncolored = withoutColors();
        stream.setEncoding("utf8").on("data", (text) => {
          const bare = uncolored(text);
          report({ ...run, kind: "output", text: bare });
          listener((plain ? bare : text).replace(/\r?\n/g, "\r\n"));
        });
      }
    },
    onExit: (listener) =>
      child.on("close", (code) => {
        const ended = exitCode ?? code ?? 1;
        report({ ...run, kind: "end", exitCode: ended });
        listener({ exitCode: ended });
      }),
    write: (text) => (text.includes(CTRL_C) ? child.kill("SIGINT") : child.stdin.write(text)),
  };
}

/** What does not run on a pseudo terminal: `plan` of cdktf, everything of cdktn. */
function isWatched(program, args) {
  if (!Array.isArray(args)) return false;
  return isCdktn ? program === terraform && WATCHED.has(args[0]) : events !== undefined && args[0] === "plan";
}

/** A signal reaches Terraform once: it takes a second one as "stop at once". */
function interruptedOnce(child) {
  const kill = child.kill.bind(child);
  let last = Number.NEGATIVE_INFINITY;
  child.kill = (signal) => {
    const now = Date.now();
    if (now - last < SAME_SIGNAL_MS) return true;
    last = now;
    return kill(signal === "SIGKILL" ? signal : "SIGINT");
  };
}

/** Nothing else removes colors from what cdktn prints. */
function withoutColor(args) {
  return isCdktn && plain && !framed && !args.includes("-no-color") ? [...args, "-no-color"] : args;
}

childProcess.spawn = (program, args, options) => {
  if (!isWatched(program, args)) return spawn(program, args, options);
  const run = { stack: path.basename(options?.cwd ?? ""), command: args[0] };
  const given = withoutColor(withFrames(withPlanFile(args, run.stack)));
  const child = spawn(program, given, isCdktn ? { ...options, detached: true } : options);
  if (isCdktn) {
    interruptedOnce(child);
    running.add(child);
    child.on("close", () => running.delete(child));
  }
  report({ ...run, kind: "start" });
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder("utf8");
    const uncolored = withoutColors();
    stream?.on("data", (data) =>
      report({
        ...run,
        kind: "output",
        text: uncolored(typeof data === "string" ? data : decoder.write(data)),
      }),
    );
  }
  child.on("close", (code) => report({ ...run, kind: "end", exitCode: code ?? 1 }));
  return child;
};

let hasSaid = false;
function sayThatItWaits() {
  if (hasSaid) return;
  hasSaid = true;
  if (events !== undefined) report({ kind: "waiting" });
  else console.error("waiting for Terraform to finish the current call and release the state lock");
}

const exit = process.exit.bind(process);
let exiting = false;
process.exit = (code) => {
  if (running.size === 0) return exit(code);
  if (exiting) return undefined;
  exiting = true;
  sayThatItWaits();
  setInterval(() => {
    if (running.size === 0) exit(code);
  }, 50);
  return undefined;
};

let firstSignal;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    firstSignal ??= Date.now();
    if (running.size > 0) sayThatItWaits();
    // cdktf passes on the first one only, and cdktn none.
    if (isCdktn || Date.now() - firstSignal >= SAME_SIGNAL_MS)
      for (const child of running) child.kill("SIGINT");
    if (running.size === 0)
      setTimeout(() => process.exit(signal === "SIGINT" ? 130 : 143), SAME_SIGNAL_MS).unref();
  });
}
// cdktn ends an interrupted deploy like one that is complete.
process.on("exit", () => {
  if (isCdktn && firstSignal !== undefined && !process.exitCode) process.exitCode = 1;
});
// The terminal was closed, but Terraform still has to clean up.
process.on("SIGHUP", () => process.kill(process.pid, "SIGTERM"));
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

module.exports = { spawn: spawnOnPipes };
if (!isCdktn) {
  const file = require.resolve(name);
  const replacement = new Module(file);
  replacement.exports = module.exports;
  replacement.loaded = true;
  require.cache[file] = replacement;
}
