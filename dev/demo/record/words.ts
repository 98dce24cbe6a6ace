import type { PipelineJob } from "../../sandbox/runner/run-pipeline";
import { wordFor } from "../replay/words";
import type { Bilingual } from "./bilingual";

const words = (en: string, ja: string): Bilingual => ({ en, ja });

export const WORDS = {
  title: words("Who may deploy", "誰がデプロイできるか"),
  intro: words(
    "What happened on a local CircleCI and a local AWS: people pushed, CircleCI signed a token for each job, and AWS decided by it. No secret is stored anywhere.",
    "手元の CircleCI と AWS で起きたことの記録です。誰かが push すると、CircleCI がジョブごとにトークンに署名し、AWS はそれを見て判断します。保存された秘密情報はどこにもありません。",
  ),
  recorded: words("Recorded", "記録日時"),
  from: words("from", "入力"),
  runs: words("Pushes", "push とその結果"),
  who: words("Who", "誰が"),
  job: words("Job", "ジョブ"),
  token: words("Token's claims", "トークンのクレーム"),
  trust: words("Trust policy", "信頼ポリシー"),
  role: words("Role", "ロール"),
  bucket: words("Bucket", "バケット"),
  noBucket: words("no bucket", "バケットなし"),
  organization: words("organization", "組織"),
  project: words("project", "プロジェクト"),
  user: words("user", "ユーザー"),
  origin: words("code from", "コードの取得元"),
  ref: words("ref", "ref"),
  audience: words("audience", "オーディエンス"),
  noRef: words("not said", "記載なし"),
  asked: words("asks for", "条件"),
  found: words("token has", "トークンの値"),
  why: words("Why", "理由"),
  aws: words("AWS", "AWS の応答"),
  v1: words(
    "The job's other token, CIRCLE_OIDC_TOKEN (V1), which names no repository",
    "ジョブのもう 1 つのトークン CIRCLE_OIDC_TOKEN（V1。リポジトリの記載なし）",
  ),
  contents: words("What lies in the buckets", "バケットの中身"),
  object: words("Object", "オブジェクト"),
  bytes: words("Bytes", "バイト数"),
  says: words("Says", "内容"),
  empty: words("nothing", "空"),
  forged: words("Forged tokens", "偽造トークン"),
  shown: words("Shown to AWS", "AWS に見せたトークン"),
  pin: words("A branch that walks through a pin", "ブランチ指定をすり抜けるブランチ"),
  pinIntro: words(
    "A pin as CircleCI documents it matches the end of the subject, and its asterisks match anything. Whoever names a branch like this gets in:",
    "CircleCI のドキュメントにある書き方は、サブジェクトの末尾だけを比べ、アスタリスクは何にでも一致します。次のような名前のブランチを作れば、誰でも入れます。",
  ),
  pushed: words("Pushed", "push したブランチ"),
  documented: words("As CircleCI documents it", "CircleCI のドキュメントの書き方"),
  unpinned: words("No role of the file is pinned to a branch.", "ブランチを指定したロールはありません。"),
  leftOut: words("Not shown", "ここに示していないもの"),
  allowed: words("allowed", "許可"),
  denied: words("denied", "拒否"),
  walked: words("gets in", "すり抜けた"),
} as const;

/** What a job's status means for access. */
export function statusIn(status: PipelineJob["status"]): Bilingual {
  const ja = {
    success: "許可",
    failed: "拒否",
    filtered: "開始されず（フィルター）",
    "not-run": "開始されず",
  } as const;
  return { en: wordFor(status), ja: ja[status] };
}
