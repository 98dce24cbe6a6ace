import { oneLine } from "../../collections/one-line";
import type { Language } from "../../describe/language";
import { type Html, html } from "../../html/html";
import type { AccessReport } from "../model/report";
import { foreign, joined, list, section } from "./parts";

const WORDS = {
  en: {
    title: "Not examined",
    nothing: "Everything that this page asks about was examined.",
    history: {
      "no-repository": "Since when: access.yaml is in no git repository.",
      "no-commit": "Since when: the repository has no commit yet.",
      "no-git": "Since when: git could not be started.",
    },
    shallow: "Since when, before the oldest commit: this clone of the repository does not have all commits.",
    notCommitted: "Since when, for what is not committed yet:",
    usage: "When access was last used: no CloudTrail records were given.",
    notRead: "Records that could not be read:",
    outside: "What the accounts have besides access.yaml: no account was asked.",
    refused: (call: string, object: string, code: string) => html`AWS refused ${call} of ${object} (${code})`,
    unknown: "What these policies allow, because their contents are not known:",
  },
  ja: {
    title: "調べていないもの",
    nothing: "このページの項目はすべて調べました。",
    history: {
      "no-repository": "いつからか: access.yaml が git リポジトリにありません。",
      "no-commit": "いつからか: リポジトリにまだコミットがありません。",
      "no-git": "いつからか: git を起動できませんでした。",
    },
    shallow: "最も古いコミットより前にいつからか: このクローンには一部のコミットしかありません。",
    notCommitted: "未コミットの変更がいつからか:",
    usage: "最後に使われた日: CloudTrail の記録が指定されていません。",
    notRead: "読み取れなかった記録:",
    outside: "access.yaml 以外にアカウントにあるもの: アカウントへの問い合わせをしていません。",
    refused: (call: string, object: string, code: string) =>
      html`AWS が ${object} に対する ${call} を拒否しました（${code}）`,
    unknown: "内容が不明なため、次のポリシーが許可するもの:",
  },
} as const;

/** All that the page would say more about, had it been given more. */
export function notExaminedSection(report: AccessReport, language: Language): Html {
  const words = WORDS[language];
  const { history, usage, outside, roles } = report;
  const unknown = [...new Set(roles.flatMap(({ permissions }) => permissions.unknown))];
  const items: readonly Html[] = [
    ...(history.kind === "not-examined" ? [html`${words.history[history.why]}`] : []),
    ...(history.kind === "examined" && history.isShallow ? [html`${words.shallow}`] : []),
    ...(history.kind === "examined" ? withNames(words.notCommitted, history.notCommitted, language) : []),
    ...(usage === undefined ? [html`${words.usage}`] : withNames(words.notRead, usage.notRead, language)),
    ...(outside === undefined
      ? [html`${words.outside}`]
      : outside.flatMap(({ refused }) =>
          refused.map(({ call, object, code }) =>
            words.refused(oneLine(call), oneLine(object), oneLine(code)),
          ),
        )),
    ...withNames(words.unknown, unknown, language),
  ];
  return section(
    { id: "not-examined", title: words.title },
    items.length === 0 ? html`<p>${words.nothing}</p>\n` : list(items),
  );
}

function withNames(text: string, names: readonly string[], language: Language): readonly Html[] {
  if (names.length === 0) return [];
  return [html`${text} ${joined(names.map(foreign), language)}`];
}
