import type { Answer } from "../../../lib/explain/answer";
import type { ObjectionKind } from "../../../lib/explain/why";
import { parseSubject } from "../../../lib/token/parse-subject";
import type { Forgery } from "../../sandbox/circleci/forgeries";
import { type Scenario, STRANGER } from "../replay/scenarios";
import { type Bilingual, joined } from "./bilingual";

/** Who is in no file has a name in each language. */
export function personIn(name: string): Bilingual {
  return { en: name, ja: name === STRANGER.name ? "見知らぬ人" : name };
}

export function titleOf({ kind, title, person, ref, project, projectName }: Scenario): Bilingual {
  const who = personIn(person.name).ja;
  const ja = {
    push: `${who} が ${project.key} の ${ref.name} に push`,
    edited: `${who} が ${project.key} の ${ref.name} に push（設定からフィルターを外して）`,
    fork: `${who} がフォークから ${project.key} にプルリクエスト`,
    elsewhere: `${who} が ${projectName === "another project" ? "別のプロジェクト" : projectName} で同じジョブを実行`,
  };
  return { en: title, ja: ja[kind] };
}

/** `explain`'s reason; in Japanese from what it is against. */
export function reasonIn(answer: Answer, project: Scenario["project"], jobName: string): Bilingual {
  const role = project.roles.find(({ key }) => key === jobName);
  if (role === undefined || answer.against === undefined) return { en: answer.reason, ja: answer.reason };
  const subject = parseSubject(answer.claims.sub ?? "");
  const source = subject?.kind === "job" ? subject.source : undefined;
  const { people, refs } = role.grant;
  if (answer.against.length === 0) {
    const who = people.kind === "everyone" ? "全員" : answer.person;
    if (source === undefined)
      return {
        en: answer.reason,
        ja: `${who} に、リポジトリの記載がないトークンでも許可されています（プロジェクトがフォークに秘密情報を渡す設定なら、どのリポジトリのコードでも入れます）`,
      };
    const where = refs.kind === "any" ? "どの ref からでも" : `${source.ref} から`;
    return { en: answer.reason, ja: `${who} に ${where}許可されています` };
  }
  const members = people.kind === "everyone" ? "" : people.members.map(({ name }) => name).join(", ");
  const ja: Readonly<Record<ObjectionKind, string>> = {
    issuer: "トークンの発行者がこの組織ではありません",
    subject: "サブジェクトがジョブのものではありません",
    "audit-logs": "監査ログに署名するためのトークンです",
    organization: "サブジェクトが別の組織のものです",
    project: `${project.key} とは別のプロジェクトのジョブです`,
    person: `${personIn(answer.person ?? "").ja} は ${project.key}/${jobName} を許された人（${members}）ではありません`,
    "no-ref": "トークンにブランチが書かれていません",
    "no-origin": `トークンにリポジトリが書かれていません（V1 またはカスタム Webhook）。このロールは ${project.repository} を求めます`,
    origin: `コードの取得元が ${source?.origin} で、${project.repository} ではありません`,
    ref: `${source?.ref} は許された ref ではありません`,
    audience: "オーディエンスが違います",
  };
  return { en: answer.reason, ja: joined(answer.against.map((kind) => ({ en: "", ja: ja[kind] }))).ja };
}

const FORGERIES_JA: Readonly<Record<string, string>> = {
  expired: "有効期限を 1 時間過ぎた正規のトークン",
  "not-yet-valid": "1 時間後に有効になるトークン",
  "wrong-issuer": "別の組織の CircleCI トークンで、こちらのプロジェクトを名乗るもの",
  "wrong-audience": "AWS 以外に宛てた正規のトークン",
  "unknown-key": "CircleCI が公開していない鍵で署名したトークン",
  "borrowed-key-id": "同じく、公開されている鍵の ID を名乗るもの",
  "key-of-another-issuer": "この組織を名乗り、別の組織の鍵で署名したトークン",
  "alg-none": "署名は不要だと自称する、署名のないトークン",
  "hs256-public-key": "公開鍵をパスワードとして署名したトークン",
  tampered: "他人の正規のトークンのユーザーを書き換えたもの",
  oversized: "20,000 文字を超えるトークン",
};

export function forgeryIn({ name, title }: Pick<Forgery, "name" | "title">): Bilingual {
  return { en: title, ja: FORGERIES_JA[name] ?? title };
}
