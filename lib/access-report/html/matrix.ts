import { groupBy } from "../../collections/group-by";
import { compareText } from "../../collections/sort";
import type { Language } from "../../describe/language";
import { describePeriods, describeState } from "../../describe/moment";
import { type Html, html } from "../../html/html";
import { compareRisks } from "../../iam/risk/classes";
import type { ReportedAccess } from "../model/entry";
import type { AccessReport, ReportRole } from "../model/report";
import { describeReportRef } from "../model/words";
import { riskOf } from "./facts";
import { anchor, details, foreign, phraseHtml, riskBadge, section, table } from "./parts";

const WORDS = {
  en: {
    title: "Who may assume which role",
    intro:
      "One table for each project: people in rows, roles in columns. A cell names the branches and tags whose jobs may assume the role, and the period if there is one. – is no access.",
    everyone: "everyone",
    asEveryone: "as everyone",
    everyoneIs:
      " “Everyone” is every user who can start a pipeline of the project, also those whom access.yaml does not name.",
    none: "No person may assume a role of this project.",
    person: "Person",
    caption: (project: string, part: string) => `People and roles of ${project}${part}`,
    part: (number: number, of: number) => ` (${number} of ${of})`,
    counts: (people: number, roles: number, everyone: boolean) =>
      `${roles} ${roles === 1 ? "role" : "roles"}, ${people} ${people === 1 ? "person" : "people"} by name${everyone ? ", and everyone" : ""}`,
    maybe: "undetermined",
  },
  ja: {
    title: "誰がどのロールを引き受けられるか",
    intro:
      "プロジェクトごとに、行がユーザー、列がロールです。セルには、ロールを引き受けられるジョブのブランチとタグ、期間があればその期間を示します。「–」はアクセスなしです。",
    everyone: "全員",
    asEveryone: "全員と同じ",
    everyoneIs:
      "「全員」は、access.yaml に名前がない人も含め、プロジェクトのパイプラインを開始できるすべてのユーザーです。",
    none: "このプロジェクトのロールを引き受けられるユーザーはいません。",
    person: "ユーザー",
    caption: (project: string, part: string) => `${project} のユーザーとロール${part}`,
    part: (number: number, of: number) => `（${number}/${of}）`,
    counts: (people: number, roles: number, everyone: boolean) =>
      `ロール ${roles} 件、名前のあるユーザー ${people} 人${everyone ? "、および全員" : ""}`,
    maybe: "判定不能",
  },
} as const;

/** So many roles stand side by side: a sheet of A4 has room for them. */
const MOST_COLUMNS = 6;
/** With more projects than these, each is folded until the reader opens it. */
const MOST_OPEN = 8;

/** People, roles and refs as a picture. */
export function matrixSection(report: AccessReport, language: Language): Html {
  const words = WORDS[language];
  const projects = [...groupBy(report.roles, ({ project }) => project)];
  const isOpen = projects.length <= MOST_OPEN;
  const hasEveryone = report.everyoneElse.length > 0;
  return section({ id: "matrix", title: words.title }, [
    html`<p>${words.intro}${hasEveryone ? words.everyoneIs : ""}</p>\n`,
    ...projects.map(([project, roles]) => projectMatrix(project, roles, { report, language, isOpen })),
  ]);
}

interface Context {
  readonly report: AccessReport;
  readonly language: Language;
  readonly isOpen: boolean;
}

function projectMatrix(project: string, roles: readonly ReportRole[], context: Context): Html {
  const { language, isOpen, report } = context;
  const words = WORDS[language];
  const all = roles.flatMap(({ access }) => distinctAccess(access));
  const rows = [...groupBy(all, rowOf)].sort(([one], [other]) => compareText(one, other));
  const names = rows.filter(([row]) => row !== EVERYONE);
  const parts = chunks(roles, MOST_COLUMNS);
  const [worst = "none"] = roles.map(riskOf).sort(compareRisks);
  const badge = worst === "none" ? "" : html` ${riskBadge(worst, language)}`;
  const summary = html`<h3>${foreign(project)}</h3>${badge} <span class="soft">${words.counts(names.length, roles.length, names.length < rows.length)}</span>`;
  const body =
    rows.length === 0
      ? html`<p>${words.none}</p>`
      : parts.map((some, at) =>
          table(
            {
              caption: words.caption(project, parts.length === 1 ? "" : words.part(at + 1, parts.length)),
              kind: "matrix",
              columns: [
                { head: html`${words.person}`, label: words.person },
                ...some.map((role) => ({
                  head: html`<a href="#${anchor("role", role.key)}">${foreign(shortKey(role))}</a>${riskBadge(riskOf(role), language)}`,
                  label: shortKey(role),
                })),
              ],
            },
            rows.map(([row, entries]) => ({
              head:
                row === EVERYONE
                  ? html`${words.everyone}`
                  : html`<a href="#${anchor("person", row)}">${foreign(row)}</a>`,
              cells: some.map((role) =>
                cellOf(
                  entries.filter((one) => one.role === role.key),
                  { isOpen: row !== EVERYONE && isOpenToEveryone(role), at: report.at, language },
                ),
              ),
            })),
          ),
        );
  return details({ id: anchor("project", project), isOpen, summary }, body);
}

/** Sorts before every name. */
const EVERYONE = "";

function rowOf({ who }: ReportedAccess): string {
  return who.kind === "person" ? who.name : EVERYONE;
}

function isOpenToEveryone({ access }: ReportRole): boolean {
  return access.some(({ who }) => who.kind === "everyone-else");
}

/** Access without that which everyone has. */
export function distinctAccess(access: readonly ReportedAccess[]): readonly ReportedAccess[] {
  const everyone = access.filter(({ who }) => who.kind === "everyone-else").map(sameAccess);
  return access.filter((one) => one.who.kind !== "person" || !everyone.includes(sameAccess(one)));
}

function sameAccess({ ref, by, periods = [] }: ReportedAccess): string {
  return JSON.stringify([ref, by, periods]);
}

function shortKey({ key, project }: ReportRole): string {
  return key.slice(project.length + 1);
}

interface CellContext {
  /** Whether a person without an entry has the access that everyone has. */
  readonly isOpen: boolean;
  readonly at: string;
  readonly language: Language;
}

function cellOf(entries: readonly ReportedAccess[], { isOpen, at, language }: CellContext): Html {
  if (entries.length === 0) {
    return html`<span class="soft">${isOpen ? WORDS[language].asEveryone : "–"}</span>`;
  }
  const groups = [...groupBy(entries, ({ periods = [], by }) => JSON.stringify([periods, by])).values()];
  return html`${groups.map((some) => {
    const [first] = some;
    const isMaybe = first?.by.kind === "trust-policy" && first.by.accepts === "maybe";
    const period = first === undefined ? "" : periodText(first, at, language);
    return html`${some.map(({ ref }) => html`<span>${phraseHtml(describeReportRef(ref, language))}</span>`)}${isMaybe ? html`<span class="small">${WORDS[language].maybe}</span>` : ""}${period === "" ? "" : html`<span class="small soft">${period}</span>`}`;
  })}`;
}

/** `until 31 December 2026`, `ended on …`, `begins on …`. Empty: always. */
export function periodText({ periods, state }: ReportedAccess, at: string, language: Language): string {
  if (periods === undefined) return "";
  return state === "in-force" ? describePeriods(periods, language) : describeState(periods, at, language);
}

function chunks<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / most);
  const size = Math.ceil(items.length / Math.max(count, 1));
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
