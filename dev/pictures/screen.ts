import path from "node:path";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";

/** What is typed, and so many lines of what it prints. */
const TYPED: readonly { readonly args: readonly string[]; readonly lines: number }[] = [
  { args: ["explain", "--person", "alice", "--role", "deploy"], lines: 1 },
  { args: ["explain", "--person", "bob", "--role", "deploy"], lines: 1 },
  { args: ["explain", "--role", "deploy", "--can"], lines: 3 },
  { args: ["explain", "--person", "alice", "--role", "deploy", "--branch", "fix"], lines: 1 },
];

/** Longer lines are cut, as on a narrow screen. */
const COLUMNS = 96;

/** A screen with the questions of the talk, as the command answers them in examples/talk. */
export async function talkOnScreen(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { args, lines: most } of TYPED) {
    const setup = path.join("setup", "run.mjs");
    const place = ["-C", path.join("examples", "talk")];
    const { stdout } = await run(process.execPath, [setup, "cli/oidc.ts", ...place, ...args], {
      cwd: repositoryRoot,
    });
    const shown = stdout
      .split("\n")
      .filter((line) => line !== "")
      .slice(0, most);
    lines.push(...(lines.length === 0 ? [] : [""]), `$ npx oidc ${args.join(" ")}`, ...shown.map(cut));
  }
  return lines;
}

function cut(line: string): string {
  return line.length <= COLUMNS ? line : `${line.slice(0, COLUMNS - 1)}…`;
}
