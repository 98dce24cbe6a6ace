import type { InEachLanguage, Language } from "../../describe/language";
import { listPhrases } from "../../describe/list";
import { type Phrase, quoted } from "../../describe/phrase";
import type { AccessReport } from "./report";

/** What the report does not answer, and why: only what was examined may be relied on. */
export interface NotExamined {
  /** For programs. */
  readonly what:
    | "history"
    | "shallow-history"
    | "not-committed"
    | "unknown-policies"
    | "hand-written-periods"
    | "last-used"
    | "records"
    | "outside"
    | "refused-calls"
    | "other-policies"
    | "sessions";
  readonly phrase: Phrase;
}

/** Everything that was not examined, in a fixed order; the last two hold for every report. */
export function notExaminedIn(report: AccessReport, language: Language = "en"): readonly NotExamined[] {
  const { history, roles, usage, outside } = report;
  const say = (
    what: NotExamined["what"],
    words: InEachLanguage,
    names: readonly string[] = [],
  ): NotExamined => ({
    what,
    phrase: [words[language], ...(names.length === 0 ? [] : [": ", ...list(names, language)])],
  });
  const unknown = roles.filter(({ permissions }) => permissions.unknown.length > 0).map(({ key }) => key);
  const handWritten = roles.filter(({ who }) => who.kind === "hand-written").map(({ key }) => key);
  const refused = (outside ?? []).filter((one) => one.refused.length > 0).map(({ account }) => account);
  return [
    ...(history.kind === "not-examined" ? [say("history", NO_HISTORY[history.why])] : []),
    ...(history.kind === "examined" && history.isShallow ? [say("shallow-history", WORDS.shallow)] : []),
    ...(history.kind === "examined" && history.notCommitted.length > 0
      ? [say("not-committed", WORDS.notCommitted, history.notCommitted)]
      : []),
    ...(unknown.length === 0 ? [] : [say("unknown-policies", WORDS.unknown, unknown)]),
    ...(handWritten.length === 0 ? [] : [say("hand-written-periods", WORDS.handWritten, handWritten)]),
    ...(usage === undefined ? [say("last-used", WORDS.lastUsed)] : []),
    ...((usage?.notRead.length ?? 0) > 0 ? [say("records", WORDS.records, usage?.notRead)] : []),
    ...(outside === undefined ? [say("outside", WORDS.outside)] : []),
    ...(refused.length === 0 ? [] : [say("refused-calls", WORDS.refused, refused)]),
    say("other-policies", WORDS.otherPolicies),
    say("sessions", WORDS.sessions),
  ];
}

function list(names: readonly string[], language: Language): Phrase {
  return listPhrases(
    names.map((name) => [quoted(name)]),
    { language, most: 8 },
  );
}

const NO_HISTORY = {
  "no-repository": {
    en: "Since when: access.yaml is not in a git repository",
    ja: "開始日: access.yaml が git リポジトリにありません",
  },
  "no-commit": {
    en: "Since when: the repository has no commit",
    ja: "開始日: リポジトリにコミットがありません",
  },
  "no-git": { en: "Since when: git cannot be started", ja: "開始日: git を起動できません" },
} as const satisfies Readonly<Record<string, InEachLanguage>>;

const WORDS = {
  shallow: {
    en: "Commits before the beginning of the shallow history (git fetch --unshallow)",
    ja: "shallow clone の履歴より前のコミット（git fetch --unshallow）",
  },
  notCommitted: {
    en: "Whether these files are ever deployed as they are: they differ from the commit",
    ja: "コミットと異なるファイルが、このままデプロイされるかどうか",
  },
  unknown: {
    en: "Managed policies with unknown contents, which may allow more, of these roles",
    ja: "内容が不明な管理ポリシー（さらに許可する可能性あり）を持つロール",
  },
  handWritten: {
    en: "Times and other conditions in hand-written trust policies of these roles",
    ja: "手書きの信頼ポリシーにある日時などの条件（対象ロール）",
  },
  lastUsed: {
    en: "When access was last used: no CloudTrail records were read",
    ja: "最終利用: CloudTrail の記録を読んでいません",
  },
  records: {
    en: "CloudTrail records that could not be read",
    ja: "読めなかった CloudTrail の記録",
  },
  outside: {
    en: "What the accounts have besides this file, and whether their roles are as the file says: AWS was not asked",
    ja: "このファイル以外にアカウントにあるもの、およびロールがファイルどおりか: AWS に問い合わせていません",
  },
  refused: {
    en: "Parts of these accounts: AWS refused calls",
    ja: "AWS が呼び出しを拒否したアカウントの一部",
  },
  otherPolicies: {
    en: "Policies of resources and organizations (bucket policies, key policies, SCPs), which can allow or deny more",
    ja: "リソースや組織のポリシー（バケットポリシー、キーポリシー、SCP など）。許可や拒否が変わる可能性があります",
  },
  sessions: {
    en: "Sessions that were opened before an access ended: they last until their own end",
    ja: "アクセスの終了前に開始されたセッション（それぞれの期限まで有効）",
  },
} as const satisfies Readonly<Record<string, InEachLanguage>>;
