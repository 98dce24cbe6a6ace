import { type ExplainOptions, explain } from "../../lib/explain/explain";
import { isAsExpected, isV1Alone } from "../../lib/explain/job-answer";
import { printAnswers, printAnswersAsJson } from "../../lib/explain/print";
import { readAccess } from "../../lib/project/read-access";
import { wrongCall } from "../../lib/project/unknown-name";
import { note, print, printAsJson } from "../../lib/terminal/output";
import { V2_TOKEN } from "../../lib/token/claims";

export interface ExplainCall extends ExplainOptions {
  readonly json?: true;
  readonly expect?: "allow" | "deny";
}

/** Runs `oidc explain`. */
export function runExplain({ json, expect, ...options }: ExplainCall): void {
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
