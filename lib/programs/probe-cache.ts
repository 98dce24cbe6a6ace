import { realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "./cache";

/**
 * How long a cached answer is valid: a version manager's shim stays the same file while the program
 * that it runs changes.
 */
const VALID_MS = 12 * 3600 * 1000;

const answers = z.record(z.string(), z.object({ at: z.number(), answer: z.string().nullable() }));

/**
 * Asks a program for its version, or remembers what it said: starting Python or Terraform just for
 * that costs up to a second.
 */
export type Probe = (program: string, ask: () => Promise<string | undefined>) => Promise<string | undefined>;

/**
 * Remembers answers in the cache folder, by the program's path, size and time of change and by the
 * version manager's choice.
 */
export function createProbe(cache: string, env: NodeJS.ProcessEnv): Probe {
  return async (program, ask) => {
    const key = identity(program, env);
    const file = path.join(cache, "probes", `${path.basename(program)}.json`);
    const known = await read(file);
    const entry = known[key];
    if (entry !== undefined && Date.now() - entry.at < VALID_MS) return entry.answer ?? undefined;
    const answer = await ask();
    // "No answer" may be a passing trouble: it is asked again next time.
    if (answer !== undefined) {
      await writeAtomically(file, JSON.stringify({ ...known, [key]: { at: Date.now(), answer } }));
    }
    return answer;
  };
}

function identity(program: string, env: NodeJS.ProcessEnv): string {
  const real = realpathSync(program);
  const { size, mtimeMs } = statSync(real);
  return [program, real, size, mtimeMs, env.PYENV_VERSION ?? "", process.cwd()].join("|");
}

async function read(file: string): Promise<z.infer<typeof answers>> {
  try {
    return answers.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return {};
  }
}
