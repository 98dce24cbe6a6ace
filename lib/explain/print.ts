import type { PartReason, StatementReason } from "../iam/evaluate/reasons";
import { visibleLine } from "../terminal/visible";
import type { JobAnswer, TokenAnswer } from "./job-answer";
import { printTable } from "./table";

const HAND_WRITTEN = "(hand-written)";
const WORDS = { allow: "allowed", deny: "denied", unknown: "depends" } as const;

/** The format of `--json`, which programs rely on. */
export function printAnswersAsJson(answers: readonly JobAnswer[]): string {
  return JSON.stringify({ decisions: answers }, null, 2);
}

/**
 * For people: one answer with its conditions; several as a table of people and roles, followed by a
 * line for each.
 * @param width of the terminal in columns: a wider table is left out. Default: 80
 */
export function printAnswers(answers: readonly JobAnswer[], width = 80): string {
  const people = new Set(answers.map(({ person }) => person));
  if (people.size < 2) return answers.map(printAnswer).join("\n\n");
  const reasons = answers.map(({ person, role, ...answer }) =>
    visibleLine(`  ${person} → ${role}: ${sentenceOf(answer)}`),
  );
  const deploys = [...new Set(answers.map(({ role }) => role))].flatMap((role) =>
    (answers.find((one) => one.role === role)?.deploys ?? []).map((line) =>
      visibleLine(`  ${role} deploys ${line}`),
    ),
  );
  const below = [...reasons, ...(deploys.length === 0 ? [] : ["", ...deploys])].join("\n");
  const table = printTable(answers, width);
  return table === undefined ? below : `${table}\n\n${below}`;
}

function printAnswer(answer: JobAnswer): string {
  const { role, person, tokens, isHandWritten, deploys = [] } = answer;
  const who = person === undefined ? "this token" : person;
  return [
    `${who} → ${role}${isHandWritten === true ? ` ${HAND_WRITTEN}` : ""}: ${sentenceOf(answer)}`,
    ...deploys.map((line) => `  deploys ${line}`),
    ...tokens.flatMap(printToken),
  ]
    .map(visibleLine)
    .join("\n");
}

/** An unknown answer's reason says that it depends, and on what. */
function sentenceOf({ decision, reason }: Pick<JobAnswer, "decision" | "reason">): string {
  return decision === "unknown" ? reason : `${WORDS[decision]}: ${reason}`;
}

function printToken({ variables, decision, claims, statements }: TokenAnswer): readonly string[] {
  const name = variables.length === 0 ? "token" : variables.join(", ");
  return [
    `  ${name}: ${WORDS[decision]}`,
    `    subject  ${claims.sub ?? "(none)"}`,
    `    audience ${[claims.aud ?? "(none)"].flat().join(", ")}`,
    ...statements.flatMap(printStatement),
  ];
}

function printStatement({ path, sid, effect, applies, parts }: StatementReason): readonly string[] {
  const name = sid === undefined ? path : `${path} (${sid})`;
  const verdict = applies === "unknown" ? "may apply" : applies ? "applies" : "does not apply";
  return [`    ${effect} ${name} ${verdict}`, ...parts.map(printPart)];
}

function printPart({ kind, holds, operator, key, found, wanted }: PartReason): string {
  const sign = holds === "unknown" ? "?" : holds ? "✓" : "✗";
  const what = kind === "condition" ? `${operator} ${key}` : kind;
  const is = typeof found === "string" ? found : found.join(", ");
  if (kind === "principal" && wanted.length === 0)
    return `      ${sign} ${what}: ${is}; the statement names no principal`;
  return `      ${sign} ${what}: ${is}${holds === true ? "" : `, required: ${wanted.join(" or ")}`}`;
}
