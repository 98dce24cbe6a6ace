const { spawn } = require("node:child_process");
const { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const {
  cliConfig,
  findTerraform,
  lockOfTerraform,
  OPENTOFU,
  ofOpenTofu,
  ofTerraform,
  TERRAFORM,
} = require("./registry.cjs");
const { writeShadow } = require("./shadow.cjs");

/** OpenTofu 1.10, the oldest that is supported (OpenTofu 1.10, `internal/command/version.go`). */
const VERSION = "1.10.6";
const LOCK = ".terraform.lock.hcl";

/**
 * Runs Terraform in a copy of the configuration from which everything is gone that only OpenTofu
 * has. What names a provider is translated both ways.
 * @param {string[]} args of OpenTofu
 */
function main(args) {
  const [command = ""] = args;
  if (["version", "-v", "-version", "--version"].includes(command)) return printVersion(args);
  const folder = process.cwd();
  const shadow = path.join(folder, ".terraform", "stand-in");
  const plan = planFile(command, args);
  const opened = plan === undefined ? undefined : `${plan}.opened-${process.pid}`;
  let encryption;
  try {
    encryption = writeShadow(folder, shadow);
    if (plan !== undefined && command !== "plan") writeFileSync(opened, encryption.open(readFileSync(plan)));
  } catch ({ message }) {
    console.error(`\nError: ${message}\n`);
    process.exitCode = 1;
    return;
  }
  copyLock(folder, shadow, lockOfTerraform);
  const isJson = args.includes("-json") || (command === "state" && args[1] === "pull");
  const child = spawn(
    process.env.TERRAFORM_BEHIND_OPENTOFU || findTerraform(),
    withFile(args, plan, opened),
    {
      cwd: shadow,
      // Ctrl-C of a terminal reaches it once, from here.
      detached: true,
      stdio: ["inherit", isJson ? "pipe" : "inherit", "inherit"],
      env: {
        ...process.env,
        TF_DATA_DIR: path.join(folder, ".terraform"),
        TF_CLI_CONFIG_FILE: cliConfig(process.env.TF_CLI_CONFIG_FILE),
        TF_REATTACH_PROVIDERS: ofTerraform(process.env.TF_REATTACH_PROVIDERS ?? ""),
      },
    },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.on("error", ({ message }) => {
    console.error(message);
    process.exitCode = 127;
  });
  child.on("close", (code, signal) => {
    if (isJson) process.stdout.write(ofOpenTofu(output));
    if (command === "init" || command === "providers") {
      copyLock(shadow, folder, ofOpenTofu);
      linkProviders(folder);
    }
    if (opened !== undefined && existsSync(opened)) {
      if (command === "plan") writeFileSync(plan, encryption.seal(readFileSync(opened)));
      rmSync(opened);
    }
    process.exitCode = signal === null ? code : 128 + os.constants.signals[signal];
  });
}

/** As `internal/command/version.go` prints it: with no word of whether it is outdated. */
function printVersion(args) {
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  if (!args.includes("-json")) return console.log(`OpenTofu v${VERSION}\non ${platform}`);
  console.log(JSON.stringify({ terraform_version: VERSION, platform, provider_selections: {} }, null, 2));
}

function copyLock(from, to, translate) {
  const file = path.join(from, LOCK);
  if (existsSync(file)) writeFileSync(path.join(to, LOCK), translate(readFileSync(file, "utf8")));
  else rmSync(path.join(to, LOCK), { force: true });
}

/** Where OpenTofu has installed them. */
function linkProviders(folder) {
  const installed = path.join(folder, ".terraform", "providers");
  const link = path.join(installed, OPENTOFU);
  if (existsSync(installed) && !existsSync(link)) symlinkSync(TERRAFORM, link);
}

/** The plan file that is written or read, absolute; undefined: none. */
function planFile(command, args) {
  const last = args.at(-1) ?? "";
  const at = args.findIndex((arg) => /^--?out(=|$)/.test(arg));
  const named =
    command === "plan"
      ? at < 0
        ? undefined
        : args[at].includes("=")
          ? args[at].slice(args[at].indexOf("=") + 1)
          : args[at + 1]
      : ["apply", "show"].includes(command) && args.length > 1 && !last.startsWith("-")
        ? last
        : undefined;
  return named === undefined ? undefined : path.resolve(named);
}

/**
 * @param {string[]} args with the plan file
 * @returns {string[]} with the one that Terraform uses
 */
function withFile(args, plan, opened) {
  if (plan === undefined) return args;
  const names = (arg) => path.resolve(arg.replace(/^--?out=/, "")) === plan;
  return args.map((arg, at) =>
    at === 0 || !names(arg) ? arg : arg.replace(/^(--?out=)?.*$/s, `$1${opened}`),
  );
}

module.exports = { main };
