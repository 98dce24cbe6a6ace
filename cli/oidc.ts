import type { Command } from "commander";
import { addAdopt } from "./adopt";
import { addApply } from "./apply";
import { addAudit } from "./audit";
import { createCommand, enterFolder, runCommand } from "./command";
import { addCompletion } from "./completion";
import { addDoctor } from "./doctor";
import { addExplain } from "./explain";
import { addIds } from "./ids";
import { addInit } from "./init";
import { addPipeline } from "./pipeline";
import { addReview } from "./review";
import { addToken } from "./token";

/** In the order in which a project uses them, each with an example. */
const COMMANDS: readonly (readonly [add: (program: Command) => void, example: string])[] = [
  [addInit, "init"],
  [addIds, "ids --write"],
  [addDoctor, "doctor"],
  [addAdopt, "adopt --dry-run"],
  [addExplain, "explain --person bob --branch main"],
  [addAudit, "audit --policy trust-policy.json"],
  [addPipeline, "pipeline --project website --write"],
  [addReview, "review --read-only --out plans"],
  [addApply, "apply --reviewed plans"],
  [addToken, "token --person bob --project website --branch main"],
  [addCompletion, "completion bash"],
];

const program = createCommand("oidc", "Manage and verify access from CircleCI to AWS.").usage(
  "[-C FOLDER] COMMAND [options]",
);
program
  .enablePositionalOptions()
  .option("-C, --root <folder>", "run as if started in this folder; must come before the command")
  .on("option:root", enterFolder);
for (const [add] of COMMANDS) add(program);
program.addHelpText(
  "after",
  `
Examples:
${COMMANDS.map(([, example]) => `  npm run -s oidc -- ${example}`).join("\n")}

Options of a command:  npm run -s oidc -- COMMAND --help
All other commands:    npm run help`,
);

// A reader that closes the pipe early, such as head, is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

// Without arguments it prints its help, which is not an error.
runCommand(program, process.argv.length > 2 ? process.argv : [...process.argv, "--help"]);
