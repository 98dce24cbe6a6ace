import { Command, Option } from "commander";
import { describeError, exitCodeOf } from "../lib/errors";
import { type ExplainOptions, explain } from "../lib/explain/explain";
import { printAnswers, printAnswersAsJson } from "../lib/explain/print";
import { wrongCall } from "../lib/explain/unknown-name";
import { readAccess } from "../lib/project/read-access";

const program = new Command("oidc")
  .description("Who may deploy, and why.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .showSuggestionAfterError();

interface Options extends ExplainOptions {
  readonly json?: true;
  readonly expect?: "allow" | "deny";
}

program
  .command("explain")
  .description(
    "May this person, branch or token assume which role, and why. Without a person: everybody and every role.",
  )
  .option("--person <name>", "a name of access.yaml, or a CircleCI user id")
  .option("--project <key>", "whose job it is (default: the role's project)")
  .option("--role <name>", "one role: its key, its name in IAM, or project/key")
  .option("--branch <name>", "the branch that the job runs on")
  .option("--tag <name>", "the tag")
  .option(
    "--origin <repository>",
    "where the code comes from, such as a fork (default: the project's repository)",
  )
  .option("--webhook", "a job of a custom webhook, whose token names no branch")
  .option("--token <file>", "a JWT or its claims as JSON, - for standard input; the signature is not checked")
  .option("--policy <file>", "a trust policy or the JSON of `aws iam get-role`, in place of our roles")
  .option("--json", "the whole answer, for programs")
  .addOption(
    new Option("--expect <answer>", "exit with 1 if any answer is another").choices(["allow", "deny"]),
  )
  .action(runExplain);

function runExplain({ json, expect, ...options }: Options): void {
  if (expect !== undefined && options.person === undefined && options.token === undefined) {
    throw wrongCall("--expect asks about one person or token", "add --person or --token");
  }
  const answers = explain(readAccess(), options);
  if (options.token !== undefined)
    console.error("The token's signature is not checked: this says what AWS would decide if it is good.");
  console.log(json === true ? printAnswersAsJson(answers) : printAnswers(answers));
  if (expect !== undefined && answers.some(({ decision }) => decision !== expect)) process.exitCode = 1;
}

program.parseAsync().catch((error: unknown) => {
  console.error(describeError(error));
  process.exitCode = exitCodeOf(error);
});
