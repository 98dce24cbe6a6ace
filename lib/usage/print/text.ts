import { counted, someTexts, withSeparators } from "../../describe/list";
import { visibleLine } from "../../terminal/visible";
import { wrapText } from "../../terminal/wrap-text";
import type { Attempt, Foreign, RoleUse, Usage, Use } from "../answer/answer";
import type { RoleCall } from "../answer/calls";
import type { CoveredRegion } from "../answer/coverage";
import { type Who, whoText } from "../answer/who";
import type { NotCounted } from "../sources/read-logs";
import type { Times } from "../trail/observed";

/** More lines of one kind than these are counted; `--json` has all. */
const SHOWN = 10;
const WIDTH = 80;

/**
 * For people: what was examined, then each role with who used it and what was called, then what was
 * denied, what no policy of access.yaml explains, and what was never used.
 * @param repositories of the projects by key, which are not repeated
 */
export function printUsage(usage: Usage, repositories: ReadonlyMap<string, string>): string {
  const parts = [
    examined(usage),
    ...usage.roles.map((role) => roleLines(role, repositories)),
    section(
      "Denied attempts",
      usage.denied.map((one) => attempt(one, repositories)),
    ),
    section("Not through access.yaml", usage.foreign.map(foreign)),
    neverLines(usage),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => wrapped(visibleLine(line))).join("\n"))
    .join("\n\n");
}

/** A value of a record or a file as one word: none of its words may begin a line. */
function said(text: string): string {
  return visibleLine(text).replaceAll(" ", "\u00a0");
}

function who(one: Who, repository?: string): string {
  return whoText(
    {
      ...one,
      person: one.isKnown ? one.person : said(one.person).replace(/^user\u00a0/, "user "),
      ...(one.ref === undefined
        ? {}
        : { ref: one.ref.startsWith("tag ") ? `tag ${said(one.ref.slice(4))}` : said(one.ref) }),
      ...(one.origin === undefined ? {} : { origin: said(one.origin) }),
    },
    repository,
  );
}

function wrapped(line: string): string {
  const indentation = /^ */.exec(line)?.[0] ?? "";
  return wrapText(line, WIDTH, `${indentation}  `);
}

function examined({ covered, filesRead, notRead, withoutEvents, elsewhere }: Usage): readonly string[] {
  const records = covered.reduce((sum, { count }) => sum + count, 0);
  return [
    `Examined: ${counted(records, "record")}${filesRead === 0 ? "" : ` in ${counted(filesRead, "file")}`}`,
    ...covered.map(regionLine),
    ...(covered.every(({ categories }) => !categories.includes("Data"))
      ? ["  no data events, such as s3:GetObject and lambda:Invoke: trails record them only if told to"]
      : ["  data events only where the trail selects them: an action without one may have been used"]),
    ...notCounted("not read", notRead),
    ...notCounted("without calls", withoutEvents),
    ...(elsewhere === 0
      ? []
      : [`  ${counted(elsewhere, "assumption")} of other roles through providers that are not CircleCI's`]),
  ];
}

function regionLine({ account, region, categories, count, first, last }: CoveredRegion): string {
  const kinds = categories.length === 0 ? "kind unknown" : categories.join(", ");
  const place = `${said(account)} ${said(region)}`;
  return `  ${place}: ${said(day(first))} to ${said(day(last))}, ${counted(count, "record")} (${said(kinds)})`;
}

function notCounted(what: string, files: readonly NotCounted[]): readonly string[] {
  if (files.length === 0) return [];
  return [
    `  ${counted(files.length, "file")} ${what}:`,
    ...limited(files.map(({ name, reason }) => `    ${said(name)}: ${reason}`)),
  ];
}

function roleLines(one: RoleUse, repositories: ReadonlyMap<string, string>): readonly string[] {
  const { role, uses, calls, never, notJudged } = one;
  const repository = repositories.get(role.split("/")[0] ?? "");
  const allowed = calls.filter(({ denied }) => !denied);
  const refused = calls.filter(({ denied }) => denied);
  const total = uses.reduce((sum, { count }) => sum + count, 0);
  const [latest] = uses;
  return [
    latest === undefined
      ? `${role}: no use recorded`
      : `${role}: assumed ${times(total)}, last on ${minute(latest.last)} by ${who(latest, repository)}`,
    ...limited(uses.map((use) => `  ${useLine(use, repository)}`)),
    ...(allowed.length === 0
      ? []
      : ["  called:", ...limited(allowed.map((call) => `    ${callLine(call)}`))]),
    ...(refused.length === 0
      ? []
      : ["  tried, and denied by AWS:", ...limited(refused.map((call) => `    ${callLine(call)}`))]),
    ...(never === undefined || never.people.length === 0
      ? []
      : [`  never used by: ${never.people.join(", ")}`]),
    ...(never === undefined || never.refs.length === 0
      ? []
      : [`  never used from: ${never.refs.join(", ")}`]),
    ...(notJudged.length === 0 ? [] : [`  not judged what was never used: ${notJudged.join("; ")}`]),
  ];
}

function useLine(use: Use, repository: string | undefined): string {
  const not = use.granted === "no" ? "; access.yaml does not grant it (any more)" : "";
  return `${who(use, repository)}: ${times(use.count)}, ${span(use)}${not}`;
}

function callLine({ source, name, actions, count, last, people }: RoleCall): string {
  const service = source.replace(/\.amazonaws\.com$/, "");
  const event = said(`${service}:${name}`);
  const needs =
    actions === undefined
      ? " (IAM action unknown)"
      : actions.length === 0 || (actions.length === 1 && actions[0] === event)
        ? ""
        : ` (${actions.join(", ")})`;
  return `${event}${needs}: ${times(count)}, last ${said(day(last))}, by ${someTexts(people.map(said), "and")}`;
}

function attempt(one: Attempt, repositories: ReadonlyMap<string, string>): string {
  const repository = repositories.get(one.role.split("/")[0] ?? "");
  const granted = { yes: "; access.yaml grants it now", no: "", unknown: "" }[one.granted];
  return `${who(one, repository)} → ${said(one.role)}: ${said(one.error)}, ${times(one.count)}, ${span(one)}${granted}`;
}

const WHY = {
  role: "a role that is not in access.yaml",
  provider: "a provider that is not in access.yaml",
  "no-token": "without a token of CircleCI",
} as const satisfies Readonly<Record<Foreign["why"], string>>;

function foreign(one: Foreign): string {
  const through = one.why === "provider" ? ` (${said(one.provider)})` : "";
  return `${said(one.who)} → ${said(one.role)}: ${WHY[one.why]}${through}, ${times(one.count)}, ${span(one)}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [`${title} (${lines.length})`, ...limited(lines.map((line) => `  ${line}`))];
}

function neverLines({ never }: Usage): readonly string[] {
  if (never === undefined || never.people.length + never.roles.length === 0) return [];
  return [
    "Never used in the examined period and regions",
    ...(never.roles.length === 0 ? [] : [`  roles: ${never.roles.join(", ")}`]),
    ...(never.people.length === 0 ? [] : [`  people: ${never.people.join(", ")}`]),
  ];
}

function limited(lines: readonly string[]): readonly string[] {
  const indentation = /^ */.exec(lines[0] ?? "")?.[0] ?? "";
  const left = lines.length - SHOWN;
  return left <= 0 ? lines : [...lines.slice(0, SHOWN), `${indentation}and ${left} more (--json has all)`];
}

function times(count: number): string {
  return count === 1 ? "once" : `${withSeparators(count)} times`;
}

function span({ first, last }: Times): string {
  return day(first) === day(last) ? `on ${said(day(last))}` : `${said(day(first))} to ${said(day(last))}`;
}

function day(time: string): string {
  return time.slice(0, 10);
}

function minute(time: string): string {
  const [date = "", clock = ""] = time.slice(0, 16).split("T");
  return `${said(date)} ${said(clock)} UTC`;
}
