import type { InEachLanguage } from "../../../lib/describe/language";
import type { Phrase } from "../../../lib/describe/phrase";
import { refText } from "../../../lib/describe/ref";
import type { Answer } from "../../../lib/explain/answer";
import { describeDecision } from "../../../lib/explain/why";
import { fullRef } from "../../../lib/token/ref";
import type { Forgery } from "../../sandbox/circleci/forgeries";
import type { Scenario } from "../replay/scenarios";
import { OUTSIDER } from "../tokens/examples";

/** A person by name; the outside contributor, who has none, in each language. */
export function personIn(name: string): InEachLanguage {
  return { en: name, ja: name === OUTSIDER.name ? "外部のコントリビューター" : name };
}

export function titleOf(scenario: Scenario): InEachLanguage {
  const { kind, title, person, ref, project, projectName } = scenario;
  const who = personIn(person.name).ja;
  const what = refText(fullRef(ref), "ja");
  const push =
    ref.kind === "tag"
      ? `${who} が ${project.key} に${what} を push`
      : `${who} が ${project.key} の ${what} に push`;
  const ja = {
    push,
    edited: `${push}（設定からフィルターを削除）`,
    fork: `${who}が ${project.key} のフォークからプルリクエストを作成`,
    elsewhere: `${who} が${projectName === "another project" ? "別のプロジェクト" : ` ${projectName} `}で同じジョブを実行`,
  };
  return { en: title, ja: ja[kind] };
}

/** The reason of an answer. A policy that is not from access.yaml has one in English alone. */
export function reasonIn(
  answer: Answer,
  project: Scenario["project"],
  jobName: string,
): { readonly en: Phrase; readonly ja: Phrase } {
  const role = project.roles.find(({ key }) => key === jobName);
  if (role === undefined || answer.against === undefined) return { en: [answer.reason], ja: [answer.reason] };
  const own = { project, role, grant: role.grant };
  const decision = (language: "en" | "ja"): Phrase =>
    describeDecision(own, answer.claims, answer.person, language);
  return { en: decision("en"), ja: decision("ja") };
}

const FORGERIES_JA: Readonly<Record<string, string>> = {
  expired: "1 時間前に有効期限が切れた正規のトークン",
  "not-yet-valid": "1 時間後に有効になるトークン",
  "wrong-issuer": "別の組織の CircleCI が発行し、サブジェクトがこちらのプロジェクトを指すトークン",
  "wrong-audience": "AWS 以外を宛先とする正規のトークン",
  "unknown-key": "CircleCI が公開していない鍵で署名したトークン",
  "borrowed-key-id": "公開されていない鍵で署名し、公開されている鍵の ID を付けたトークン",
  "key-of-another-issuer": "この組織を発行者とし、別の組織の鍵で署名したトークン",
  "alg-none": "アルゴリズムを none とした署名のないトークン",
  "hs256-public-key": "公開鍵を共有鍵として HS256 で署名したトークン",
  tampered: "他人の正規のトークンのユーザーを書き換えたもの",
  oversized: "20,000 文字を超えるトークン",
};

export function forgeryIn({ name, title }: Pick<Forgery, "name" | "title">): InEachLanguage {
  return { en: title, ja: FORGERIES_JA[name] ?? title };
}
