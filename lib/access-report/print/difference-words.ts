import { groupBy } from "../../collections/group-by";
import type { Language } from "../../describe/language";
import { counted } from "../../describe/list";
import type { DifferentSubject, ReportChanges, ReportLive } from "../model/differences";

type Kind = DifferentSubject["kind"];
type Examined = ReportLive["examined"];

/** In one sentence, the fact first: 2 roles differ from access.yaml; 1 not examined. */
export function liveFact(live: ReportLive, language: Language = "en"): string {
  const words = WORDS[language];
  const { outcome, examined, rows, withoutEffect, notExamined } = live;
  switch (outcome) {
    case "differs": {
      const all = rows.flatMap(({ subjects }) => subjects);
      const parts = (["both", "account", "file"] as const).flatMap((place) => {
        const own = distinct(all.filter((one) => one.in === place));
        return own.length === 0 ? [] : [words[place](kindsOf(own, language), own.length)];
      });
      return `${parts.join(words.stop)}${words.left(notExamined.length)}`;
    }
    case "same-access":
      return `${words.sameAccess(withoutEffect.length)}${words.left(notExamined.length)}`;
    case "partial":
      return `${isNothing(examined) ? words.nothing : words.partial(examinedText(examined, language))}${words.left(notExamined.length)}`;
    case "as-declared":
      return words.asDeclared(examinedText(examined, language));
  }
}

/** 3 changes of access; no change of access. */
export function changesFact({ rows, byTime, notExamined }: ReportChanges, language: Language = "en"): string {
  const words = WORDS[language];
  const count = rows.length + byTime.length;
  if (count > 0) return `${words.changes(count)}${words.left(notExamined.length)}`;
  return notExamined.length === 0 ? words.noChange : `${words.noChangeSeen}${words.left(notExamined.length)}`;
}

function distinct(all: readonly DifferentSubject[]): readonly DifferentSubject[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function kindsOf(subjects: readonly DifferentSubject[], language: Language): string {
  const { kind: word, and } = WORDS[language];
  return [...groupBy(subjects, ({ kind }) => kind)].map(([kind, own]) => word(kind, own.length)).join(and);
}

function examinedText({ roles, otherRoles, providers, buckets }: Examined, language: Language): string {
  const { kind, comma } = WORDS[language];
  return [kind("role", roles + otherRoles), kind("provider", providers), kind("bucket", buckets)].join(comma);
}

function isNothing({ roles, otherRoles, providers, buckets }: Examined): boolean {
  return roles + otherRoles + providers + buckets === 0;
}

const NOUNS: Readonly<Record<Kind, Readonly<Record<Language, string>>>> = {
  role: { en: "role", ja: "ロール" },
  provider: { en: "OIDC provider", ja: "OIDC プロバイダー" },
  bucket: { en: "bucket", ja: "バケット" },
  resource: { en: "resource", ja: "リソース" },
};

const WORDS = {
  en: {
    comma: ", ",
    stop: ", ",
    and: " and ",
    kind: (kind: Kind, count: number) => counted(count, NOUNS[kind].en),
    both: (kinds: string, count: number) => `${kinds} ${count === 1 ? "differs" : "differ"} from access.yaml`,
    account: (kinds: string, count: number) => `${kinds} ${count === 1 ? "is" : "are"} not in access.yaml`,
    file: (kinds: string, count: number) =>
      `${kinds} of access.yaml ${count === 1 ? "is" : "are"} not in the account`,
    left: (count: number) => (count === 0 ? "" : `; ${count} not examined`),
    sameAccess: (count: number) =>
      `No difference in access; ${counted(count, "resource")} ${count === 1 ? "differs" : "differ"} in other settings`,
    partial: (examined: string) => `No difference in what could be read: ${examined}`,
    nothing: "Nothing of the account could be compared with access.yaml",
    asDeclared: (examined: string) => `The account is as access.yaml says: ${examined} examined`,
    changes: (count: number) => counted(count, "change of access", "changes of access"),
    noChange: "No change of access",
    noChangeSeen: "No change of access in what could be compared",
  },
  ja: {
    comma: "、",
    stop: "。",
    and: "、",
    kind: (kind: Kind, count: number) => `${NOUNS[kind].ja} ${count} 件`,
    both: (kinds: string, _: number) => `${kinds}が access.yaml と異なります`,
    account: (kinds: string, _: number) => `${kinds}は access.yaml にありません`,
    file: (kinds: string, _: number) => `access.yaml の${kinds}がアカウントにありません`,
    left: (count: number) => (count === 0 ? "" : `（未調査 ${count} 件）`),
    sameAccess: (count: number) =>
      `アクセス権に違いはありません。リソース ${count} 件は、アクセス権に影響しない設定が異なります`,
    partial: (examined: string) => `読み取れた範囲（${examined}）に違いはありません`,
    nothing: "アカウントを access.yaml と比較できませんでした",
    asDeclared: (examined: string) => `アカウントは access.yaml のとおりです（調査: ${examined}）`,
    changes: (count: number) => `アクセス権の変更 ${count} 件`,
    noChange: "アクセス権の変更はありません",
    noChangeSeen: "比較できた範囲に、アクセス権の変更はありません",
  },
} as const;
