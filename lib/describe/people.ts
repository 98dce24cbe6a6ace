import type { GrantedPeople, Periods } from "../config/model/model";
import type { Language } from "./language";
import { listPhrases } from "./list";
import { describePeriods } from "./moment";
import { type Phrase, quoted } from "./phrase";

/** People by name: `alice`, `alice and bob`. @param most more of them are counted, not named */
export function describeNames(names: readonly string[], language: Language = "en", most?: number): Phrase {
  return listPhrases(
    names.map((name) => [quoted(name)]),
    { language, ...(most === undefined ? {} : { most }) },
  );
}

/**
 * The people of a grant, each with the periods: `alice and bob (until 31 December 2026)`, or
 * everyone who can start a pipeline.
 */
export function describePeople(people: GrantedPeople, language: Language = "en"): Phrase {
  if (people.kind === "everyone")
    return [...describeEveryone({}, language), ...inBrackets(people.periods, language)];
  return listPhrases(
    people.members.map(({ name, periods }) => [quoted(name), ...inBrackets(periods, language)]),
    { language },
  );
}

/**
 * Those of a grant that have periods: `bob until 31 December 2026`. Empty: none has.
 * @param most more of them are counted, not named
 */
export function describeDatedPeople(people: GrantedPeople, most?: number): Phrase {
  const all = people.kind === "everyone" ? [{ name: undefined, periods: people.periods }] : people.members;
  return listPhrases(
    all.flatMap(({ name, periods }): readonly Phrase[] => {
      if (periods === undefined) return [];
      return [[name === undefined ? "everyone" : quoted(name), ` ${describePeriods(periods)}`]];
    }),
    most === undefined ? {} : { most },
  );
}

function inBrackets(periods: Periods | undefined, language: Language): Phrase {
  if (periods === undefined) return [];
  const words = describePeriods(periods, language);
  return [language === "ja" ? `（${words}）` : ` (${words})`];
}

interface Everyone {
  /** The project whose pipelines they start. Undefined: the context says which. */
  readonly project?: string;
  /** True: some people are named beside them. */
  readonly isElse?: boolean;
}

/** Everyone who can start a pipeline of a project. */
export function describeEveryone(
  { project, isElse = false }: Everyone = {},
  language: Language = "en",
): Phrase {
  if (language === "ja") {
    const who = isElse ? "そのほかの全員" : "全員";
    return project === undefined
      ? [`パイプラインを開始できる${who}`]
      : [quoted(project), ` のパイプラインを開始できる${who}`];
  }
  const who = isElse ? "everyone else" : "everyone";
  return project === undefined
    ? [`${who} who can start a pipeline`]
    : [`${who} who can start a pipeline of `, quoted(project)];
}

/** A user whom access.yaml does not name. @param id undefined: one of all of them */
export function describeUnknownUser(id?: string, language: Language = "en"): Phrase {
  if (language === "ja") return id === undefined ? [UNKNOWN.ja] : ["ユーザー ", quoted(id)];
  return id === undefined ? [UNKNOWN.en] : ["user ", quoted(id)];
}

const UNKNOWN = { en: "a user who is not in access.yaml", ja: "access.yaml にないユーザー" } as const;
