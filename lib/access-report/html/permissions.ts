import { describeConditionsOf } from "../../describe/condition";
import type { Language } from "../../describe/language";
import { describePermissionRisk, riskWord } from "../../describe/risk";
import { type Html, html } from "../../html/html";
import type { Patterns, Statement } from "../../iam/language/policy";
import type { ReportPermissions } from "../model/report";
import { columns, details, englishHtml, foreign, joined, list, phraseHtml, riskBadge, table } from "./parts";
import { sinceHtml } from "./since";

const WORDS = {
  en: {
    may: "What it may do:",
    noRisk: (classes: string) => `none of these risks: ${classes}`,
    unknownRisk: (names: number) =>
      `the contents of ${names === 1 ? "one policy are" : `${names} policies are`} not known:`,
    statements: (count: number) => `${count} allowed ${count === 1 ? "statement" : "statements"}`,
    none: "Its policies allow nothing.",
    limited: "A Deny or a permissions boundary takes away from these.",
    caption: "What its policies allow",
    columns: ["Actions", "Resources", "Only"],
    except: "all except",
    changed: (since: Html) => html`(permissions changed: ${since})`,
  },
  ja: {
    may: "このロールでできること:",
    noRisk: (classes: string) => `次のリスクのいずれにも該当しません: ${classes}`,
    unknownRisk: (names: number) => `内容が不明なポリシーが ${names} 件あります:`,
    statements: (count: number) => `許可ステートメント ${count} 件`,
    none: "許可しているポリシーはありません。",
    limited: "Deny または Permissions Boundary により、これより狭くなります。",
    caption: "ポリシーが許可するもの",
    columns: ["アクション", "リソース", "条件"],
    except: "次を除くすべて",
    changed: (since: Html) => html`（権限の最終変更: ${since}）`,
  },
} as const;

/** The classes that permissions by themselves can have. */
const JUDGED = ["administrator", "privilege-escalation", "all-data", "data-destruction"] as const;
/** With more statements than these, they are folded on a screen. */
const MOST_OPEN = 3;

/** What a role may do: risks, the most serious first, then each statement that allows something. */
export function permissionsHtml(
  permissions: Omit<ReportPermissions, "since"> & Partial<ReportPermissions>,
  language: Language,
): readonly Html[] {
  const words = WORDS[language];
  const { risks, allows, isLimited, unknown, since } = permissions;
  const lines = [
    ...risks.map(
      (risk) =>
        html`${riskBadge(risk.class, language)} ${phraseHtml(describePermissionRisk(risk, language))}`,
    ),
    ...(unknown.length === 0
      ? []
      : [
          html`${riskBadge("undetermined", language)} ${words.unknownRisk(unknown.length)} ${joined(unknown.map(foreign), language)}`,
        ]),
    ...(risks.length + unknown.length === 0
      ? [
          html`${words.noRisk(JUDGED.map((one) => riskWord(one, language)).join(language === "ja" ? "、" : ", "))}`,
        ]
      : []),
  ];
  const changed =
    since === undefined || since.kind === "not-examined"
      ? ""
      : html` <span class="line soft small">${words.changed(sinceHtml(since, language))}</span>`;
  return [
    html`<p>${words.may}${changed}</p>\n`,
    list(lines),
    allows.length === 0
      ? html`${unknown.length === 0 ? html`<p>${words.none}</p>\n` : ""}`
      : details({ isOpen: allows.length <= MOST_OPEN, summary: html`${words.statements(allows.length)}` }, [
          ...(isLimited ? [html`<p>${words.limited}</p>\n`] : []),
          table(
            { caption: words.caption, kind: "texts", columns: columns(words.columns) },
            allows.map((statement) => rowOf(statement, language)),
          ),
        ]),
  ];
}

function rowOf(
  { actions, resources, conditions }: Statement,
  language: Language,
): { readonly head: Html; readonly cells: readonly Html[] } {
  return {
    head: patterns(actions, language),
    cells: [
      resources === undefined ? html`–` : patterns(resources, language),
      conditions.length === 0 ? html`–` : englishHtml(describeConditionsOf(conditions), language),
    ],
  };
}

function patterns({ negated, values }: Patterns, language: Language): Html {
  const texts = values.map(({ text }) => foreign(text));
  return negated ? html`<span>${WORDS[language].except}</span>${texts}` : html`${texts}`;
}
