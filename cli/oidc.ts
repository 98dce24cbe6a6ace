import type { Command } from "commander";
import { OIDC, oidc } from "../lib/command-name";
import { addAdopt } from "./adopt";
import { addApply } from "./apply";
import { addAudit } from "./audit";
import { addBootstrap } from "./bootstrap";
import { addCdktf } from "./cdktf";
import { createCommand, enterFolder, runCommand } from "./command";
import { addCompletion } from "./completion";
import { addDoctor } from "./doctor";
import { addExplain } from "./explain";
import { addGrant } from "./grant";
import { addIds } from "./ids";
import { addInit } from "./init";
import { addPipeline } from "./pipeline";
import { addPrune } from "./prune";
import { addReport } from "./report";
import { addReview } from "./review";
import { addSandbox } from "./sandbox";
import { addTerraform } from "./terraform";
import { addToken } from "./token";
import { addUnlock } from "./unlock";
import { addUpgrade } from "./upgrade";
import { addUsage } from "./usage";
import { addWatch } from "./watch";

/** In the order in which a project uses them, each with an example. */
const COMMANDS: readonly (readonly [add: (program: Command) => void, example: string])[] = [
  [addInit, "init"],
  [addIds, "ids --write"],
  [addDoctor, "doctor"],
  [addBootstrap, "bootstrap --account main"],
  [addAdopt, "adopt --dry-run"],
  [addCdktf, "deploy main-website"],
  [addExplain, "explain --person bob --branch main"],
  [addGrant, "grant bob website/deploy --for 2h"],
  [addPrune, "prune --dry-run"],
  [addAudit, "audit --policy trust-policy.json"],
  [addReport, "report --at 2026-03-31"],
  [addUsage, "usage --events trail-logs"],
  [addWatch, "watch --once --state watch.json"],
  [addPipeline, "pipeline --project website --write"],
  [addReview, "review --read-only --out plans"],
  [addApply, "apply --reviewed plans"],
  [addUnlock, "unlock main-website"],
  [addTerraform, "terraform main-website state list"],
  [addUpgrade, "upgrade --to latest"],
  [addSandbox, "sandbox aws s3 ls"],
  [addToken, "token --person bob --project website --branch main"],
  [addCompletion, "completion bash"],
];

function exampleOf(example: string): string {
  const [command = "", ...args] = example.split(" ");
  return oidc(command, ...args);
}

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
${COMMANDS.map(([, example]) => `  ${exampleOf(example)}`).join("\n")}

Options of a command:  ${OIDC} COMMAND --help${OIDC.startsWith("npm run") ? "\nAll other commands:    npm run help" : ""}`,
);

// A reader that closes the pipe early, such as head, is not an error. The sandbox runs on.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE" && program.args[0] === "sandbox") return;
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

// Without arguments it prints its help, which is not an error.
runCommand(program, process.argv.length > 2 ? process.argv : [...process.argv, "--help"]);
