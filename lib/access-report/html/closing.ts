import { oneLine } from "../../collections/one-line";
import type { Language } from "../../describe/language";
import { type Html, html } from "../../html/html";
import type { AccessReport, OutsideAccount } from "../model/report";
import { columns, details, foreign, list, section, table } from "./parts";
import { permissionsHtml } from "./permissions";
import { commitTable } from "./since";
import { acceptedHtml } from "./who-table";

const WORDS = {
  en: {
    outside: "Not managed by this project",
    notAsked: "Not examined: no account was asked what else it has for CircleCI.",
    nothing: (account: string) => `Account ${account} has no other role or provider for CircleCI.`,
    nothingSeen: (account: string) =>
      `Account ${account}: no other role or provider for CircleCI in what could be read.`,
    provider: "OIDC provider",
    unread: "Its trust policy could not be read.",
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
    outside: "このプロジェクトの管理外",
    notAsked: "未調査: CircleCI 向けのほかのロールがアカウントにあるかどうかは調べていません。",
    nothing: (account: string) =>
      `アカウント ${account} に、CircleCI 向けのほかのロールやプロバイダーはありません。`,
    nothingSeen: (account: string) =>
      `アカウント ${account}: 読み取れた範囲に、CircleCI 向けのほかのロールやプロバイダーはありません。`,
    provider: "OIDC プロバイダー",
    unread: "信頼ポリシーを読み取れませんでした。",
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
    "What AWS has now. The page says what access.yaml grants. A change that was made in AWS itself, and a file that was not deployed yet, are not seen.",
    "Policies of resources and of organizations. Bucket policies, key policies, service control policies and the like can allow or deny more than the policies of a role.",
    "Who is behind a CircleCI user. People are identified by CircleCI's user IDs. A person who takes over an account has its access.",
    "Who can change a branch. Branch protection, approvals and the rights in the repository's host are not examined.",
    "Names and dates of commits. They are those that git has; git does not verify authors.",
    "Sessions. Credentials that were issued before access ended last until the session ends.",
  ],
  ja: [
    "現在の AWS の状態。このページは access.yaml が許可する内容を示します。AWS 上で直接行われた変更や、まだデプロイされていないファイルの内容は反映されません。",
    "リソースや組織のポリシー。バケットポリシー、キーポリシー、サービスコントロールポリシーなどにより、ロールのポリシーより広く許可または拒否されることがあります。",
    "CircleCI のユーザーが実際に誰か。ユーザーは CircleCI のユーザー ID で識別しています。アカウントを乗っ取った人は、同じアクセス権を得ます。",
    "誰がブランチを変更できるか。ブランチ保護、承認、リポジトリの権限は調べていません。",
    "コミットの作成者と日付。git に記録されたとおりに示しています。git は作成者を検証しません。",
    "セッション。アクセスの終了前に発行された認証情報は、セッションの期限まで有効です。",
  ],
} as const;

/** What the accounts have for CircleCI that access.yaml does not declare. */
export function outsideSection({ outside, accounts }: AccessReport, language: Language): Html {
  const words = WORDS[language];
  return section(
    { id: "outside", title: words.outside },
    outside === undefined
      ? html`<p>${words.notAsked}</p>\n`
      : outside.map((one) =>
          outsideAccount(one, accounts.find(({ key }) => key === one.account)?.id, language),
        ),
  );
}

function outsideAccount(
  { account, roles, providers, refused }: OutsideAccount,
  id: string | undefined,
  language: Language,
): Html {
  const words = WORDS[language];
  const named = id === undefined ? account : `${account} (${id})`;
  if (roles.length + providers.length === 0)
    return html`<p>${oneLine(refused.length === 0 ? words.nothing(named) : words.nothingSeen(named))}</p>\n`;
  return html`<h3>${oneLine(named)}</h3>
${roles.map(({ name, arn, accepted, hasMore, permissions }) =>
  details({ isOpen: true, kind: "role", summary: html`<h4>${foreign(name)}</h4>` }, [
    html`<p class="small soft">${foreign(arn)}</p>\n`,
    ...(accepted === undefined
      ? [html`<p>${words.unread}</p>\n`]
      : acceptedHtml(accepted, hasMore, language)),
    ...(permissions === undefined ? [] : permissionsHtml(permissions, language)),
  ]),
)}${providers.length === 0 ? "" : list(providers.map(({ arn, url }) => html`${words.provider} ${foreign(url)} (${foreign(arn)})`))}`;
}

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
              cells: [html`${oneLine(region)}`, html`${first}`, html`${last}`, html`${count}`],
            })),
          ),
        ]),
  ]);
}

export function limitsSection(language: Language): Html {
  return section(
    { id: "limits", title: WORDS[language].limits },
    list(LIMITS[language].map((text) => html`${text}`)),
  );
}
