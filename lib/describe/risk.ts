import type { RiskClass } from "../iam/risk/classes";
import type { DataStoreName } from "../iam/risk/data-stores";
import type { EscalationPath } from "../iam/risk/escalation/escalation-path";
import type { PermissionRisk } from "../iam/risk/permission-risks";
import type { InEachLanguage, Language } from "./language";
import { counted, listPhrases } from "./list";
import { type Phrase, quoted } from "./phrase";

const CLASSES: Readonly<Record<RiskClass, InEachLanguage>> = {
  administrator: { en: "administrator", ja: "管理者権限" },
  "privilege-escalation": { en: "privilege escalation", ja: "権限昇格" },
  "external-access": { en: "external access", ja: "外部からのアクセス" },
  "all-data": { en: "all data of a service", ja: "サービスの全データ" },
  "data-destruction": { en: "data destruction", ja: "データの破壊" },
  undetermined: { en: "undetermined", ja: "判定不能" },
  "wider-trust": { en: "more people or refs", ja: "ユーザーまたは ref の追加" },
  "new-actions": { en: "new actions", ja: "アクションの追加" },
  "longer-session": { en: "longer session", ja: "セッション時間の延長" },
  other: { en: "other change of access", ja: "その他のアクセス変更" },
  none: { en: "no change of access", ja: "アクセスの変更なし" },
};

/** The name of a class, as tables and headlines print it. */
export function riskWord(risk: RiskClass, language: Language = "en"): string {
  return CLASSES[risk][language];
}

/** So many of one class are named; the rest is counted. */
const SHOWN = 3;

/**
 * What permissions come to, in full and before any example: everything except `iam:*`; every secret
 * (`secretsmanager:GetSecretValue` on `*`).
 */
export function describePermissionRisk(risk: PermissionRisk, language: Language = "en"): Phrase {
  switch (risk.class) {
    case "administrator":
      return describeAdministrator(risk, language);
    case "privilege-escalation":
      return describeEscalation(risk.paths, language);
    case "all-data":
      return listPhrases(
        risk.data.map(({ what, how, action, isOnEverything }): Phrase => {
          const { one, all } = STORES[what];
          const words =
            language === "en"
              ? `${how} every ${one}`
              : `すべての${all}の${how === "read" ? "読み取り" : "書き込み"}`;
          if (!isOnEverything)
            return language === "en"
              ? [words, " (", quoted(action), ")"]
              : [words, "（", quoted(action), "）"];
          return language === "en"
            ? [words, " (", quoted(action), " on ", quoted("*"), ")"]
            : [words, "（", quoted("*"), " に対する ", quoted(action), "）"];
        }),
        { language, most: SHOWN },
      );
    case "data-destruction":
      return listPhrases(
        risk.destructions.map(({ action, resource }): Phrase => {
          if (resource === undefined) return [quoted(action)];
          return language === "en"
            ? [quoted(action), " on ", quoted(resource)]
            : [quoted(resource), " に対する ", quoted(action)];
        }),
        { language, most: SHOWN },
      );
  }
}

function describeAdministrator(
  { isWhole, except, isConditional }: Extract<PermissionRisk, { class: "administrator" }>,
  language: Language,
): Phrase {
  const names = listPhrases(
    [...new Set(except)].map((name) => [quoted(name)]),
    { language, most: SHOWN },
  );
  if (language === "ja") {
    const under = isConditional ? "（条件付き）" : "";
    if (isWhole) return ["すべてのリソースに対するすべてのアクション"];
    return names.length === 0
      ? [`ほぼすべてのアクションとリソース${under}`]
      : [...names, ` を除くすべてのアクション${under}`];
  }
  const under = isConditional ? ", under conditions" : "";
  if (isWhole) return ["every action on every resource"];
  return names.length === 0
    ? [isConditional ? `every action${under}` : "every action on nearly every resource"]
    : ["every action except ", ...names, under];
}

/** The calls of the first way, in order; the other ways are counted. */
function describeEscalation(paths: readonly EscalationPath[], language: Language): Phrase {
  const [first, ...others] = [...paths].sort((one, other) => one.calls.length - other.calls.length);
  const calls = (first?.calls ?? []).flatMap(({ action }, at): Phrase => {
    if (at === 0) return [quoted(action)];
    return [language === "en" ? ", then " : "、次に ", quoted(action)];
  });
  if (others.length === 0) return calls;
  return language === "en"
    ? [...calls, `, and ${counted(others.length, "other way", "other ways")}`]
    : [...calls, `、ほか ${others.length} 通り`];
}

const STORES: Readonly<Record<DataStoreName, { readonly one: string; readonly all: string }>> = {
  object: { one: "S3 object", all: " S3 オブジェクト" },
  secret: { one: "secret", all: "シークレット" },
  parameter: { one: "SSM parameter", all: " SSM パラメータ" },
  table: { one: "DynamoDB table", all: " DynamoDB テーブル" },
  key: { one: "text encrypted by a KMS key", all: " KMS キーで暗号化されたデータ" },
  queue: { one: "SQS queue", all: " SQS キュー" },
  stream: { one: "Kinesis stream", all: " Kinesis ストリーム" },
  "log-group": { one: "log group", all: "ロググループ" },
  image: { one: "container image", all: "コンテナイメージ" },
  repository: { one: "CodeCommit repository", all: " CodeCommit リポジトリ" },
  function: { one: "Lambda function's code", all: " Lambda 関数のコード" },
  snapshot: { one: "EBS snapshot", all: " EBS スナップショット" },
  "database-snapshot": { one: "database snapshot", all: "データベーススナップショット" },
  mailbox: { one: "mailbox", all: "メールボックス" },
};
