import { describeGrant } from "../../describe/grant";
import type { Language } from "../../describe/language";
import { describeNames } from "../../describe/people";
import { describePermissionRisk } from "../../describe/risk";
import { type Html, html } from "../../html/html";
import type { AccessReport, ReportRole } from "../model/report";
import { type ReportFacts, riskOf } from "./facts";
import { noticesOf } from "./notices";
import { anchor, foreign, list, phraseHtml, riskBadge } from "./parts";

const WORDS = {
  en: {
    everyone: "Everyone who can start a pipeline can administer an AWS account",
    some: (count: number, of: number) => `${count} of ${of} people can administer an AWS account`,
    none: (of: number) =>
      of === 1
        ? "The one person of access.yaml cannot administer an AWS account"
        : `None of ${of} people can administer an AWS account`,
    unknown: (count: number) => `${count} ${count === 1 ? "role" : "roles"} undetermined`,
    unmanaged: (count: number) =>
      count === 1 ? "1 unmanaged role is an administrator" : `${count} unmanaged roles are administrators`,
    besides: (rest: readonly string[]) => `; ${rest.join(", ")}`,
    figures: {
      named: "people with access by name",
      of: (count: number) => `of ${count}`,
      administrators: "people who can administer an account",
      roles: "roles",
      open: "roles open to everyone who can start a pipeline",
      ending: "people whose access ends within 14 days",
    },
    serious: "Most serious",
    more: (count: number) => `${count} more ${count === 1 ? "role has" : "roles have"} a risk class`,
    notice: "To look at",
    atPresent: "no person at present",
    everyoneName: "everyone",
  },
  ja: {
    everyone: "パイプラインを開始できる全員が AWS アカウントを管理できます",
    some: (count: number, of: number) => `${of} 人中 ${count} 人が AWS アカウントを管理できます`,
    none: (of: number) => `${of} 人のうち、AWS アカウントを管理できるユーザーはいません`,
    unknown: (count: number) => `${count} 件のロールは判定不能`,
    unmanaged: (count: number) => `管理外のロール ${count} 件が管理者権限`,
    besides: (rest: readonly string[]) => `（${rest.join("、")}）`,
    figures: {
      named: "名前で許可されたユーザー",
      of: (count: number) => `/ ${count}`,
      administrators: "アカウントを管理できるユーザー",
      roles: "ロール",
      open: "パイプラインを開始できる全員に開かれたロール",
      ending: "14 日以内にアクセスが終わるユーザー",
    },
    serious: "重大なもの",
    more: (count: number) => `ほかに ${count} 件のロールがリスクに該当`,
    notice: "確認が必要なもの",
    atPresent: "現在は該当者なし",
    everyoneName: "全員",
  },
} as const;

/** So many roles are named; the rest is counted. */
const SHOWN = 6;

/** The most important fact, in one sentence. */
export function headline({ people }: AccessReport, facts: ReportFacts, language: Language): string {
  const words = WORDS[language];
  const { administrators, everyoneAdministers, undetermined, unmanaged } = facts;
  const rest = [
    ...(undetermined.length === 0 ? [] : [words.unknown(undetermined.length)]),
    ...(unmanaged.length === 0 ? [] : [words.unmanaged(unmanaged.length)]),
  ];
  const fact = everyoneAdministers
    ? words.everyone
    : administrators.length > 0
      ? words.some(administrators.length, people.length)
      : words.none(people.length);
  return rest.length === 0 ? fact : `${fact}${words.besides(rest)}`;
}

/** Figures, the most serious roles, and what needs a look. */
export function summaryHtml(report: AccessReport, facts: ReportFacts, language: Language): readonly Html[] {
  const words = WORDS[language];
  const notices = noticesOf(report, facts, language);
  const shown = facts.serious.slice(0, SHOWN);
  const left = facts.serious.length - shown.length;
  return [
    figuresHtml(report, facts, language),
    ...(shown.length === 0
      ? []
      : [
          html`<h2 id="serious">${words.serious}</h2>\n`,
          list([
            ...shown.map((role) => seriousHtml(role, language)),
            ...(left > 0 ? [html`<a href="#roles">${words.more(left)}</a>`] : []),
          ]),
        ]),
    ...(notices.length === 0 ? [] : [html`<h2 id="notice">${words.notice}</h2>\n`, list(notices)]),
  ];
}

function figuresHtml({ people, roles }: AccessReport, facts: ReportFacts, language: Language): Html {
  const { figures } = WORDS[language];
  const ending = new Set(facts.ending.map(({ who }) => (who.kind === "person" ? who.name : "")));
  const shown: readonly (readonly [term: string, value: string])[] = [
    [figures.administrators, `${facts.administrators.length} ${figures.of(people.length)}`],
    [figures.named, `${facts.named.length} ${figures.of(people.length)}`],
    [figures.roles, String(roles.length)],
    [figures.open, String(facts.openRoles.length)],
    [figures.ending, String(ending.size)],
  ];
  return html`<dl class="figures">${shown.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
`;
}

function seriousHtml(role: ReportRole, language: Language): Html {
  const [risk] = role.permissions.risks;
  const extent =
    risk === undefined
      ? ""
      : html`${language === "ja" ? "。" : ": "}${phraseHtml(describePermissionRisk(risk, language))}`;
  return html`${riskBadge(riskOf(role), language)} <a href="#${anchor("role", role.key)}">${foreign(role.key)}</a>: ${whoWords(role, language)}${extent}`;
}

function whoWords({ who, access }: ReportRole, language: Language): readonly Html[] {
  const inForce = access.filter(({ state }) => state === "in-force");
  const names = [...new Set(inForce.flatMap((one) => (one.who.kind === "person" ? [one.who.name] : [])))];
  if (who.kind === "grant" && who.grant.people.kind === "listed") {
    // Those whose access has ended or not begun are no risk now: the role's own table has them.
    const members = who.grant.people.members.filter(({ name }) => names.includes(name));
    if (members.length === 0) return [html`${WORDS[language].atPresent}`];
    return phraseHtml(describeGrant({ ...who.grant, people: { kind: "listed", members } }, language));
  }
  if (who.kind === "grant") return phraseHtml(describeGrant(who.grant, language));
  const isOpen = access.some((one) => one.who.kind === "everyone-else");
  return isOpen ? [html`${WORDS[language].everyoneName}`] : phraseHtml(describeNames(names, language));
}
