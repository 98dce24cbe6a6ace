import path from "node:path";
import { z } from "zod";
import { run } from "../process/run";
import { findPrograms } from "./find-program";
import type { Probe } from "./probe-cache";
import { isAtLeast } from "./tool-version";

/** The versions of moto that the local AWS is tested with; the next minor version may differ. */
const MOTO = { least: "5.2.1", before: "5.3.0" };

/** The first AWS CLIs that read AWS_ENDPOINT_URL, which points them to the local AWS. */
const LEAST_AWS = { v1: "1.29.0", v2: "2.13.0" };

/** The AWS CLI on the PATH, if it is recent enough. */
export async function findAws(env: NodeJS.ProcessEnv, probe: Probe): Promise<string | undefined> {
  for (const program of candidates("aws", env)) {
    const answer = await probe(program, () => output(program, ["--version"], env));
    const version = /^aws-cli\/(\S+)/.exec(answer ?? "")?.[1];
    if (version === undefined) continue;
    if (isAtLeast(version, version.startsWith("1.") ? LEAST_AWS.v1 : LEAST_AWS.v2)) return program;
  }
  return undefined;
}

/** The command that starts moto_server from the PATH, if its version fits. */
export async function findMoto(env: NodeJS.ProcessEnv, probe: Probe): Promise<readonly string[] | undefined> {
  for (const program of candidates("moto_server", env)) {
    const answer = await probe(program, () => askMoto(program, env));
    const found = answer === undefined ? undefined : motoAnswer.parse(JSON.parse(answer));
    if (found === undefined || found.moto === null) continue;
    if (isAtLeast(found.moto, MOTO.least) && !isAtLeast(found.moto, MOTO.before)) return found.command;
  }
  return undefined;
}

const interpreterAnswer = z.object({ executable: z.string(), moto: z.string().nullable() });
const motoAnswer = z.object({ command: z.array(z.string()), moto: z.string().nullable() });

/** The Python that runs a program, as an absolute path; undefined: it is not known to be one. */
export async function interpreterOf(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return (await askInterpreter(program, env))?.executable;
}

async function askInterpreter(program: string, env: NodeJS.ProcessEnv) {
  const probing = { ...env, PYTHONPATH: path.join(__dirname, "python-probe"), PYTHONDONTWRITEBYTECODE: "1" };
  // An isolated interpreter ignores the probe; it prints --help, which is not JSON.
  const answer = await output(program, ["--help"], probing);
  return interpreterAnswer.safeParse(parseJson(answer ?? "")).data;
}

async function askMoto(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const asked = await askInterpreter(program, env);
  if (asked === undefined) return undefined;
  const { executable, moto } = asked;
  // Without a version manager's shim it starts faster, and signals reach the server itself.
  const direct = await output(
    executable,
    ["-c", "from importlib.metadata import version; print(version('moto'))"],
    env,
  );
  const command = moto !== null && direct?.trim() === moto ? [executable, "-m", "moto.server"] : [program];
  return JSON.stringify({ command, moto });
}

function candidates(name: string, env: NodeJS.ProcessEnv): readonly string[] {
  return env.OIDC_IGNORE_PATH_TOOLS === "1" ? [] : findPrograms(name, env);
}

async function output(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await run(program, args, { env });
    return exitCode === 0 ? stdout : undefined;
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
