import path from "node:path";
import { run } from "../../../lib/process/run";

const ESCAPE = String.fromCharCode(27);

/** What is typed when a text is shown and, if one is named, a file exists. */
export type Step = readonly [shown: string, keys: string, file?: string];

export const CTRL_C = "\u0003";
export const answered = (answer: string): Step => ["[y/N] ", `${answer}\r`];
export const INTERRUPTED: Step = ["[y/N] ", CTRL_C];

export interface TerminalRun {
  readonly exitCode: number | null;
  /** Everything that was written to the terminal. */
  readonly shown: string;
  /** As it stands on the screen in the end. */
  readonly screen: string;
}

/** Runs a command on a real pseudo-terminal of 80 columns. */
export async function runOnTerminal(
  steps: readonly Step[],
  command: readonly string[],
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string },
): Promise<TerminalRun> {
  const script = path.join(__dirname, "fixtures", "on-terminal.py");
  const { CI: _, ...own } = env;
  const { exitCode, stdout } = await run("python3", [script, JSON.stringify(steps), ...command], {
    env: { ...own, TERM: "xterm" },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const screen = stdout
    .replaceAll(`${ESCAPE}[K`, "")
    .replaceAll(new RegExp(`${ESCAPE}\\[[0-9;]*[A-Za-z]`, "g"), "")
    .split("\n")
    .map((line) => line.replace(/\r+$/, "").split("\r").at(-1)?.trimEnd() ?? "")
    .join("\n");
  return { exitCode, shown: stdout, screen };
}
