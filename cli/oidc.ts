import { Command, Option } from "commander";
import { auditAccess, auditInputs, reaches } from "../lib/audit/audit";
import { printAudit, printAuditAsJson } from "../lib/audit/print";
import { readInputs } from "../lib/audit/read-inputs";
import { printSarif } from "../lib/audit/sarif";
import { type PipelineOptions, pipeline } from "../lib/circleci/pipeline";
import { describeError, exitCodeOf } from "../lib/errors";
import { type ExplainOptions, explain } from "../lib/explain/explain";
import { printAnswers, printAnswersAsJson } from "../lib/explain/print";
import type { Severity } from "../lib/iam/audit/finding";
import { accessFile, readAccess } from "../lib/project/read-access";
import { wrongCall } from "../lib/project/unknown-name";
import { writeWhole } from "../lib/project/write-whole";
import { askForToken } from "../lib/sandbox/circleci/ask-for-token";
import { jobOfPerson, type TokenOptions } from "../lib/sandbox/circleci/job-of-person";
import { addAdopt } from "./adopt";
import { addApply } from "./apply";
import { addDoctor } from "./doctor";
import { addIds } from "./ids";
import { addInit } from "./init";
import { addReview } from "./review";

const program = new Command("oidc")
  .description("Who may deploy, and why.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .showSuggestionAfterError();

interface Options extends ExplainOptions {
  readonly json?: true;
  readonly expect?: "allow" | "deny";
}

/** What says from where a job's code comes. */
function addSource(command: Command): Command {
  return command
    .option("--branch <name>", "the branch that the job runs on")
    .option("--tag <name>", "the tag")
    .option(
      "--origin <repository>",
      "where the code comes from, such as a fork (default: the project's repository)",
    )
    .option("--webhook", "a job of a custom webhook, whose token names no branch");
}

addSource(
  program
    .command("explain")
    .description(
      "May this person, branch or token assume which role, and why. Without a person: everybody and every role.",
    )
    .option("--person <name>", "a name of access.yaml, or a CircleCI user id")
    .option("--project <key>", "whose job it is (default: the role's project)")
    .option("--role <name>", "one role: its key, its name in IAM, or project/key"),
)
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
  const answers = explain(() => readAccess(), options);
  if (options.token !== undefined)
    console.error("The token's signature is not checked: this says what AWS would decide if it is good.");
  console.log(json === true ? printAnswersAsJson(answers) : printAnswers(answers));
  if (expect !== undefined && answers.some(({ decision }) => decision !== expect)) process.exitCode = 1;
}

interface AuditOptions {
  readonly policy?: readonly string[];
  readonly json?: true;
  readonly sarif?: string;
  readonly failOn?: Severity;
}

program
  .command("audit")
  .description("What trust policies let in that nobody meant: ours, or those of files.")
  .option("--policy <file...>", "policies, JSON of aws iam or terraform show, folders; - for standard input")
  .option("--json", "all findings, for programs")
  .option("--sarif <file>", "write them for a code-scanning page, too")
  .addOption(
    new Option("--fail-on <severity>", "exit with 1 if a finding is this bad or worse").choices([
      "high",
      "medium",
      "low",
    ]),
  )
  .action(runAudit);

function runAudit({ policy, json, sarif, failOn }: AuditOptions): void {
  const inputs = policy === undefined ? undefined : readInputs(policy);
  const result = inputs === undefined ? auditAccess(readAccess(), accessFile()) : auditInputs(inputs);
  if (sarif !== undefined) writeWhole(sarif, printSarif(result, inputs?.sources));
  console.log(json === true ? printAuditAsJson(result) : printAudit(result));
  if (failOn === undefined) return;
  if (reaches(result.findings, failOn) || result.incomplete.length > 0) process.exitCode = 1;
}

addInit(program);
addIds(program);
addDoctor(program);
addAdopt(program);
addReview(program);
addApply(program);

program
  .command("pipeline")
  .description("The project's .circleci/config.yml: a job for each role, with no secret. Prints it.")
  .option("--project <key>", "whose pipeline (default: the only project)")
  .option("--write", "put its jobs into the file, and leave everything else in it as it is")
  .option("--check", "exit with 1 if the file is out of date; writes nothing")
  .option("--file <file>", "the file (default: .circleci/config.yml)")
  .action((options: PipelineOptions) => console.log(pipeline(readAccess(), options)));

addSource(
  program
    .command("token")
    .description("A token of the local CircleCI that runs: `npm run sandbox`. Prints it and nothing else.")
    .option("--person <name>", "who started the job: a name of access.yaml, or a CircleCI user id")
    .option("--project <key>", "whose job it is"),
)
  .option("--audience <audience>", "another audience than AWS expects")
  .option("--v1", "the older token, which names no branch either")
  .action(async (options: TokenOptions) => {
    console.log(await askForToken(jobOfPerson(readAccess(), options)));
  });

program.parseAsync().catch((error: unknown) => {
  console.error(describeError(error));
  process.exitCode = exitCodeOf(error);
});
