import { distinctPhrases, joinPhrases, type Phrase, plainText, quoted } from "../../describe/phrase";
import { accessGrows } from "../../describe/relation";
import { riskWord } from "../../describe/risk";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { topicOf } from "./access-words";
import { factsOf, phrasesOf, type RowWords, undeterminedOf } from "./fact-words";
import type { ChangeGroup } from "./group-changes";
import { ofPrincipal } from "./principal-words";
import { riskFactOf } from "./risk-words";
import { extentOf, fromWords, type WhoAndFrom, whoAndFrom, withEffect, withPeople } from "./sentence-words";

const BY_HAND: Phrase = [", by hand, outside Terraform"];

/** What a group of changes comes to, in one cell and in one line. */
export function wordsOf({ lifecycle, changes }: ChangeGroup): RowWords {
  return lifecycle === undefined ? ofChanges(changes) : ofPrincipal(lifecycle, changes);
}

interface Said {
  readonly change: AccessChange;
  readonly gained: readonly AccessSentence[];
  readonly lost: readonly AccessSentence[];
  readonly people: WhoAndFrom;
  readonly unknown: readonly Phrase[];
  /** Follows each line. */
  readonly suffix: Phrase;
  /** What changes, without how: by the subject's name, then by addresses. */
  readonly topics: readonly Phrase[];
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
    return [accessGrows(change) ? "access grows: " : "access shrinks: ", ...topic, ...suffix];
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

/** By its sentences, else as the risk says it, in one. */
function peopleOf({ risk }: AccessChange, sentences: readonly AccessSentence[]): WhoAndFrom {
  const people = whoAndFrom(sentences);
  return people.who.length > 0 ? people : { who: risk.who, from: [], lead: risk.who };
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
  const name: Phrase = [quoted(change.subject)];
  const verb = gained.length > 0 ? "can now assume " : "can no longer assume ";
  const past = gained.length > 0 && lost.length > 0 ? whoAndFrom(lost) : undefined;
  const { class: risk, effect } = change.risk;
  const isSerious = effect === "gained" && risk !== "wider-trust" && risk !== "other";
  const as = isSerious && risk !== "external-access" ? ` (${riskWord(risk)})` : "";
  const what: Phrase = [
    verb,
    ...(isSerious ? restOfExtent(change) : name),
    ...conditionsIn([...gained, ...lost]),
    ...(past === undefined ? [] : ["; no longer: ", ...past.who, ...fromWords(past.from)]),
    ...suffix,
  ];
  const line: Phrase = [...people.who, " ", verb, ...name, as];
  const lead: Phrase = [...people.lead, " ", verb, ...name, as];
  return {
    ...people,
    what: joinPhrases([what, ...unknown], "; "),
    headlines: [
      [...line, ...fromWords(people.from), ...suffix],
      [...line, ...suffix],
      [...lead, ...suffix],
      ...topics,
    ],
  };
}

/** What an assumed role comes to, after its name: `deploy` (administrator: every action). */
function restOfExtent({ risk: { extent }, subject }: AccessChange): Phrase {
  const [verb, ...rest] = extent;
  return verb === "assume " && rest.length > 0 ? rest : [quoted(subject)];
}

function conditionsIn(sentences: readonly AccessSentence[]): Phrase {
  const conditions = distinctPhrases(sentences.map((one) => one.conditions ?? []));
  return conditions.length === 0 ? [] : [" ", ...joinPhrases(conditions, " or ")];
}

/** Of policies of resources: the resource allows, and callers are in a column of their own. */
const ALLOWS = { gained: " now allows ", lost: " no longer allows " };
const CAN_PERFORM = { gained: " can now perform ", lost: " can no longer perform " };

function ofFacts({ change, gained, lost, people, unknown, suffix, topics }: Said): RowWords {
  const { aspect, subject } = change;
  const isOfPolicy = aspect === "bucket-policy" || aspect === "resource-policy";
  const verbs = isOfPolicy ? ALLOWS : CAN_PERFORM;
  const said = (effect: AccessSentence["effect"], sentences: readonly AccessSentence[]) =>
    aspect === "trust" ? phrasesOf(sentences) : factsOf(sentences, [quoted(subject)], verbs[effect]);
  const isOne = said("gained", gained).length + said("lost", lost).length === 1;
  const facts = [...said("gained", gained), ...said("lost", lost)];
  const [first = []] = facts;
  const fact = riskFactOf(change);
  if (fact !== undefined) {
    const name: Phrase = [quoted(subject), " "];
    const others = fact.isEverything ? said("lost", lost) : facts;
    return {
      ...people,
      what: joinPhrases(
        // The sentences of what runs as a role name the role.
        [...(aspect === "runs-as" ? [] : [[...name, ...fact.long, ...suffix]]), ...others, ...unknown],
        "; ",
      ),
      headlines: [
        ...withPeople([...name, ...fact.short, ...suffix], people),
        ...topics.flatMap((topic) => withPeople(topic, people)),
      ],
    };
  }
  // A headline holds no condition, and is not less than what changes.
  const isLine = isOne && !isOfPolicy && ![...gained, ...lost].some(isConditional);
  return {
    ...people,
    what: joinPhrases([[...joinPhrases(facts, "; "), ...suffix], ...unknown], "; "),
    headlines: [
      ...(isLine ? withPeople([...first, ...suffix], people) : []),
      ...(isOfPolicy && gained.length > 0 ? ofCallers(subject, gained, people, suffix) : []),
      ...topics.flatMap((topic) => withPeople(topic, people)),
    ],
  };
}

/** Who can now do what with a resource, the caller first. */
function ofCallers(
  subject: string,
  gained: readonly AccessSentence[],
  { who }: WhoAndFrom,
  suffix: Phrase,
): readonly Phrase[] {
  if (who.length === 0) return [];
  const extent = gained.some(isConditional) ? undefined : extentOf(gained);
  return [
    ...(extent === undefined ? [] : [[...who, " can now perform ", ...extent, ...suffix]]),
    [...who, " can now access ", quoted(subject), ...suffix],
  ];
}

function isConditional({ conditions, proof }: AccessSentence): boolean {
  return conditions !== undefined || (proof !== undefined && proof.facts.length > 0);
}
