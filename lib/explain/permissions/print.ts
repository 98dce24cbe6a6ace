import { counted } from "../../describe/list";
import { riskWord } from "../../describe/risk";
import { visibleLine } from "../../terminal/visible";
import { wrapText } from "../../terminal/wrap-text";
import type { CanAnswer } from "./can";
import type { WhoCanAnswer } from "./who-can";

/** So many statements are printed of one role: with the classes, ten lines. */
const SHOWN = 3;

/** The format of `--json`. */
export function printCanAsJson(answers: readonly CanAnswer[]): string {
  return JSON.stringify({ can: answers }, null, 2);
}

/** The format of `--json`. */
export function printWhoCanAsJson(
  action: string,
  on: string | undefined,
  answers: readonly WhoCanAnswer[],
): string {
  return JSON.stringify({ whoCan: { action, on: on ?? "*", principals: answers } }, null, 2);
}

/** What each role may do, by class, in at most ten entries. */
export function printCan(answers: readonly CanAnswer[]): string {
  return answers.map(printOne).join("\n\n");
}

function printOne({ name, who, risks, allows, isLimited, unknown }: CanAnswer): string {
  const left = allows.length - SHOWN;
  const isWhole = risks.some(
    ({ class: risk, extent }) => risk === "administrator" && extent.startsWith("every action on every"),
  );
  const nothing =
    allows.length === 0 && unknown.length === 0 ? ["  nothing: no policy allows an action"] : [];
  return [
    `${name}: ${who}`,
    ...risks.map(({ class: risk, extent }) => `  ${riskWord(risk)}: ${extent}`),
    ...(isWhole ? [] : allows.slice(0, SHOWN).map((line) => `  may perform ${line}`)),
    ...(isWhole || left <= 0 ? [] : [`  and ${counted(left, "more statement")}`]),
    ...(isLimited && !isWhole ? ["  within its boundary, and except what its policies deny"] : []),
    ...(unknown.length === 0
      ? []
      : [
          `  unknown: ${counted(unknown.length, "policy", "policies")} with unknown contents: ${unknown.slice(0, 2).join(", ")}${unknown.length > 2 ? ", …" : ""}`,
        ]),
    ...nothing,
  ]
    .map(printedLine)
    .join("\n");
}

/** Who may perform an action, then whose answer is not known; the others are counted. */
export function printWhoCan(
  action: string,
  on: string | undefined,
  answers: readonly WhoCanAnswer[],
): string {
  const of = (answer: WhoCanAnswer["answer"]) => answers.filter((one) => one.answer === answer);
  const [allowed, unknown, denied] = [of("allow"), of("unknown"), of("deny")];
  const what = on === undefined ? `${action} on some resource` : `${action} on ${on}`;
  return [
    `${what}: ${counted(allowed.length, "principal")} allowed, ${unknown.length} unknown, ${denied.length} denied`,
    ...allowed.map((one) => `  ${one.name}: ${one.who}${where(one, on)}`),
    ...unknown.map((one) => `  ${one.name}: unknown: ${whyUnknown(one)}; ${one.who}`),
  ]
    .map(printedLine)
    .join("\n");
}

/** Columns of a terminal. */
const COLUMNS = 80;

/** A line of the answer, continued below it. An ARN stays whole, so that it can be copied. */
function printedLine(text: string): string {
  return wrapText(visibleLine(text), COLUMNS, "      ");
}

function where({ resource, conditions }: WhoCanAnswer, on: string | undefined): string {
  const isNew = resource !== undefined && resource !== on;
  return `${isNew ? `; such as on ${resource}` : ""}${conditions === undefined ? "" : `; ${conditions}`}`;
}

function whyUnknown({ unknown, resource }: WhoCanAnswer): string {
  if (unknown.length === 0)
    return "it depends on a policy variable, or on behavior that AWS does not document";
  const [first] = unknown;
  const others = unknown.length > 1 ? ` and ${unknown.length - 1} more` : "";
  return `the contents of ${first}${others} are not known${resource === undefined ? "" : "; its other policies allow it"}`;
}
