import { Command } from "commander";
import { describeError, exitCodeOf } from "../lib/errors";
import { optimizeLess } from "../lib/process/optimize-less";
import { wrongCall } from "../lib/project/unknown-name";
import { refuseFlagsTakenByNpm } from "../lib/terminal/npm-flags";
import { COMMANDER_OUTPUT, note } from "../lib/terminal/output";

/** A command with this project's output and exit codes: a wrong call ends with 2. */
export function createCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .configureOutput(COMMANDER_OUTPUT)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .showSuggestionAfterError()
    .showHelpAfterError("  → --help lists the commands and options");
}

/** Runs a task and prints its error; the exit code is the task's, or that of the error. */
export function runTask(task: () => Promise<number | undefined>): void {
  task().then(
    (exitCode) => {
      if (typeof exitCode === "number") process.exitCode = exitCode;
    },
    (error: unknown) => {
      note(describeError(error));
      process.exitCode = exitCodeOf(error);
    },
  );
}

/** Runs a command with the arguments of the process. */
export function runCommand(command: Command, argv: readonly string[] = process.argv): void {
  optimizeLess();
  runTask(async () => {
    const args = argv.slice(2);
    const called = command.commands.find((one) => args.includes(one.name())) ?? command;
    refuseFlagsTakenByNpm(
      called.options.flatMap(({ long }) => long ?? []),
      args,
      process.env,
    );
    await command.parseAsync([...argv]);
    return undefined;
  });
}

/** Changes the working directory. @throws ProjectError `wrong-call` (exit 2) */
export function enterFolder(folder: string): void {
  try {
    process.chdir(folder);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // Node's message ends with both folders.
    const reason = message.replace(/, chdir .*$/s, "");
    throw wrongCall(`--root ${folder}: ${reason}`, "name an existing folder");
  }
}
