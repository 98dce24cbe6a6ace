import { withoutIds } from "../../describe/caller";
import { joinPhrases, type Phrase, plainText } from "../../describe/phrase";
import { accessGrows } from "../../describe/relation";
import { riskWord } from "../../describe/risk";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { nameOf, topicOf } from "./access-words";
import { ofFacts } from "./change-words";
import { conditionsIn, inHeadline, withEffect } from "./extent-words";
import { type RowWords, type Said, undeterminedOf } from "./fact-words";
import type { ChangeGroup } from "./group-changes";
import { fromWords, isOfForks, type WhoAndFrom, whoAndFrom } from "./people-words";
import { ofPrincipal } from "./principal-words";
import { isSerious } from "./row-risk";

/**
 * What is said of drift. By hand, by another state of Terraform or by another tool: the plan does
 * not say which.
 */
export const BY_HAND: Phrase = [", outside this configuration"];

/** What a group of changes comes to, in one cell and in one line. */
export function wordsOf({ lifecycle, changes }: ChangeGroup): RowWords {
  return lifecycle === undefined ? ofChanges(changes) : ofPrincipal(lifecycle, changes);
}

function ofChanges(changes: readonly AccessChange[]): RowWords {
  const [change] = changes;
  if (change === undefined) return { what: [], who: [], from: [], lead: [], headlines: [] };
  const { aspect, source, subject, addresses, relation } = change;
  const suffix = source === "drift" ? BY_HAND : [];
  const gained = withEffect("gained", changes);
  const lost = withEffect("lost", changes);
  const isUnknown = relation === "unknown" && gained.length + lost.length === 0;
  const topics = [subject, ...addresses].map((one): Phrase => {
    const topic = topicOf({ aspect, subject: one });
    if (isUnknown) return ["the effect on ", ...topic, " could not be determined", ...suffix];
    return [`${growthOf(change)}: `, ...topic, ...suffix];
  });
  const said = {
    change,
    gained,
    lost,
    people: peopleOf(change, gained.length > 0 ? gained : lost),
    unknown: changes.flatMap(undeterminedOf),
    suffix,
    topics,
  };
  if (gained.length + lost.length === 0) return withoutSentences(said);
  return aspect === "trust" && [...gained, ...lost].every(isOfAssuming) ? ofTrust(said) : ofFacts(said);
}

/** What a line without sentences begins with: the class, if it is a serious one. */
function growthOf(change: AccessChange): string {
  const { class: risk, effect } = change.risk;
  if (!accessGrows(change)) return "access shrinks";
  return effect === "gained" && isSerious(risk) ? riskWord(risk) : "access grows";
}

/** By its sentences, else as the risk says it. */
function peopleOf({ risk }: AccessChange, sentences: readonly AccessSentence[]): WhoAndFrom {
  const people = whoAndFrom(sentences);
  if (people.who.length > 0) return people;
  const at = risk.who.indexOf(" from ");
  if (at <= 0 || at !== risk.who.lastIndexOf(" from ")) return { who: risk.who, from: [], lead: risk.who };
  const who = risk.who.slice(0, at);
  return { who, from: risk.who.slice(at + 1), lead: who };
}

function withoutSentences({ people, unknown, suffix, topics }: Said): RowWords {
  const [topic = []] = topics;
  const what = unknown.length === 0 ? topic : [...joinPhrases(unknown, "; "), ...suffix];
  return { ...people, what, headlines: topics };
}

/** Whether a sentence says that a caller can or cannot assume a role, and nothing else. */
function isOfAssuming({ who, actions }: AccessSentence): boolean {
  return who !== undefined && (actions === undefined || plainText(actions) === "sts:AssumeRole");
}

function ofTrust({ change, gained, lost, people, unknown, suffix, topics }: Said): RowWords {
  const name = nameOf(change.subject);
  const verb = gained.length > 0 ? "can now assume " : "can no longer assume ";
  const past = gained.length > 0 && lost.length > 0 ? whoAndFrom(lost) : undefined;
  const { class: risk, effect } = change.risk;
  const isSerious = effect === "gained" && risk !== "wider-trust" && risk !== "other";
  const isExternal = risk === "external-access";
  const as = isSerious && !isExternal ? ` (${riskWord(risk)})` : "";
  const what: Phrase = [
    verb,
    ...(isSerious ? restOfExtent(change) : name),
    ...conditionsIn(gained.length > 0 ? gained : lost),
    ...(past === undefined ? [] : ["; no longer: ", ...past.who, ...fromWords(past.from)]),
    ...suffix,
  ];
  const ending: Phrase = [...inHeadline(gained.length > 0 ? gained : lost), ...suffix];
  const line: Phrase = [...people.who, " ", verb, ...name, as];
  const lead: Phrase = [...people.lead, " ", verb, ...name, as];
  const passive = gained.length > 0 ? " can now be assumed by " : " can no longer be assumed by ";
  return {
    ...people,
    what: joinPhrases([what, ...unknown], "; "),
    headlines: [
      ...[
        ...(people.pairs === undefined
          ? [
              [...line, ...fromWords(people.from), ...ending],
              ...withoutAudiences(people.from).map((from) => [...line, ...fromWords(from), ...ending]),
            ]
          : [[...name, as, passive, ...joinPhrases(people.pairs, ", and by "), ...ending]]),
        ...(isOfForks(people) ? [[...line, ", also from forks", ...ending]] : []),
        ...(people.pairs === undefined ? [[...line, ...ending]] : []),
        [...lead, ...ending],
      ].map((one) => withoutIds(one, isExternal)),
      ...topics,
    ],
  };
}

const FOR_AUDIENCE = "with a token for audience ";

/**
 * Where tokens come from, and that they are for another audience, without its name; if they are.
 */
function withoutAudiences(from: Phrase): readonly Phrase[] {
  const at = from.findIndex((part) => typeof part === "string" && part.endsWith(FOR_AUDIENCE));
  const words = from[at];
  if (typeof words !== "string") return [];
  return [[...from.slice(0, at), words.replace(FOR_AUDIENCE, "with another audience")]];
}

/** What an assumed role comes to, after its name: `deploy` (administrator: every action). */
function restOfExtent({ risk: { extent }, subject }: AccessChange): Phrase {
  const [verb, ...rest] = extent;
  return verb === "assume " && rest.length > 0 ? rest : nameOf(subject);
}
