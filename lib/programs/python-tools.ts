import type { Missing } from "./missing";
import { findAws, findMoto } from "./path-tools";
import type { Probe } from "./probe-cache";
import type { Progress } from "./progress";
import { findPython } from "./python";
import {
  installedPythonEnvironment,
  installPythonEnvironment,
  type PythonEnvironment,
} from "./python-environment";

export interface PythonTools {
  /** Folders to prepend to the PATH; empty if the AWS CLI is on it. */
  readonly binFolders: readonly string[];
  /** The command that starts moto_server; empty if moto is not needed. */
  readonly moto: readonly string[];
}

interface PythonToolsContext {
  readonly cache: string;
  readonly env: NodeJS.ProcessEnv;
  readonly probe: Probe;
  readonly requirements: string;
}

interface FoundPythonTools {
  readonly missing: readonly Missing[];
  /** Installs what is missing. */
  readonly install: (progress: Progress) => Promise<PythonTools>;
}

/**
 * Finds moto and the AWS CLI on the PATH, in supported versions, or else in a virtual environment
 * in the cache, which holds both.
 */
export async function findPythonTools(
  wants: { readonly aws: boolean; readonly moto: boolean },
  context: PythonToolsContext,
): Promise<FoundPythonTools> {
  const { cache, env, probe, requirements } = context;
  const [aws, moto] = await Promise.all([
    wants.aws ? findAws(env, probe) : undefined,
    wants.moto ? findMoto(env, probe) : undefined,
  ]);
  const choose = (made: PythonEnvironment | undefined): PythonTools => ({
    binFolders: wants.aws && aws === undefined && made !== undefined ? [made.binFolder] : [],
    moto: wants.moto ? (moto ?? made?.moto ?? []) : [],
  });
  const settled = (made?: PythonEnvironment): FoundPythonTools => ({
    missing: [],
    install: async () => choose(made),
  });
  if ((!wants.aws || aws !== undefined) && (!wants.moto || moto !== undefined)) return settled();
  const made = await installedPythonEnvironment(cache, requirements);
  if (made !== undefined) return settled(made);
  const { python, missing } = await findPython(env);
  if (python === undefined) return { missing, install: async () => choose(undefined) };
  return {
    missing,
    install: async (progress) =>
      choose(await installPythonEnvironment({ cache, env, progress, requirements, python })),
  };
}
