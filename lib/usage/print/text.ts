import { counted } from "../../describe/list";
import { visibleLine } from "../../terminal/visible";
import { wrapText } from "../../terminal/wrap-text";
import { type CoveredRegion, kindsIn } from "../answer/coverage";
import type { Attempt, Foreign, Usage } from "../answer/usage";
import type { NotCounted } from "../sources/read-logs";
import { roleLines } from "./role-lines";
import { day, limited, said, span, times, who } from "./words";

const WIDTH = 80;
/** So many periods without records are named; the rest is counted. */
const MOST_RANGES = 3;

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

function wrapped(line: string): string {
  const indentation = /^ */.exec(line)?.[0] ?? "";
  return wrapText(line, WIDTH, `${indentation}  `);
}

function examined({ covered, filesRead, notRead, withoutEvents, elsewhere }: Usage): readonly string[] {
  const records = covered.reduce((sum, { count }) => sum + count, 0);
  return [
    `Examined: ${counted(records, "record")}${filesRead === 0 ? "" : ` in ${counted(filesRead, "file")}`}`,
    ...covered.flatMap((region) => [regionLine(region), ...daysWithoutRecords(region)]),
    ...(covered.every(({ categories }) => !categories.includes("Data"))
      ? ["  no data events, such as s3:GetObject and lambda:Invoke: trails record them only if told to"]
      : ["  data events only where the trail selects them: an action without one may have been used"]),
    ...oneSided(covered),
    ...notCounted("not read", notRead),
    ...notCounted("without calls", withoutEvents),
    ...(elsewhere === 0
      ? []
      : [`  ${counted(elsewhere, "assumption")} of other roles through providers that are not CircleCI's`]),
  ];
}

/** Accounts whose trail selects one kind of events. */
function oneSided(covered: readonly CoveredRegion[]): readonly string[] {
  return [...new Set(covered.map(({ account }) => account))].flatMap((account) => {
    const { reads, writes } = kindsIn(account, covered);
    if (reads && writes) return [];
    return [`  ${said(account)}: no ${reads ? "write" : "read"} events: actions of that kind are not judged`];
  });
}

function regionLine({ account, region, categories, count, first, last }: CoveredRegion): string {
  const kinds = categories.length === 0 ? "kind unknown" : categories.join(", ");
  const place = `${said(account)} ${said(region)}`;
  return `  ${place}: ${said(day(first))} to ${said(day(last))}, ${counted(count, "record")} (${said(kinds)})`;
}

/** Such a day may be one without calls, or one on which the trail was stopped. */
function daysWithoutRecords({ withoutRecords = [] }: CoveredRegion): readonly string[] {
  if (withoutRecords.length === 0) return [];
  const ranges = withoutRecords.map(({ from, until }) => (from === until ? from : `${from} to ${until}`));
  const shown = ranges.slice(0, MOST_RANGES).join(", ");
  const left = ranges.length - MOST_RANGES;
  return [`    no records on ${shown}${left > 0 ? ` and in ${counted(left, "other period")}` : ""}`];
}

function notCounted(what: string, files: readonly NotCounted[]): readonly string[] {
  if (files.length === 0) return [];
  return [
    `  ${counted(files.length, "file")} ${what}:`,
    ...limited(files.map(({ name, reason }) => `    ${said(name)}: ${reason}`)),
  ];
}

function attempt(one: Attempt, repositories: ReadonlyMap<string, string>): string {
  const repository = repositories.get(one.role.split("/")[0] ?? "");
  const isGranted = one.isVerified && one.granted === "yes";
  const granted = isGranted ? "; access.yaml grants it now" : "";
  const by = one.isVerified ? who(one, repository) : `an unverified token that names ${who(one, repository)}`;
  return `${by} → ${said(one.role)}: ${said(one.error)}, ${times(one.count)}, ${span(one)}${granted}`;
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
