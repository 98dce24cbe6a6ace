import { groupBy } from "../../collections/group-by";
import { oneLine } from "../../collections/one-line";
import type { Language } from "../../describe/language";
import { type Html, html } from "../../html/html";
import { compareRisks, type RiskClass } from "../../iam/risk/classes";
import type { ReportedAccess } from "../model/entry";
import type { AccessReport, ReportPerson } from "../model/report";
import { describeReportRef } from "../model/words";
import { riskOf } from "./facts";
import { anchor, columns, details, foreign, joined, phraseHtml, riskBadge, section, table } from "./parts";
import { dayOf } from "./since";
import { periodHtml, useHtml } from "./who-table";

const WORDS = {
  en: {
    title: "People",
    intro: "Each person of access.yaml, with every role that the person may assume.",
    none: "May assume no role.",
    caption: (name: string) => `Roles that ${name} may assume`,
    columns: ["Role", "Risk", "From", "Period"],
    lastUsed: "Last used",
    roles: (count: number) => `${count} ${count === 1 ? "role" : "roles"}`,
    everyoneElse: "Everyone else who can start a pipeline",
    asEveryone: "Like everyone who can start a pipeline:",
    used: (day: string) => ` (last used ${day})`,
    more: (count: number) => `and ${count} more`,
    user: "CircleCI user",
  },
  ja: {
    title: "ユーザー",
    intro: "access.yaml のユーザーごとに、引き受けられるすべてのロールを示します。",
    none: "引き受けられるロールはありません。",
    caption: (name: string) => `${name} が引き受けられるロール`,
    columns: ["ロール", "リスク", "ブランチ・タグ", "期間"],
    lastUsed: "最終使用",
    roles: (count: number) => `ロール ${count} 件`,
    everyoneElse: "パイプラインを開始できるそのほかの全員",
    asEveryone: "パイプラインを開始できる全員と同じく:",
    used: (day: string) => `（最終使用 ${day}）`,
    more: (count: number) => `ほか ${count} 件`,
    user: "CircleCI ユーザー",
  },
} as const;

/** With more people than these, each is folded until the reader opens it. */
const MOST_OPEN = 15;

/** Each person, and those without a name in the file, with all that they can reach. */
export function peopleSection(report: AccessReport, language: Language): Html {
  const words = WORDS[language];
  const isOpen = report.people.length <= MOST_OPEN;
  const risks = new Map(report.roles.map((role) => [role.key, riskOf(role)]));
  const context = { report, language, isOpen, risks };
  return section({ id: "people", title: words.title }, [
    html`<p>${words.intro}</p>\n`,
    ...report.people.map((person) => personHtml(person, context)),
    ...(report.everyoneElse.length === 0
      ? []
      : [
          details(
            {
              id: "everyone-else",
              isOpen,
              kind: "role",
              summary: html`<h3>${words.everyoneElse}</h3> ${countHtml(report.everyoneElse, context)}`,
            },
            accessTable(words.everyoneElse, report.everyoneElse, context),
          ),
        ]),
  ]);
}

interface Context {
  readonly report: AccessReport;
  readonly language: Language;
  readonly isOpen: boolean;
  /** By role. */
  readonly risks: ReadonlyMap<string, RiskClass>;
}

function personHtml({ name, id, access }: ReportPerson, context: Context): Html {
  const { language, isOpen } = context;
  const words = WORDS[language];
  const own = access.filter((one) => !isEveryones(one));
  return details(
    {
      id: anchor("person", name),
      kind: "role",
      isOpen,
      summary: html`<h3>${foreign(name)}</h3> ${countHtml(access, context)}`,
    },
    [
      html`<p class="small soft">${words.user} ${foreign(id)}</p>\n`,
      ...(access.length === 0 ? [html`<p>${words.none}</p>\n`] : []),
      ...(own.length === 0 ? [] : [accessTable(words.caption(oneLine(name)), own, context)]),
      ...(own.length === access.length ? [] : [asEveryone(access.filter(isEveryones), context)]),
    ],
  );
}

function isEveryones({ by }: ReportedAccess): boolean {
  return by.kind === "everyone";
}

/** So many roles are named; the list of everyone has them all. */
const SHOWN = 12;

/**
 * Roles that everyone may assume, in one sentence: with refs and periods, they stand under
 * everyone.
 */
function asEveryone(access: readonly ReportedAccess[], { language }: Context): Html {
  const words = WORDS[language];
  const roles = [...groupBy(access, ({ role }) => role)];
  const shown = roles.slice(0, SHOWN).map(([role, entries]) => {
    const use = entries.find(({ lastUsed }) => lastUsed?.kind === "used")?.lastUsed;
    const when = use?.kind === "used" ? words.used(dayOf(use.last, language)) : "";
    return html`<a href="#${anchor("role", role)}">${foreign(role)}</a>${when}`;
  });
  const left = roles.length - shown.length;
  return html`<p>${words.asEveryone} ${joined([...shown, ...(left > 0 ? [html`<a href="#everyone-else">${words.more(left)}</a>`] : [])], language)}</p>
`;
}

/** The number of roles, and the most serious class of them. */
function countHtml(access: readonly ReportedAccess[], { risks, language }: Context): Html {
  const roles = [...new Set(access.filter(({ state }) => state === "in-force").map(({ role }) => role))];
  const [worst] = roles.map((role) => risks.get(role) ?? "none").sort(compareRisks);
  return html`${worst === undefined || worst === "none" ? "" : html`${riskBadge(worst, language)} `}<span class="soft">${WORDS[language].roles(roles.length)}</span>`;
}

function accessTable(
  caption: string,
  access: readonly ReportedAccess[],
  { report, language, risks }: Context,
): Html {
  const words = WORDS[language];
  const groups = groupBy(access, ({ role, by, periods = [], reasons, lastUsed }) =>
    JSON.stringify([role, by, periods, reasons, lastUsed ?? null]),
  );
  const rows = [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] as const],
  );
  const heads = report.usage === undefined ? words.columns : [...words.columns, words.lastUsed];
  return table(
    { caption: caption, kind: "cards", columns: columns(heads) },
    rows.map((some) => {
      const [first] = some;
      return {
        head: html`<a href="#${anchor("role", first.role)}">${foreign(first.role)}</a>`,
        cells: [
          riskBadge(risks.get(first.role) ?? "undetermined", language),
          html`${some.map(({ ref }) => html`<span>${phraseHtml(describeReportRef(ref, language))}</span>`)}`,
          periodHtml(first, report.at, language),
          ...(report.usage === undefined ? [] : [useHtml(first.lastUsed, language)]),
        ],
      };
    }),
  );
}
