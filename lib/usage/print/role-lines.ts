import { someTexts } from "../../describe/list";
import type { RoleCall } from "../answer/calls";
import type { PatternUse } from "../answer/unused-actions";
import type { NeverUsed, RoleUse, Use } from "../answer/usage";
import { day, limited, minute, said, span, times, who } from "./words";

/** One role: who used it, what was called, and what was never used. */
export function roleLines(one: RoleUse, repositories: ReadonlyMap<string, string>): readonly string[] {
  const { role, uses, ids, calls, otherSessions, never, notJudged } = one;
  const repository = repositories.get(role.split("/")[0] ?? "");
  const allowed = calls.filter(({ denied }) => !denied);
  const refused = calls.filter(({ denied }) => denied);
  const total = uses.reduce((sum, { count }) => sum + count, 0);
  const [latest] = uses;
  return [
    latest === undefined
      ? `${role}: no use recorded${otherSessions === 0 ? "" : " through access.yaml; other sessions are below"}`
      : `${role}: assumed ${times(total)}, last on ${minute(latest.last)} by ${who(latest, repository)}`,
    ...limited(uses.map((use) => `  ${useLine(use, repository)}`)),
    ...(allowed.length === 0
      ? []
      : ["  called:", ...limited(allowed.map((call) => `    ${callLine(call)}`))]),
    ...(refused.length === 0
      ? []
      : ["  tried, and denied by AWS:", ...limited(refused.map((call) => `    ${callLine(call)}`))]),
    ...idLines(ids),
    ...(never === undefined ? [] : neverOfRole(never)),
    ...(notJudged.length === 0 ? [] : [`  not judged what was never used: ${notJudged.join("; ")}`]),
  ];
}

function idLines(ids: RoleUse["ids"]): readonly string[] {
  if (ids.length < 2) return [];
  const each = ids.map(({ id, ...times }) => `${said(id)} ${span(times)}`);
  return [`  ${ids.length} roles had this name, one after the other: ${each.join("; ")}`];
}

function neverOfRole({ people, refs, actions, notBegun }: NeverUsed): readonly string[] {
  const lines = [
    { title: "never used by", text: people.join(", ") },
    { title: "never used by, because their access begins later", text: notBegun.join(", ") },
    { title: "never used from", text: refs.join(", ") },
    { title: "never called", text: patterns(actions?.unused) },
    { title: "not recorded by default, so not judged", text: patterns(actions?.notRecorded) },
    { title: "not judged", text: someTexts((actions?.unknown ?? []).map(said), "and") },
  ];
  return lines.flatMap(({ title, text }) => (text === "" ? [] : [`  ${title}: ${text}`]));
}

const MOST_PATTERNS = 6;

function patterns(of: readonly PatternUse[] = []): string {
  const texts = of.flatMap(patternTexts).map(said);
  const left = texts.length - MOST_PATTERNS;
  return [...texts.slice(0, MOST_PATTERNS), ...(left > 0 ? [`${left} more (--json has all)`] : [])].join(
    "; ",
  );
}

/** An action by its name; of a pattern that matches several, how many. */
function patternTexts({ pattern, actions, of }: PatternUse): readonly string[] {
  if (of === 1) return actions;
  return [
    actions.length === of ? `${pattern} (all ${of})` : `${actions.length} of ${of} actions of ${pattern}`,
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
