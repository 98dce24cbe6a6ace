import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { repositoryRoot } from "../../lib/programs/cache";

const COMPILED = path.join(repositoryRoot, ".cache", "compiled");
const SOURCES = ["cli", "constructs", "dev", "lib", "setup", "stacks", "main.ts", "package-lock.json"];
/** These look for files beside themselves, or are what the compiled commands must share with jest. */
const NOT_BUNDLED = ["@cdktf/*", "cdktf", "cdktf-cli", "constructs", "esbuild", "tsx", "typescript"];
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Compiles all commands and main.ts into JavaScript, one file each, unless that is done already.
 * Node then starts a command within a quarter of a second; with tsx it takes more than one, and the
 * tests start commands some hundred times.
 * jest runs this before the projects `sandbox` and `e2e`, and its workers inherit the
 * variable, which compiled-program.ts reads.
 */
export default async function compileCommands(): Promise<void> {
  const folder = path.join(COMPILED, await hashOfSources());
  process.env.COMPILED_COMMANDS = folder;
  if (existsSync(folder)) return;
  const unfinished = path.join(COMPILED, `${randomUUID()}.part`);
  await removeOld();
  const commands = (await readdir(path.join(repositoryRoot, "cli"))).map((name) => path.join("cli", name));
  await build({
    absWorkingDir: repositoryRoot,
    entryPoints: [...commands, "main.ts"],
    outdir: unfinished,
    outbase: ".",
    bundle: true,
    platform: "node",
    target: "node20",
    keepNames: true,
    external: NOT_BUNDLED,
    logLevel: "error",
    plugins: [ownFolders, compiledProgram(folder)],
  });
  // Another run may have been quicker; what it has made is the same.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
}

/** A source file finds what lies beside it, such as a script for Python, also once it is compiled. */
const ownFolders: Plugin = {
  name: "own-folders",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.(ts|cjs)$/ }, async ({ path: file }) => {
      if (file.includes(`${path.sep}node_modules${path.sep}`)) return undefined;
      const contents = (await readFile(file, "utf8"))
        .replace(/\b__dirname\b/g, () => JSON.stringify(path.dirname(file)))
        .replace(/\b__filename\b/g, () => JSON.stringify(file));
      return { contents, loader: file.endsWith(".ts") ? "ts" : "js" };
    });
  },
};

/** A compiled command starts other commands compiled as well: its `ownProgram` is ours. */
function compiledProgram(folder: string): Plugin {
  const replacement = path.join(repositoryRoot, "dev", "tools", "compiled-program.ts");
  const namespace = "compiled-program";
  return {
    name: namespace,
    setup: ({ onLoad, onResolve, initialOptions }) => {
      initialOptions.define = { "process.env.COMPILED_COMMANDS": JSON.stringify(folder) };
      onResolve({ filter: /\/own-program$/ }, ({ importer, path: wanted }) =>
        importer === replacement ? undefined : { path: wanted, namespace },
      );
      onLoad({ filter: /./, namespace }, () => ({
        contents: `export { compiledProgram as ownProgram } from ${JSON.stringify(replacement)};`,
        resolveDir: repositoryRoot,
      }));
    },
  };
}

async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await Promise.all(SOURCES.map(filesBelow))).flat().sort()) {
    hash.update(`${file}\0`).update(await readFile(path.join(repositoryRoot, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function filesBelow(name: string): Promise<readonly string[]> {
  if ((await stat(path.join(repositoryRoot, name))).isFile()) return [name];
  const entries = await readdir(path.join(repositoryRoot, name), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|js|cjs|mjs|json)$/.test(entry.name))
    .map((entry) => path.relative(repositoryRoot, path.join(entry.parentPath, entry.name)));
}

/** What was compiled from older sources, unless a run that has just begun may use it. */
async function removeOld(): Promise<void> {
  await mkdir(COMPILED, { recursive: true });
  for (const name of await readdir(COMPILED)) {
    const folder = path.join(COMPILED, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > DAY_MS) await rm(folder, { recursive: true, force: true });
  }
}
