import { groupBy } from "../../collections/group-by";
import type { Language } from "../../describe/language";
import { describeDistance, describeEnd } from "../../describe/moment";
import { type Html, html } from "../../html/html";
import type { ReportedAccess } from "../model/entry";
import type { AccessReport, ReportRole } from "../model/report";
import type { ReportFacts } from "./facts";
import { anchor, foreign, joined, riskBadge } from "./parts";

const WORDS = {
  en: {
    unmanaged: (badge: Html, role: Html) =>
      html`${badge} ${role}: for CircleCI, and <a href="#outside">not managed by this project</a>`,
    handWritten: "The trust policy is hand-written, and not proven:",
    unknownPolicies: "Policies with unknown contents:",
    withoutOrigin: "Tokens that name no repository are accepted, so code from any repository may run:",
    ends: (name: Html, role: Html, when: string, day: string) => html`${name} loses ${role} ${when} (${day})`,
    over: (name: Html, role: Html, day: string) =>
      html`The access of ${name} to ${role} ended on ${day}; its entry is still in the file`,
    everyoneName: "everyone",
  },
  ja: {
    unmanaged: (badge: Html, role: Html) =>
      html`${badge} ${role}: CircleCI 向けですが、<a href="#outside">このプロジェクトの管理外</a>です`,
    handWritten: "信頼ポリシーが手書きで、証明されていません:",
    unknownPolicies: "内容が不明なポリシーがあります:",
    withoutOrigin: "リポジトリを含まないトークンを受け入れるため、どのリポジトリのコードでも使えます:",
    ends: (name: Html, role: Html, when: string, day: string) =>
      html`${when}に ${name} の ${role} へのアクセスが終わります（${day}まで）`,
    over: (name: Html, role: Html, day: string) =>
      html`${name} の ${role} へのアクセスは終了済みです（${day}まで）。エントリーがファイルに残っています`,
    everyoneName: "全員",
  },
} as const;

/** What a reader should look at: what is not proven, not managed, or about to end. */
export function noticesOf(report: AccessReport, facts: ReportFacts, language: Language): readonly Html[] {
  const words = WORDS[language];
  const withRoles = (text: string, roles: readonly ReportRole[]): readonly Html[] =>
    roles.length === 0
      ? []
      : [
          html`${text} ${joined(
            roles.map(({ key }) => roleLink(key)),
            language,
          )}`,
        ];
  return [
    ...facts.unmanaged.map((name) => words.unmanaged(riskBadge("administrator", language), foreign(name))),
    ...withRoles(
      words.handWritten,
      report.roles.filter(({ who }) => who.kind === "hand-written"),
    ),
    ...withRoles(
      words.unknownPolicies,
      report.roles.filter(({ permissions }) => permissions.unknown.length > 0),
    ),
    ...withRoles(
      words.withoutOrigin,
      report.roles.filter(({ access }) => access.some(({ ref }) => ref.kind === "without-origin")),
    ),
    ...onceEach(facts.ending).map((one) => {
      const end = one.periods?.at(-1)?.end ?? "";
      return words.ends(
        nameOf(one, language),
        roleLink(one.role),
        describeDistance(end, report.at, language),
        describeEnd(end, language),
      );
    }),
    ...onceEach(facts.over).map((one) =>
      words.over(
        nameOf(one, language),
        roleLink(one.role),
        describeEnd(one.periods?.at(-1)?.end ?? "", language),
      ),
    ),
  ];
}

/** Access that differs in the ref alone, once. */
function onceEach(all: readonly ReportedAccess[]): readonly ReportedAccess[] {
  const groups = groupBy(all, ({ who, role, periods }) => JSON.stringify([who, role, periods]));
  return [...groups.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
}

function roleLink(key: string): Html {
  return html`<a href="#${anchor("role", key)}">${foreign(key)}</a>`;
}

function nameOf({ who }: ReportedAccess, language: Language): Html {
  return who.kind === "person" ? foreign(who.name) : html`${WORDS[language].everyoneName}`;
}
