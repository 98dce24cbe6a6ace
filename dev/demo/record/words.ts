import type { InEachLanguage } from "../../../lib/describe/language";

const words = (en: string, ja: string): InEachLanguage => ({ en, ja });

/** The moments at which a grant of two hours is tried. */
export const WHEN = {
  before: words("without the entry", "エントリーの追加前"),
  open: words("with the entry", "エントリーの追加後"),
  "last-seconds": words("ten seconds before its end", "終了の 10 秒前"),
  ended: words("at its end", "終了時刻"),
} as const;

export const WORDS = {
  title: words("Who may deploy", "デプロイできるのは誰か"),
  intro: words(
    "Recorded on a local CircleCI and a local AWS: people pushed, CircleCI issued a signed token for each job, and AWS evaluated it against the role's trust policy. No long-lived credentials are stored anywhere.",
    "ローカルの CircleCI と AWS で実行した記録です。push のたびに CircleCI がジョブごとの署名付きトークンを発行し、AWS がロールの信頼ポリシーに照らして許可または拒否します。長期的な認証情報はどこにも保存していません。",
  ),
  recorded: words("Recorded", "記録日時"),
  from: words("from", "入力ファイル"),
  runs: words("Pushes", "push と実行結果"),
  who: words("Who", "実行者"),
  job: words("Job", "ジョブ"),
  token: words("Token claims", "トークンのクレーム"),
  trust: words("Trust policy", "信頼ポリシー"),
  role: words("Role", "ロール"),
  bucket: words("Bucket", "バケット"),
  noBucket: words("none", "なし"),
  organization: words("organization", "組織"),
  project: words("project", "プロジェクト"),
  user: words("user", "ユーザー"),
  origin: words("origin", "リポジトリ"),
  ref: words("ref", "ref"),
  audience: words("audience", "オーディエンス"),
  noRef: words("not in the token", "なし"),
  asked: words("requires", "条件の値"),
  found: words("token has", "トークンの値"),
  why: words("Reason", "理由"),
  aws: words("AWS response", "AWS の応答"),
  v1: words(
    "The job's V1 token, CIRCLE_OIDC_TOKEN, which names no repository",
    "ジョブの V1 トークン CIRCLE_OIDC_TOKEN（リポジトリを含まない）",
  ),
  contents: words("Bucket contents", "バケットの内容"),
  object: words("Object", "オブジェクト"),
  bytes: words("Bytes", "サイズ（バイト）"),
  says: words("Text", "本文"),
  empty: words("empty", "空"),
  used: words("Access that was used, and no more", "使用実績に合わせた権限の縮小"),
  usedIntro: words(
    "The list of this role names one more person, who never used it, and the role has a statement for every bucket. oidc usage reads the CloudTrail records of this demo, and suggests what was used; the suggestion is proven narrower. Not used by:",
    "このロールには、一度も使わなかった人と、すべてのバケットを対象とするステートメントが追加されています。oidc usage がこのデモの CloudTrail レコードを読み、実際に使われた範囲を提案します。提案は、権限が狭くなることが証明済みです。使わなかった人：",
  ),
  before: words("Before", "変更前"),
  narrowed: words("Narrowed", "縮小後"),
  call: words("The job's call to S3", "ジョブの S3 呼び出し"),
  forged: words("Forged tokens", "偽造トークン"),
  shown: words("Token sent to AWS", "AWS に送信したトークン"),
  pin: words("A branch name that bypasses a branch pin", "ブランチの制限を回避するブランチ名"),
  pinIntro: words(
    "The trust policy in CircleCI's documentation compares the end of the subject, and its wildcards match any characters. It also allows a branch with this name:",
    "CircleCI のドキュメントに載っている信頼ポリシーは、サブジェクトの末尾を比較し、ワイルドカードは任意の文字列に一致します。そのため、次の名前のブランチも許可されます。",
  ),
  pushed: words("Push", "push したブランチ"),
  documented: words("CircleCI's documented policy", "CircleCI のドキュメントのポリシー"),
  unpinned: words(
    "No role in the file is restricted to branches.",
    "ブランチを限定しているロールはありません。",
  ),
  breakGlass: words("Access for two hours", "2 時間だけのアクセス許可"),
  breakGlassIntro: words(
    "An entry with an end lets this person assume the role. The end is part of the trust policy. The clock of the local AWS is set to each moment:",
    "終了時刻付きのエントリーにより、次の人がロールを引き受けられます。終了時刻は信頼ポリシーに書かれています。ローカル AWS の時計を各時刻に合わせて確認しました。",
  ),
  clock: words("Clock (UTC)", "時計（UTC）"),
  leftOut: words("Not shown", "この記録に含まれないもの"),
  allowed: words("allowed", "許可"),
  denied: words("denied", "拒否"),
  unintended: words("allowed (unintended)", "許可（意図しない）"),
} as const;
