import type { GrantedPeople, GrantedRefs, Periods } from "../config/model/model";
import { writeMoment } from "../config/rules/moment";
import type { GrantTime } from "./admission";
import type { Language } from "./language";
import { listPhrases } from "./list";
import { describeMoment, describeState } from "./moment";
import { WHICH_ARE_WITHOUT_ORIGIN } from "./origin";
import { describeNames } from "./people";
import { joinPhrases, type Phrase, quoted } from "./phrase";
import { describeGrantedRefs, describeRef } from "./ref";

/** A reason for which a role refuses a token, in the terms of access.yaml. */
export type Objection =
  | { readonly kind: "issuer"; readonly found: string }
  | { readonly kind: "subject" | "audit-logs" | "organization" }
  /** @property project the role's */
  | { readonly kind: "project"; readonly project: string }
  | { readonly kind: "person"; readonly role: string; readonly people: GrantedPeople }
  /** @property person undefined: it is so for everyone */
  | ({ readonly kind: "time"; readonly role: string; readonly person: string | undefined } & GrantTime)
  | { readonly kind: "no-ref"; readonly role: string; readonly refs: GrantedRefs }
  | { readonly kind: "no-origin"; readonly role: string; readonly repository: string }
  | { readonly kind: "origin"; readonly found: string; readonly repository: string }
  | { readonly kind: "ref"; readonly found: string; readonly refs: GrantedRefs }
  | { readonly kind: "audience"; readonly found: readonly string[]; readonly audience: string };

export type ObjectionKind = Objection["kind"];

/**
 * Why a role refuses a token: one sentence, the objections in the order in which they are given.
 */
export function describeRefusal(objections: readonly Objection[], language: Language = "en"): Phrase {
  const phrases = objections.map((one) => (language === "en" ? inEnglish(one) : inJapanese(one)));
  return joinPhrases(phrases, language === "en" ? "; " : "。");
}

function inEnglish(objection: Objection): Phrase {
  switch (objection.kind) {
    case "issuer":
      return ["the token is from another issuer, ", quoted(objection.found)];
    case "subject":
      return ["the subject is not a valid CircleCI subject of a job"];
    case "audit-logs":
      return ["the token is for audit log streaming, not for a job"];
    case "organization":
      return ["the subject is of another organization"];
    case "project":
      return ["the job belongs to another project, not to ", quoted(objection.project)];
    case "person":
      return ["only ", ...membersOf(objection.people, "en"), " may assume ", quoted(objection.role)];
    case "time":
      return describeTime(objection, "en");
    case "no-ref":
      return [
        `the token names no branch or tag (${WHICH_ARE_WITHOUT_ORIGIN.en}), and `,
        quoted(objection.role),
        " requires ",
        ...refsOf(objection.refs, "en"),
      ];
    case "no-origin":
      return [
        `the token names no repository (${WHICH_ARE_WITHOUT_ORIGIN.en}), and `,
        quoted(objection.role),
        " requires ",
        quoted(objection.repository),
      ];
    case "origin":
      return ["the code comes from ", quoted(objection.found), ", not from ", quoted(objection.repository)];
    case "ref":
      return [
        ...describeRef(objection.found),
        " is not an allowed ref (allowed: ",
        ...joinPhrases(describeGrantedRefs(objection.refs), ", "),
        ")",
      ];
    case "audience":
      return objection.found.length === 0
        ? ["the audience is missing; required: ", quoted(objection.audience)]
        : ["the audience is ", quoted(objection.found.join(", ")), ", not ", quoted(objection.audience)];
  }
}

function inJapanese(objection: Objection): Phrase {
  switch (objection.kind) {
    case "issuer":
      return ["トークンの発行者が異なります（", quoted(objection.found), "）"];
    case "subject":
      return ["サブジェクトが CircleCI のジョブのものではありません"];
    case "audit-logs":
      return ["監査ログ配信用のトークンで、ジョブのものではありません"];
    case "organization":
      return ["サブジェクトが別の組織のものです"];
    case "project":
      return [quoted(objection.project), " ではなく、別のプロジェクトのジョブです"];
    case "person":
      return [
        quoted(objection.role),
        " を引き受けられるのは ",
        ...membersOf(objection.people, "ja"),
        " だけです",
      ];
    case "time":
      return describeTime(objection, "ja");
    case "no-ref":
      return [
        `トークンにブランチもタグも含まれていません（${WHICH_ARE_WITHOUT_ORIGIN.ja}）。`,
        quoted(objection.role),
        " には ",
        ...refsOf(objection.refs, "ja"),
        " が必要です",
      ];
    case "no-origin":
      return [
        `トークンにリポジトリが含まれていません（${WHICH_ARE_WITHOUT_ORIGIN.ja}）。`,
        quoted(objection.role),
        " には ",
        quoted(objection.repository),
        " が必要です",
      ];
    case "origin":
      return [
        "コードの取得元が ",
        quoted(objection.found),
        " で、",
        quoted(objection.repository),
        " ではありません",
      ];
    case "ref":
      return [
        ...describeRef(objection.found, "ja"),
        " は許可されていません（許可されている ref: ",
        ...joinPhrases(describeGrantedRefs(objection.refs, "ja"), "、"),
        "）",
      ];
    case "audience":
      return objection.found.length === 0
        ? ["オーディエンスがありません（必要な値: ", quoted(objection.audience), "）"]
        : [
            "オーディエンスが ",
            quoted(objection.found.join(", ")),
            " で、",
            quoted(objection.audience),
            " ではありません",
          ];
  }
}

/** `bob`'s access to `website/deploy` ended on 31 December 2026. */
function describeTime(
  { role, person, periods, at, sessionSeconds }: Extract<Objection, { kind: "time" }>,
  language: Language,
): Phrase {
  const state = describeState(periods, at, language);
  const last = lastSession(periods, at, sessionSeconds);
  if (language === "ja") {
    const whose: Phrase = person === undefined ? ["全員の "] : [quoted(person), " の "];
    const open =
      last === undefined
        ? ""
        : `。その前に開始したセッションは ${describeMoment(last, "ja")} まで続く場合があります`;
    return [...whose, quoted(role), ` へのアクセスは${state}${open}`];
  }
  const whose: Phrase = person === undefined ? ["everyone's"] : [quoted(person), "'s"];
  const open =
    last === undefined ? "" : `; a session that was opened before can last until ${describeMoment(last)}`;
  return [...whose, " access to ", quoted(role), ` ${state}${open}`];
}

/**
 * When the last session ends that was opened before the grant ended. Undefined: all of them have
 * ended. AWS checks the trust policy when a session is opened, and not again.
 */
function lastSession(periods: Periods, at: string, sessionSeconds: number): string | undefined {
  const end = periods.flatMap((one) => (one.end !== undefined && one.end <= at ? [one.end] : [])).at(-1);
  if (end === undefined) return undefined;
  const last = writeMoment(Date.parse(end) + sessionSeconds * 1_000);
  return last > at ? last : undefined;
}

function membersOf(people: GrantedPeople, language: Language): Phrase {
  const members = people.kind === "everyone" ? [] : people.members;
  return describeNames(
    members.map(({ name }) => name),
    language,
  );
}

function refsOf(refs: GrantedRefs, language: Language): Phrase {
  return listPhrases(describeGrantedRefs(refs, language), { language, word: "or" });
}
