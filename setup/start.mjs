import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import foreground from "./foreground.cjs";
import { ensureDependencies, SetupError } from "./install.mjs";
import text from "./visible.cjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Installs the npm packages if they are missing, then runs `cli/NAME.ts ARGS…` or
 * `--bin NAME ARGS…` and ends with its exit code.
 * @param {string[]} argv
 */
export async function start(argv) {
  try {
    const call = parse(argv);
    await ensureDependencies(root);
    process.exitCode = await foreground.runForeground(process.execPath, call(), {});
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${text.visible(`error[${error.code}]: ${error.message}\n  → ${error.fix}`)}\n`);
    process.exitCode = error.exitCode;
  }
}

/**
 * @param {string[]} argv @returns {() => string[]} Node's arguments, known once node_modules
 * exists.
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
  // Absolute: the working directory and spaces in the path must not matter.
  return () => ["--import", tsx(), path.join(root, first), ...rest];
}

function tsx() {
  return pathToFileURL(createRequire(path.join(root, "package.json")).resolve("tsx")).href;
}
