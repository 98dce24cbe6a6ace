import type { Language } from "../../describe/language";
import { type Html, html } from "../../html/html";
import type { AccessReport } from "../model/report";
import { type NotExamined, notExaminedIn } from "../print/not-examined";
import { foreign, joined, list, phraseHtml, section } from "./parts";

const TITLE = { en: "Not examined", ja: "調べていないもの" } as const;

/** What the page does not answer: only the rest may be relied on. */
export function notExaminedSection(report: AccessReport, language: Language): Html {
  const items = notExaminedIn(report).map((one) =>
    language === "en" ? html`${phraseHtml(one.phrase)}` : inJapanese(one, report),
  );
  return section({ id: "not-examined", title: TITLE[language] }, list(items));
}

function inJapanese({ what, names }: NotExamined, { history }: AccessReport): Html {
  const words = history.kind === "not-examined" && what === "history" ? NO_HISTORY[history.why] : WORDS[what];
  return html`${words}${names.length === 0 ? "" : html`: ${joined(names.map(foreign), "ja")}`}`;
}

const NO_HISTORY = {
  "no-repository": "いつからか（access.yaml が git リポジトリにありません）",
  "no-commit": "いつからか（リポジトリにコミットがありません）",
  "no-git": "いつからか（git を起動できません）",
} as const;

const WORDS: Readonly<Record<NotExamined["what"], string>> = {
  history: "いつからか",
  "shallow-history": "shallow clone に含まれない古いコミット（git fetch --unshallow で取得できます）",
  "unreadable-version": "次のコミットの access.yaml を読めないため、それ以前にいつからか",
  "not-committed": "コミットと異なる次のファイルが、このままデプロイされるかどうか",
  "unknown-policies": "内容が不明な管理ポリシーが許可するもの。次のロールにあります",
  "hand-written-periods": "手書きの信頼ポリシーにある日時などの条件。次のロールにあります",
  "last-used": "最後に使われた日（CloudTrail の記録を読み込んでいません）",
  records: "読み取れなかった CloudTrail の記録",
  outside:
    "access.yaml 以外に次のアカウントにあるもの、およびロールがファイルどおりかどうか（AWS に問い合わせていません）",
  "refused-calls": "AWS に呼び出しを拒否された、次のアカウントの一部",
  "other-policies":
    "リソースと組織のポリシー（バケットポリシー、キーポリシー、SCP など）。さらに許可または拒否することがあります",
  sessions: "アクセスの終了前に開始されたセッション。それぞれの期限まで有効です",
};
