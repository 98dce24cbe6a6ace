import { oneLine } from "../../collections/one-line";
import type { Language } from "../../describe/language";
import { withSeparators } from "../../describe/list";
import { type Html, html } from "../../html/html";
import type { AccessReport } from "../model/report";
import { columns, foreign, list, section, table } from "./parts";
import { commitTable } from "./since";

const WORDS = {
  en: {
    sources: "Sources",
    sourceColumns: ["File", "SHA-256", "Commit"],
    sourceCaption: "Files that this page was made from",
    uncommitted: "not committed",
    accounts: "AWS accounts of access.yaml",
    accountColumns: ["Account", "ID", "Region"],
    records: "CloudTrail records that last uses are from",
    recordColumns: ["Account", "Region", "First", "Last", "Records"],
    limits: "What this page does not prove",
  },
  ja: {
    sources: "情報源",
    sourceColumns: ["ファイル", "SHA-256", "コミット"],
    sourceCaption: "このページの作成に使ったファイル",
    uncommitted: "未コミット",
    accounts: "access.yaml の AWS アカウント",
    accountColumns: ["アカウント", "ID", "リージョン"],
    records: "最終使用の根拠とした CloudTrail の記録",
    recordColumns: ["アカウント", "リージョン", "最初", "最後", "件数"],
    limits: "このページが保証しないこと",
  },
} as const;

const LIMITS = {
  en: [
    "Who is behind a CircleCI user. People are identified by CircleCI's user IDs. A person who takes over an account has its access.",
    "Who can change a branch. Branch protection, approvals and the rights in the repository's host are not examined.",
    "Names and dates of commits. They are those that git has; git does not verify authors.",
  ],
  ja: [
    "CircleCI のユーザーが実際に誰か。ユーザーは CircleCI のユーザー ID で識別しています。アカウントを乗っ取った人は、同じアクセス権を得ます。",
    "誰がブランチを変更できるか。ブランチ保護、承認、リポジトリの権限は調べていません。",
    "コミットの作成者と日付。git に記録されたとおりに示しています。git は作成者を検証しません。",
  ],
} as const;

/** Without and with an account that was asked. */
const LIMITS_OF_AWS = {
  en: {
    notAsked:
      "What AWS has now. The page says what access.yaml grants. A change that was made in AWS itself, and a file that was not deployed yet, are not seen.",
    asked:
      "What AWS has beyond the accounts and settings that were read. Only these are compared with access.yaml, as they were when they were read.",
  },
  ja: {
    notAsked:
      "現在の AWS の状態。このページは access.yaml が許可する内容を示します。AWS 上で直接行われた変更や、まだデプロイされていないファイルの内容は反映されません。",
    asked:
      "読み取ったアカウントと設定以外の AWS の状態。access.yaml と比較したのは読み取ったものだけで、その時点の状態です。",
  },
} as const;

/** Files with their hashes, commits, accounts, and records. */
export function sourcesSection(report: AccessReport, language: Language): Html {
  const words = WORDS[language];
  const { sources, accounts, usage } = report;
  const commits = commitTable(report, language);
  return section({ id: "sources", title: words.sources }, [
    table(
      { caption: words.sourceCaption, kind: "texts", columns: columns(words.sourceColumns) },
      sources.map(({ path, sha256, commit }) => ({
        head: foreign(path),
        cells: [
          html`<code>${sha256}</code>`,
          commit === undefined ? html`${words.uncommitted}` : html`<code>${commit}</code>`,
        ],
      })),
    ),
    ...(commits === undefined ? [] : [commits]),
    table(
      { caption: words.accounts, kind: "cards", columns: columns(words.accountColumns) },
      accounts.map(({ key, id, region }) => ({
        head: foreign(key),
        cells: [html`${id}`, html`${oneLine(region)}`],
      })),
    ),
    ...(usage === undefined || usage.regions.length === 0
      ? []
      : [
          table(
            { caption: words.records, kind: "cards", columns: columns(words.recordColumns) },
            usage.regions.map(({ account, region, first, last, count }) => ({
              head: html`${oneLine(account)}`,
              cells: [
                html`${oneLine(region)}`,
                html`${first}`,
                html`${last}`,
                html`${withSeparators(count)}`,
              ],
            })),
          ),
        ]),
  ]);
}

export function limitsSection({ live }: AccessReport, language: Language): Html {
  const ofAws = LIMITS_OF_AWS[language][live === undefined ? "notAsked" : "asked"];
  return section(
    { id: "limits", title: WORDS[language].limits },
    list([ofAws, ...LIMITS[language]].map((text) => html`${text}`)),
  );
}
