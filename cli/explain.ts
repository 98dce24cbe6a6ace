import { type Command, Option } from "commander";
import { type ExplainOptions, explain } from "../lib/explain/explain";
import { isAsExpected, isV1Alone } from "../lib/explain/job-answer";
import { printAnswers, printAnswersAsJson } from "../lib/explain/print";
import { readAccess } from "../lib/project/read-access";
import { wrongCall } from "../lib/project/unknown-name";
import { note, print, printAsJson } from "../lib/terminal/output";
import { V2_TOKEN } from "../lib/token/claims";
import { addSource } from "./source-options";

interface Options extends ExplainOptions {
  readonly json?: true;
  readonly expect?: "allow" | "deny";
}

/** `oidc explain`. */
export function addExplain(program: Command): void {
  const command = program
    .command("explain")
    .description(
      "May this person, branch or token assume which role, and why. Without a person: everybody and every role.",
    )
    .option("--person <name>", "a name of access.yaml, or a CircleCI user id")
    .option("--project <key>", "whose job it is (default: the role's project)")
    .option("--role <name>", "one role: its key, its name in IAM, or project/key");
  addSource(command)
    .option(
      "--token <file>",
      "a JWT or its claims as JSON, - for standard input; the signature is not checked",
    )
    .option("--policy <file>", "a trust policy or the JSON of `aws iam get-role`, in place of our roles")
    .option("--issuer <host>", "the CircleCI Server whose tokens the policy is asked about")
    .option("--json", "the whole answer, for programs")
    .addOption(
      new Option("--expect <answer>", "exit with 1 if any answer is another").choices(["allow", "deny"]),
    )
    .action(run);
}

function run({ json, expect, ...options }: Options): void {
  if (expect !== undefined && options.person === undefined && options.token === undefined) {
    throw wrongCall("--expect asks about one person or token", "add --person or --token");
  }
  const answers = explain(() => readAccess(), options);
  if (options.token !== undefined) {
    note("The token's signature is not checked: this says what AWS would decide if it is good.");
    if (answers.some(isV1Alone))
      note(
        `A job has two tokens. What its ${V2_TOKEN} would get does not follow from this one: ask with --person and --branch.`,
      );
  }
  if (json === true) printAsJson(printAnswersAsJson(answers));
  else print(printAnswers(answers, process.stdout.columns));
  if (expect !== undefined && answers.some((answer) => !isAsExpected(answer, expect))) process.exitCode = 1;
}
