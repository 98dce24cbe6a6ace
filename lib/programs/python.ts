import { z } from "zod";
import { run } from "../process/run";
import { findPrograms } from "./find-program";
import { installCommand, type Missing } from "./missing";
import { isAtLeast } from "./tool-version";

const LEAST_PYTHON = "3.9";
/** The first with `--python` (https://pip.pypa.io/en/stable/news/#v22-3). */
const LEAST_PIP = "22.3";

export interface Python {
  /** Absolute path of the interpreter itself, not of a shim. */
  readonly program: string;
  readonly version: string;
  /** Its pip can install into another environment than its own (`pip --python`). */
  readonly pip?: boolean;
}

interface FoundPython {
  readonly python?: Python;
  readonly missing: readonly Missing[];
}

const NAMES = ["python3", "python", "python3.13", "python3.12", "python3.11", "python3.10", "python3.9"];

/** A Python that can create virtual environments; on Debian, they are in a package of their own. */
export async function findPython(env: NodeJS.ProcessEnv): Promise<FoundPython> {
  let withoutVenv: string | undefined;
  for (const program of NAMES.flatMap((name) => findPrograms(name, env))) {
    const found = await ask(program, env);
    if (found === undefined || !isAtLeast(found.version, LEAST_PYTHON)) continue;
    if (found.venv) {
      const { executable, version, pip } = found;
      const python = { program: executable, version, pip: pip !== null && isAtLeast(pip, LEAST_PIP) };
      return { python, missing: [] };
    }
    withoutVenv ??= found.version;
  }
  if (withoutVenv === undefined) {
    const what = `Python ${LEAST_PYTHON} or later (the local AWS and the AWS CLI run on it)`;
    return { missing: [{ what, install: installCommand("python3 python3-venv", "python3") }] };
  }
  const [major, minor] = withoutVenv.split(".");
  const what = `the modules venv and ensurepip of Python ${withoutVenv}`;
  return { missing: [{ what, install: installCommand(`python${major}.${minor}-venv`, "python3") }] };
}

const answer = z.object({
  executable: z.string(),
  version: z.string(),
  venv: z.boolean(),
  pip: z.string().nullable(),
});

const QUESTION = `
import importlib.metadata as m, importlib.util as u, json, platform, sys
def pip():
  try: return m.version("pip")
  except m.PackageNotFoundError: return None
print(json.dumps({"executable": sys.executable, "version": platform.python_version(),
  "venv": all(u.find_spec(name) for name in ("venv", "ensurepip")), "pip": pip()}))
`;

async function ask(program: string, env: NodeJS.ProcessEnv): Promise<z.infer<typeof answer> | undefined> {
  try {
    const { stdout } = await run(program, ["-c", QUESTION], { env });
    return answer.parse(JSON.parse(stdout));
  } catch {
    return undefined;
  }
}
