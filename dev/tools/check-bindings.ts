import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DEFAULT_AWS_PROVIDER } from "../../lib/config/rules/provider-version";
import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";
import { cacheDirectory, repositoryRoot } from "../../lib/programs/cache";
import { OTHER_BINDINGS, otherBindings } from "./other-bindings";
import type { CheckResult } from "./static-checks";

/**
 * Compiles constructs and stacks with the bindings of another major version of the AWS provider,
 * and compares what both synthesize of every example: the same bytes.
 * @param major such as `6`
 * @throws ProjectError `check-bindings` (exit 2), `bindings-download`
 */
export async function checkBindings(
  major: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<readonly CheckResult[]> {
  const bindings = Object.hasOwn(OTHER_BINDINGS, major) ? OTHER_BINDINGS[major] : undefined;
  if (bindings === undefined)
    throw new ProjectError({
      code: "check-bindings",
      message: `no bindings of AWS provider ${major} are known`,
      found: major,
      fix: `pass one of ${Object.keys(OTHER_BINDINGS).join(", ")}`,
      exitCode: 2,
    });
  const folder = await otherBindings(bindings, cacheDirectory(env));
  const scratch = await mkdtemp(path.join(tmpdir(), "bindings-"));
  try {
    const of = `bindings ${bindings.version} (AWS provider ${bindings.provider})`;
    return [
      await timed(`types with ${of}`, () => compile(folder, scratch)),
      await timed(`examples with ${of} and with ${DEFAULT_AWS_PROVIDER}`, () =>
        compare(folder, bindings.provider, scratch, env),
      ),
    ];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @returns what is wrong; empty: nothing */
async function compile(folder: string, scratch: string): Promise<string> {
  const at = (...names: string[]): string => path.join(repositoryRoot, ...names);
  const config = path.join(scratch, "tsconfig.json");
  const modules = (...names: string[]) => [at("node_modules", ...names)];
  const paths = {
    "@cdktf/provider-aws/lib/*": [path.join(folder, "lib", "*", "index.d.ts")],
    cdktf: modules("cdktf", "lib", "index.d.ts"),
    constructs: modules("constructs", "lib", "index.d.ts"),
  };
  const compilerOptions = { paths, typeRoots: modules("@types"), types: ["node"] };
  const include = [at("constructs", "*.ts"), at("stacks", "*.ts")];
  await writeFile(
    config,
    JSON.stringify({ extends: at("tsconfig.json"), compilerOptions, include, exclude: [] }),
  );
  const args = [
    at("node_modules", "typescript", "bin", "tsc"),
    "--pretty",
    "false",
    "--listFiles",
    "-p",
    config,
  ];
  const { exitCode, stdout, stderr } = await run(process.execPath, args);
  const [files, said] = partition(stdout.split("\n"), (line) => path.isAbsolute(line));
  if (exitCode !== 0) return [...said, stderr].join("\n").trim();
  const other = files.filter((file) => file.includes(path.join("@cdktf", "provider-aws")));
  return files.some((file) => file.startsWith(folder)) && other.length === 0
    ? ""
    : `compiled with other bindings:\n${other.join("\n")}`;
}

/** @returns what is wrong; empty: nothing */
async function compare(
  folder: string,
  provider: string,
  scratch: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const [ours, other] = await Promise.all([
    synthesise(path.join(scratch, "ours"), [], env),
    synthesise(path.join(scratch, "other"), ["--require", path.join(__dirname, "resolve-bindings.cjs")], {
      ...env,
      OIDC_BINDINGS: folder,
    }),
  ]);
  const failure = [ours, other].find(({ said }) => said !== "");
  if (failure !== undefined) return failure.said;
  const versions = [ours.provider, other.provider].join(", ");
  if (versions !== `${DEFAULT_AWS_PROVIDER}, ${provider}`) return `bindings of other providers: ${versions}`;
  const names = [...new Set([...ours.stacks.keys(), ...other.stacks.keys()])].sort();
  const different = names.filter((name) => ours.stacks.get(name) !== other.stacks.get(name));
  if (names.length === 0) return "no stack was synthesized";
  return different.length === 0 ? "" : `different: ${different.join(", ")}`;
}

async function synthesise(output: string, flags: readonly string[], env: NodeJS.ProcessEnv) {
  const program = path.join(repositoryRoot, "dev", "tools", "synth-examples.ts");
  const args = [...flags, "--import", "tsx", program, output];
  const { exitCode, stdout, stderr } = await run(process.execPath, args, { cwd: repositoryRoot, env });
  const stacks = new Map<string, string>();
  if (exitCode !== 0) return { said: stderr.trim() || `exit code ${exitCode}`, provider: "", stacks };
  for (const name of await readdir(output, { recursive: true }))
    if (name.endsWith(".tf.json")) stacks.set(name, await readFile(path.join(output, name), "utf8"));
  return { said: "", provider: stdout.trim(), stacks };
}

async function timed(name: string, check: () => Promise<string>): Promise<CheckResult> {
  const since = Date.now();
  const output = await check();
  return { name, passed: output === "", seconds: (Date.now() - since) / 1000, output };
}

function partition<T>(
  all: readonly T[],
  isFirst: (one: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
