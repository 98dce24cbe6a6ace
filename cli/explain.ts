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
    .description("Explain who may assume which role, and why.")
    .option("--person <name>", "a name of access.yaml, or a CircleCI user id")
    .option("--project <key>", "the job's project (default: the role's)")
    .option("--role <name>", "one role: its key, its name in IAM, or project/key");
  addSource(command)
    .option(
      "--token <file>",
      "a JWT or its claims as JSON; - reads standard input. The signature is not checked",
    )
    .option(
      "--policy <file>",
      "a trust policy, or the JSON of `aws iam get-role`, instead of the file's roles",
    )
    .option("--issuer <host>", "the CircleCI Server that issues the tokens, for --policy")
    .option("--json", "print the answers as JSON")
    .addOption(
      new Option("--expect <answer>", "exit with 1 if any answer differs").choices(["allow", "deny"]),
    )
    .action(run);
}

function run({ json, expect, ...options }: Options): void {
  if (expect !== undefined && options.person === undefined && options.token === undefined) {
    throw wrongCall("--expect requires one person or token", "add --person or --token");
  }
  const answers = explain(() => readAccess(), options);
  if (options.token !== undefined) {
    note("The token's signature is not checked: the answers assume that it is valid.");
    if (answers.some(isV1Alone))
      note(`This is the job's V1 token. For its ${V2_TOKEN}, use --person and --branch.`);
  }
  if (json === true) printAsJson(printAnswersAsJson(answers));
  else print(printAnswers(answers, process.stdout.columns));
  if (expect !== undefined && answers.some((answer) => !isAsExpected(answer, expect))) process.exitCode = 1;
}
