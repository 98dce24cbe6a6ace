/**
 * What the commands of a project's first hour need from the process that runs them. Each command is
 * a folder with one shape: `<command>.ts` asks AWS, CircleCI and the files and returns a result,
 * the other files decide without asking, and `print.ts` turns the result into text.
 */
export interface StartHost {
  readonly env: NodeJS.ProcessEnv;
  /** The working directory; its git remote names the repository. */
  readonly folder: string;
  /** Writes a line of the result to standard output. */
  readonly say: (line: string) => void;
  /** Writes a line about the work itself, such as a wait, to standard error. */
  readonly note: (line: string) => void;
  /** Asks for confirmation; rejects if this is not a terminal. */
  readonly confirm: (question: string) => Promise<boolean>;
}
