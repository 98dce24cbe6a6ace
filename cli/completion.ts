import { type Command, Option } from "commander";
import { printCompletion, SHELLS, type Shell } from "../lib/terminal/completion/completion";
import type { CommandWords } from "../lib/terminal/completion/words";
import { printPart } from "../lib/terminal/output";

/** `oidc completion`. */
export function addCompletion(program: Command): void {
  program
    .command("completion")
    .description(
      "Completes the commands and options of `oidc` in bash, zsh and fish: a script for the shell to read.",
    )
    .argument("<shell>", SHELLS.join(", "))
    .action((shell: string) => {
      const known = SHELLS.find((one) => one === shell);
      if (known === undefined)
        program.error(`error: no completion for ${JSON.stringify(shell)}; known: ${SHELLS.join(", ")}`);
      else printScript(known, program);
    });
}

function printScript(shell: Shell, program: Command): void {
  printPart(printCompletion(shell, wordsOf(program)));
}

/** Commander's own tree, as far as a shell needs it. */
function wordsOf(program: Command): readonly CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    about: command.description(),
    options: [...command.options, new Option("--help", "what it can be asked")].flatMap((option) =>
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
