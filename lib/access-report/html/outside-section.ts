import type { Language } from "../../describe/language";
import { type Html, html } from "../../html/html";
import type { AccessReport, OutsideAccount } from "../model/report";
import { details, foreign, list, section } from "./parts";
import { permissionsHtml } from "./permissions";
import { acceptedHtml } from "./who-table";

const WORDS = {
  en: {
    title: "Not managed by this project",
    notAsked: "Not examined: no account was asked what else it has for CircleCI.",
    nothing: (account: Html) => html`Account ${account} has no other role or provider for CircleCI.`,
    nothingSeen: (account: Html) =>
      html`Account ${account}: no other role or provider for CircleCI in what could be read.`,
    provider: "OIDC provider",
    unread: "Its trust policy could not be read.",
    refused: (call: Html, object: Html, code: Html) => html`AWS refused ${call} of ${object} (${code})`,
  },
  ja: {
    title: "このプロジェクトの管理外",
    notAsked: "未調査: CircleCI 向けのほかのロールがアカウントにあるかどうかは調べていません。",
    nothing: (account: Html) =>
      html`アカウント ${account} に、CircleCI 向けのほかのロールやプロバイダーはありません。`,
    nothingSeen: (account: Html) =>
      html`アカウント ${account}: 読み取れた範囲に、CircleCI 向けのほかのロールやプロバイダーはありません。`,
    provider: "OIDC プロバイダー",
    unread: "信頼ポリシーを読み取れませんでした。",
    refused: (call: Html, object: Html, code: Html) =>
      html`AWS が ${object} に対する ${call} を拒否しました（${code}）`,
  },
} as const;

/** What the accounts have for CircleCI that access.yaml does not declare. */
export function outsideSection({ outside, accounts }: AccessReport, language: Language): Html {
  const words = WORDS[language];
  if (outside === undefined)
    return section({ id: "outside", title: words.title }, html`<p>${words.notAsked}</p>\n`);
  return section(
    { id: "outside", title: words.title },
    outside.map((one) => {
      const id = accounts.find(({ key }) => key === one.account)?.id;
      const name = html`${foreign(one.account)}${id === undefined ? "" : ` (${id})`}`;
      return accountHtml(one, name, language);
    }),
  );
}

function accountHtml({ roles, providers, refused }: OutsideAccount, account: Html, language: Language): Html {
  const words = WORDS[language];
  const refusals = refused.map(({ call, object, code }) =>
    words.refused(foreign(call), foreign(object), foreign(code)),
  );
  const others = providers.map(({ arn, url }) => html`${words.provider} ${foreign(url)} (${foreign(arn)})`);
  const isEmpty = roles.length + providers.length === 0;
  const nothing = refused.length === 0 ? words.nothing(account) : words.nothingSeen(account);
  return html`${isEmpty ? html`<p>${nothing}</p>\n` : html`<h3>${account}</h3>\n`}${roles.map(
    ({ name, arn, accepted, hasMore, permissions }) =>
      details({ isOpen: true, kind: "role", summary: html`<h4>${foreign(name)}</h4>` }, [
        html`<p class="small soft">${foreign(arn)}</p>\n`,
        ...(accepted === undefined
          ? [html`<p>${words.unread}</p>\n`]
          : acceptedHtml(accepted, hasMore, language)),
        ...(permissions === undefined ? [] : permissionsHtml(permissions, language)),
      ]),
  )}${others.length + refusals.length === 0 ? "" : list([...others, ...refusals])}`;
}
