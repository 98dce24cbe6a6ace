import { existsSync } from "node:fs";
import module, { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureDependencies, SetupError } from "./install.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// Required, because an import of CommonJS reads it twice; the other modules are loaded when they
// are used. Both are a third of the time of `--help`.
const require = createRequire(import.meta.url);
/** @type {typeof import("./compile.cjs")} */
const compile = require("./compile.cjs");

/**
 * Run many times a day, and a second process would cost half of the time of a command: the
 * project's commands, and what cdktf runs to declare its stacks.
 */
const IN_THIS_PROCESS = [path.join("cli", "oidc.ts"), "main.ts"];

/**
 * Installs the npm packages if they are missing, then runs `cli/NAME.ts ARGS…`, `main.ts` or
 * `--bin NAME ARGS…` and ends with its exit code.
 * @param {string[]} argv
 */
export async function start(argv) {
  try {
    const call = parse(argv);
    await ensureDependencies(root);
    const [program, ...args] = await call();
    if (IN_THIS_PROCESS.includes(argv[0]) && program.endsWith(".mjs")) return await runHere(program, args);
    /** @type {typeof import("./foreground.cjs")} */
    const foreground = require("./foreground.cjs");
    process.exitCode = await foreground.runForeground(process.execPath, [program, ...args], {});
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    /** @type {typeof import("./visible.cjs")} */
    const text = require("./visible.cjs");
    process.stderr.write(`${text.visible(`error[${error.code}]: ${error.message}\n  → ${error.fix}`)}\n`);
    process.exitCode = error.exitCode;
  }
}

/**
 * The program sees the arguments as if Node had been started with it.
 * @param {string} program @param {string[]} args
 */
async function runHere(program, args) {
  process.argv = [process.execPath, program, ...args];
  module.enableCompileCache?.(path.join(root, ".cache", "compile-cache"));
  await import(pathToFileURL(program).href);
}

/**
 * @param {string[]} argv @returns {() => string[] | Promise<string[]>} Node's arguments, known once
 * node_modules exists.
 */
function parse(argv) {
  const [first, ...rest] = argv;
  if (first === "--bin" && rest[0] !== undefined) {
    return () => [path.join(root, "node_modules", ".bin", rest[0]), ...rest.slice(1)];
  }
  if (first === undefined || first.startsWith("-") || !existsSync(path.join(root, first))) {
    throw new SetupError({
      code: "no-such-command",
      message: `setup/run.mjs cannot run ${JSON.stringify(first ?? "")}: no such file.`,
      fix: "node setup/run.mjs cli/NAME.ts ARGS…, or npm run help for the commands.",
      exitCode: 2,
    });
  }
  return async () => [...(await programOf(first)), ...rest];
}

/**
 * A command, or `main.ts`, compiled; another file, and any of a clone that cannot be written, from
 * source.
 * @param {string} file
 */
async function programOf(file) {
  // Absolute: the working directory and spaces in the path must not matter.
  const source = ["--import", tsx(), path.join(root, file)];
  if (!/^(cli[\\/][a-z-]+|main)\.ts$/.test(file)) return source;
  try {
    const folder = await compile.compileCommands(root);
    return [path.join(folder, `${path.basename(file, ".ts")}.mjs`)];
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes(error.code)) return source;
    throw error;
  }
}

function tsx() {
  return pathToFileURL(createRequire(path.join(root, "package.json")).resolve("tsx")).href;
}
