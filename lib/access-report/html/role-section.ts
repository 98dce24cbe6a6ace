import { groupBy } from "../../collections/group-by";
import type { Language } from "../../describe/language";
import { describeEveryone } from "../../describe/people";
import { plainText } from "../../describe/phrase";
import { type Html, html } from "../../html/html";
import type { AccessReport, ReportRole } from "../model/report";
import { riskOf } from "./facts";
import { anchor, details, factList, foreign, riskBadge, section } from "./parts";
import { permissionsHtml } from "./permissions";
import { sinceHtml } from "./since";
import { whoHtml } from "./who-table";

const WORDS = {
  en: {
    title: "Roles",
    intro:
      "Each role: who may assume it and from where, what it may do, and since when. A session that was opened before access ended lasts until its own end, at most the maximum session.",
    iam: "Role in AWS",
    inAccount: (arn: Html, key: Html) => html`${arn} in account ${key}`,
    repository: "Repository",
    session: "Maximum session",
    since: "In the file since",
    trust: "Trust policy",
    written: "written from access.yaml; every synth proves that it accepts exactly these tokens",
    fileProven: "unchanged from a file; every synth proves that it accepts exactly these tokens:",
    handWritten: (file: Html) =>
      html`hand-written, not proven; whom it accepts was found by examining the file (${file})`,
    runs: { plan: "runs Terraform plans", apply: "applies Terraform", watch: "watches the account" },
    purpose: "Purpose",
    people: (count: number) => `${count} ${count === 1 ? "person" : "people"}`,
  },
  ja: {
    title: "ロール",
    intro:
      "ロールごとに、誰がどこから引き受けられるか、何ができるか、いつからかを示します。アクセスの終了前に開始したセッションは、最大セッション時間を上限に、そのセッションの期限まで有効です。",
    iam: "AWS のロール",
    inAccount: (arn: Html, key: Html) => html`${arn}（アカウント ${key}）`,
    repository: "リポジトリ",
    session: "最大セッション時間",
    since: "ファイルへの追加",
    trust: "信頼ポリシー",
    written: "access.yaml から生成。このとおりのトークンだけを受け入れることを synth のたびに証明",
    fileProven: "ファイルをそのまま使用。このとおりのトークンだけを受け入れることを synth のたびに証明:",
    handWritten: (file: Html) =>
      html`手書き（証明なし）。受け入れる相手はファイル ${file} を解析した結果です`,
    runs: { plan: "Terraform の plan を実行", apply: "Terraform の apply を実行", watch: "アカウントを監視" },
    purpose: "用途",
    people: (count: number) => `${count} 人`,
  },
} as const;

/** With more roles than these, each is folded until the reader opens it. */
const MOST_OPEN = 24;

/** Each role, by project. */
export function rolesSection(report: AccessReport, language: Language): Html {
  const words = WORDS[language];
  const isOpen = report.roles.length <= MOST_OPEN;
  const projects = [...groupBy(report.roles, ({ project }) => project)];
  return section({ id: "roles", title: words.title }, [
    html`<p>${words.intro}</p>\n`,
    ...projects.map(
      ([project, roles]) => html`<h3>${foreign(project)}</h3>
${roles.map((role) => roleHtml(role, { report, language, isOpen }))}`,
    ),
  ]);
}

interface Context {
  readonly report: AccessReport;
  readonly language: Language;
  readonly isOpen: boolean;
}

function roleHtml(role: ReportRole, { report, language, isOpen }: Context): Html {
  const words = WORDS[language];
  const { key, who, arn, account, sessionSeconds, terraform } = role;
  const purpose = terraform === undefined ? undefined : html`${words.runs[terraform]}`;
  return details(
    {
      id: anchor("role", key),
      kind: "role",
      isOpen,
      summary: html`<h4>${foreign(key)}</h4> ${riskBadge(riskOf(role), language)} <span class="soft">${shortWho(role, language)}</span>`,
    },
    [
      ...whoHtml(role, report, language),
      ...permissionsHtml(role.permissions, language),
      factList([
        [words.trust, trustHtml(role, language)],
        [words.repository, who.kind === "grant" ? foreign(who.grant.repository) : undefined],
        [words.purpose, purpose],
        [words.session, html`${duration(sessionSeconds, language)}`],
        [words.iam, words.inAccount(foreign(arn), foreign(account))],
        [words.since, inLine(sinceHtml(role.since, language))],
      ]),
    ],
  );
}

function inLine(one: Html): Html {
  return html`<span class="line">${one}</span>`;
}

function trustHtml({ who }: ReportRole, language: Language): Html {
  const words = WORDS[language];
  if (who.kind === "hand-written") return words.handWritten(foreign(who.file));
  return who.file === undefined ? html`${words.written}` : html`${words.fileProven} ${foreign(who.file)}`;
}

function shortWho({ access }: ReportRole, language: Language): string {
  if (access.some(({ who }) => who.kind === "everyone-else"))
    return plainText(describeEveryone({}, language));
  return WORDS[language].people(
    new Set(access.map(({ who }) => (who.kind === "person" ? who.name : ""))).size,
  );
}

/** `1 hour`, `90 minutes`. */
function duration(seconds: number, language: Language): string {
  const minutes = seconds / 60;
  const [number, unit] = minutes % 60 === 0 ? [minutes / 60, "hour"] : [minutes, "minute"];
  if (language === "ja") return `${number} ${unit === "hour" ? "時間" : "分"}`;
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
