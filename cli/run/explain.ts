import { existsSync } from "node:fs";
import { type ExplainOptions, explain } from "../../lib/explain/explain";
import { isAsExpected, isV1Alone } from "../../lib/explain/job-answer";
import { askCan, askWhoCan } from "../../lib/explain/permissions/ask";
import {
  printCan,
  printCanAsJson,
  printWhoCan,
  printWhoCanAsJson,
} from "../../lib/explain/permissions/print";
import { printAnswers, printAnswersAsJson } from "../../lib/explain/print";
import { accessFile } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { wrongCall } from "../../lib/project/unknown-name";
import { note, print, printAsJson } from "../../lib/terminal/output";
import { V2_TOKEN } from "../../lib/token/claims";

export interface ExplainCall extends ExplainOptions {
  readonly json?: true;
  readonly expect?: "allow" | "deny";
  readonly can?: true;
  readonly whoCan?: string;
  readonly on?: string;
}

/** Runs `oidc explain`. */
export function runExplain(call: ExplainCall): void {
  if (call.can === true || call.whoCan !== undefined || call.on !== undefined) {
    runPermissions(call);
    return;
  }
  const { json, expect, ...options } = call;
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

/** Options that ask about tokens, and not about permissions. */
const ABOUT_TOKENS = [
  "person",
  "project",
  "branch",
  "tag",
  "origin",
  "webhook",
  "token",
  "issuer",
  "expect",
  "at",
];

function runPermissions({ can, whoCan, on, json, ...options }: ExplainCall): void {
  const [other] = Object.entries(options).flatMap(([name, value]) =>
    value !== undefined && ABOUT_TOKENS.includes(name) ? [name] : [],
  );
  if (other !== undefined)
    throw wrongCall(
      `--${other} asks about tokens; --can and --who-can ask about permissions`,
      `leave --${other} out`,
    );
  if (can === true && whoCan !== undefined)
    throw wrongCall("--can and --who-can exclude each other", "leave one of them out");
  if (whoCan === undefined && on !== undefined)
    throw wrongCall("--on requires --who-can", "add --who-can ACTION");
  const access = () => (options.policy !== undefined && !existsSync(accessFile()) ? undefined : readAccess());
  const shown =
    whoCan === undefined
      ? shownCan(askCan(options, access), json)
      : shownWhoCan(whoCan, on, askWhoCan(whoCan, on, options, access), json);
  if (shown.incomplete !== undefined) note(`Incomplete: ${shown.incomplete}`);
  if (json === true) printAsJson(shown.text);
  else print(shown.text);
}

function shownCan({ answers, ...rest }: ReturnType<typeof askCan>, json: true | undefined) {
  return { ...rest, text: json === true ? printCanAsJson(answers) : printCan(answers) };
}

function shownWhoCan(
  action: string,
  on: string | undefined,
  { answers, ...rest }: ReturnType<typeof askWhoCan>,
  json: true | undefined,
) {
  const text = json === true ? printWhoCanAsJson(action, on, answers) : printWhoCan(action, on, answers);
  return { ...rest, text };
}
