import { randomUUID } from "node:crypto";
import path from "node:path";
import { type RunResult, run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";

export interface Call {
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: NodeJS.ProcessEnv;
}

export type Answer = Pick<RunResult, "exitCode" | "stdout" | "stderr">;

const DRIVER = path.join(__dirname, "one-process.mjs");

/**
 * Calls a compiled command some times, in as few processes as it allows: one, and another after
 * each call that ends its process.
 * @param program what starts it: Node, and the path of the compiled command
 */
export async function callsInTurn(
  [node, command]: readonly string[],
  calls: readonly Call[],
): Promise<readonly Answer[]> {
  if (node === undefined || command === undefined) throw new Error("a command is compiled");
  const answers: Answer[] = [];
  while (answers.length < calls.length) {
    // Nothing that it prints can be it.
    const mark = `\n${randomUUID()}\n`;
    const left = calls.slice(answers.length);
    const ended = await run(node, [DRIVER, command, mark], {
      cwd: repositoryRoot,
      env: left[0]?.env ?? {},
      input: JSON.stringify(left),
    });
    answers.push(...answersOf(ended, mark, left.length));
  }
  return answers;
}

function answersOf({ exitCode, stdout, stderr }: RunResult, mark: string, most: number): readonly Answer[] {
  // Of each call: what it printed, and its exit code.
  const said = stdout.split(mark);
  const noted = stderr.split(mark);
  const whole = (said.length - 1) / 2;
  if (noted.length - 1 !== whole) throw new Error(`${whole} calls ended, and ${noted.length - 1}`);
  const answers = Array.from({ length: whole }, (_, index) => ({
    exitCode: Number(said[2 * index + 1]),
    stdout: said[2 * index] ?? "",
    stderr: noted[index] ?? "",
  }));
  if (whole === most) return answers;
  return [...answers, { exitCode, stdout: said.at(-1) ?? "", stderr: noted.at(-1) ?? "" }];
}
