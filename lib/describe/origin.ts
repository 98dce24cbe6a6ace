import type { InEachLanguage, Language } from "./language";
import { type Phrase, quoted } from "./phrase";

/** A token that names no repository and no ref, such as V1 and those of custom webhooks. */
export const WITHOUT_ORIGIN = {
  en: "a token that names no repository",
  ja: "リポジトリを含まないトークン",
} as const satisfies InEachLanguage;

/** Which tokens these are. */
export const WHICH_ARE_WITHOUT_ORIGIN = {
  en: "V1 token or custom webhook",
  ja: "V1 トークンまたはカスタム Webhook",
} as const satisfies InEachLanguage;

/** What it means to accept such tokens (CircleCI docs, "OIDC tokens in jobs"). */
export const RISK_OF_NO_ORIGIN = {
  en: "code from any repository, if the project passes secrets to forked pull requests",
  ja: "フォークからのプルリクエストに秘密情報を渡す設定のプロジェクトでは、どのリポジトリのコードでも使えます",
} as const satisfies InEachLanguage;

/**
 * The repository that a job's code comes from.
 * @param own the project's; undefined: it is not known
 */
export function describeOrigin(origin: string, own?: string, language: Language = "en"): Phrase {
  if (own === undefined || origin === own) return [quoted(origin)];
  return language === "en" ? ["another repository, ", quoted(origin)] : ["別のリポジトリ ", quoted(origin)];
}

/**
 * Every repository but those that are named beside it.
 * @param hasOwn whether the project's own is known, so that others may be forks of it
 * @param example one of them. Undefined: all are meant
 */
export function describeOtherOrigins(hasOwn: boolean, example?: string, language: Language = "en"): Phrase {
  const words = OTHERS[hasOwn ? "own" : "none"][language];
  if (example === undefined) return [words];
  return language === "en"
    ? [`${words}, such as `, quoted(example)]
    : [`${words}（例: `, quoted(example), "）"];
}

const OTHERS = {
  own: { en: "a fork or any other repository", ja: "フォークやほかのリポジトリ" },
  none: { en: "any repository", ja: "すべてのリポジトリ" },
} as const satisfies Readonly<Record<string, InEachLanguage>>;
