import { groupBy } from "../../collections/group-by";
import { withoutIds } from "../../describe/caller";
import { OF_ITS_ACCOUNT } from "../../describe/callers";
import { joinPhrases, type Phrase, plainText, quoted } from "../../describe/phrase";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { nameOf } from "./access-words";
import { conditionsIn, extentOf, inHeadline } from "./extent-words";
import { factsOf, phrasesOf, type RowWords, type Said } from "./fact-words";
import { fromWords, whoAndFrom, withPeople } from "./people-words";

/** Of policies of resources: the resource allows, and callers are in a column of their own. */
export function ofPolicy({ change, people, unknown, suffix, topics, ...said }: Said): RowWords {
  const name = nameOf(change.subject);
  const gained = said.gained.map((one) => onItself(one, change));
  const lost = said.lost.map((one) => onItself(one, change));
  const own = { isOfResource: true };
  const gains = allowances(gained, name, " now allows ");
  const past = gained.length === 0 ? undefined : whoAndFrom(lost);
  const to: Phrase =
    past === undefined || past.who.length === 0 ? [] : [" to ", ...past.who, ...fromWords(past.from)];
  const calls = (sentences: readonly AccessSentence[]) =>
    JSON.stringify(extentOf(sentences, { withConditions: false }));
  const losses =
    to.length > 0 && calls(gained) === calls(lost)
      ? [["no longer", ...to, ...conditionsIn(lost)]]
      : factsOf(lost, name, " no longer allows ", own).map(
          (one, at): Phrase => (at === 0 ? [...one, ...to] : one),
        );
  return {
    ...people,
    what: joinPhrases([[...joinPhrases([...gains, ...losses], "; "), ...suffix], ...unknown], "; "),
    headlines: [
      ...policyLines({ change, gained, lost, people, suffix }),
      ...topics.flatMap((topic) => withPeople(topic, people)),
    ],
  };
}

/** The resource whose policy it is, is named once. */
function onItself(sentence: AccessSentence, { subject }: AccessChange): AccessSentence {
  const isItself = sentence.resources !== undefined && plainText(sentence.resources) === subject;
  return isItself ? { ...sentence, resources: [quoted("*")] } : sentence;
}

/** Sentences by their callers, if these may not do the same; else all of them. */
function byCallers(sentences: readonly AccessSentence[]): readonly (readonly AccessSentence[])[] {
  const groups = [...groupBy(sentences, ({ who }) => JSON.stringify(who)).values()];
  const extents = new Set(groups.map((own) => JSON.stringify(extentOf(own))));
  return extents.size < 2 ? [sentences] : groups;
}

/** What is allowed: of callers who may do different things, to whom each. */
function allowances(sentences: readonly AccessSentence[], name: Phrase, verb: string): readonly Phrase[] {
  const groups = byCallers(sentences);
  const own = { isOfResource: true };
  if (groups.length < 2) return factsOf(sentences, name, verb, own);
  return groups.flatMap((group, at) => {
    const extent = extentOf(group, own);
    const { who } = whoAndFrom(group);
    if (extent === undefined || who.length === 0) return phrasesOf(group);
    return [[...(at === 0 ? [...name, verb] : []), ...extent, " to ", ...who]];
  });
}

type OfPolicy = Pick<Said, "change" | "gained" | "lost" | "people" | "suffix">;

function policyLines({ change, gained, lost, people, suffix }: OfPolicy): readonly Phrase[] {
  const name = nameOf(change.subject);
  const isExternal = change.risk.class === "external-access";
  const all = gained.length > 0 ? gained : lost;
  const [first = [], ...others] = byCallers(all).toSorted(
    (one, other) => Number(isOfOwnAccount(one)) - Number(isOfOwnAccount(other)),
  );
  // Callers of its own account are said in the table, if others gain it too.
  const isFirstAlone = others.length === 0 || others.every(isOfOwnAccount);
  const { who, lead } = isFirstAlone ? whoAndFrom(first) : people;
  if (who.length === 0) return [];
  const can = gained.length > 0 ? " can now " : " can no longer ";
  const sentences = isFirstAlone ? first : all;
  const extent = isFirstAlone ? extentOf(first, { withConditions: false, isOfResource: true }) : undefined;
  const ending: Phrase = [...(isFirstAlone ? inHeadline(first) : []), ...suffix];
  const isWhole = extent !== undefined && plainText(extent).includes(" on ");
  return [
    ...(extent === undefined || hasExample(sentences)
      ? []
      : [[...who, can, "perform ", ...extent, ...(isWhole ? [] : [" on ", ...name]), ...ending]]),
    [...who, can, "access ", ...name, ...ending],
    [...lead, can, "access ", ...name, ...ending],
  ].map((one) => withoutIds(one, isExternal));
}

function isOfOwnAccount(sentences: readonly AccessSentence[]): boolean {
  return sentences.every(({ who = [] }) => plainText(who) === plainText(OF_ITS_ACCOUNT));
}

/** Whether the resources of a sentence are not known, but for an example. */
function hasExample(sentences: readonly AccessSentence[]): boolean {
  return sentences.some(({ actions, resources }) => actions !== undefined && resources === undefined);
}
