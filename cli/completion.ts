import { type Command, Option } from "commander";
import { printCompletion, SHELLS, type Shell } from "../lib/terminal/completion/completion";
import type { CommandWords } from "../lib/terminal/completion/words";
import { printPart } from "../lib/terminal/output";

/** `oidc completion`. */
export function addCompletion(program: Command): void {
  program
    .command("completion")
    .description("Print a script that completes the commands and options of `oidc` in bash, zsh or fish.")
    .argument("<shell>", SHELLS.join(", "))
    .action((shell: string) => {
      const known = SHELLS.find((one) => one === shell);
      if (known === undefined)
        program.error(`error: unknown shell ${JSON.stringify(shell)}; allowed: ${SHELLS.join(", ")}`);
      else printScript(known, program);
    });
}

function printScript(shell: Shell, program: Command): void {
  printPart(printCompletion(shell, wordsOf(program)));
}

/** The commands and options as commander knows them. */
function wordsOf(program: Command): readonly CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    about: command.description(),
    options: [...command.options, new Option("--help", "show the options of this command")].flatMap(
      (option) =>
        option.long === undefined || option.long === null
          ? []
          : [
              {
                name: option.long,
                about: option.description,
                takesValue: option.required || option.optional,
                choices: option.argChoices ?? [],
              },
            ],
    ),
    arguments: command.name() === "completion" ? SHELLS : [],
  }));
}
