import { Command } from "commander";
import { describeError, exitCodeOf } from "../lib/errors";
import { COMMANDER_OUTPUT, note } from "../lib/terminal/output";
import { addAdopt } from "./adopt";
import { addApply } from "./apply";
import { addAudit } from "./audit";
import { addCompletion } from "./completion";
import { addDoctor } from "./doctor";
import { addExplain } from "./explain";
import { addIds } from "./ids";
import { addInit } from "./init";
import { addPipeline } from "./pipeline";
import { addReview } from "./review";
import { addToken } from "./token";

/** In the order of a project's life, each with one example. */
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

const program = new Command("oidc")
  .description("Who may deploy, and why.")
  .configureOutput(COMMANDER_OUTPUT)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .showSuggestionAfterError();
for (const [add] of COMMANDS) add(program);
program.addHelpText(
  "after",
  `\nFor example:\n${COMMANDS.map(([, example]) => `  npm run -s oidc -- ${example}`).join("\n")}\n\n"oidc COMMAND --help" says what each can be asked; "npm run help" what else there is.`,
);

// Whoever reads the first lines alone, such as head, has all that it wants.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

/** Called without anything, it is asked for help, and that is no error. */
const args = process.argv.length > 2 ? process.argv : [...process.argv, "--help"];
program.parseAsync(args).catch((error: unknown) => {
  note(describeError(error));
  process.exitCode = exitCodeOf(error);
});
