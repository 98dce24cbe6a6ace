import { groupBy } from "../../collections/group-by";
import { distinctPhrases, joinPhrases, type Phrase, plainText } from "../../describe/phrase";
import type { AccessSentence } from "../../diff/model/access-change";

/** Who, and from where: of several, both in the same order. */
export interface WhoAndFrom {
  readonly who: Phrase;
  readonly from: Phrase;
  /** The first of several, and that there are others. */
  readonly lead: Phrase;
  /** Several from different places: each with its own, as a line needs them. */
  readonly pairs?: readonly Phrase[];
}

export function whoAndFrom(sentences: readonly AccessSentence[]): WhoAndFrom {
  const byWho = groupBy(
    sentences.filter(({ who = [] }) => who.length > 0),
    ({ who }) => JSON.stringify(who),
  );
  const groups = withoutElse(
    [...byWho.values()].map((own) => ({ who: own[0]?.who ?? [], froms: own.map(({ from = [] }) => from) })),
  ).map(({ who, froms }) => ({ who, from: alternatives(froms) }));
  const whos = groups.map(({ who }) => who);
  const froms = distinctPhrases(groups.map(({ from }) => from));
  const lead = [...(whos[0] ?? []), ...(whos.length > 1 ? [" and others"] : [])];
  // From one place: the other column needs no order.
  if (froms.length <= 1) return { who: several(whos, ", "), from: several(froms, "; "), lead };
  return {
    who: several(whos, "; "),
    from: several(
      groups.map(({ from }) => (from.length === 0 ? ["any"] : from)),
      "; ",
    ),
    lead,
    pairs: groups.map(({ who, from }) => [...who, ...fromWords(from)]),
  };
}

interface PeopleFrom {
  readonly who: Phrase;
  readonly froms: readonly Phrase[];
}

/** Everyone else is part of everyone, who may do it from other places. */
function withoutElse(groups: readonly PeopleFrom[]): readonly PeopleFrom[] {
  const everyone = groups.find(
    ({ who: [first] }) => typeof first === "string" && first.startsWith("everyone who "),
  );
  const rest = groups.filter(
    ({ who }) =>
      everyone === undefined ||
      plainText(who).replace(/^everyone else /, "everyone ") !== plainText(everyone.who),
  );
  if (everyone === undefined) return groups;
  const own = groups.filter((one) => !rest.includes(one));
  return [{ who: everyone.who, froms: own.flatMap(({ froms }) => froms) }, ...rest];
}

/** Refs of one repository together: `main` or `release/*` of a fork, and `main`. */
function alternatives(froms: readonly Phrase[]): Phrase {
  const parts = distinctPhrases(froms).map((from) => {
    const at = from.indexOf("of ");
    return at <= 0 ? { refs: from, of: [] } : { refs: from.slice(0, at - 1), of: from.slice(at) };
  });
  const byPlace = groupBy(parts, ({ of }) => JSON.stringify(of));
  const places = [...byPlace.values()]
    .map((own) => ({ refs: refsOf(own.map((one) => one.refs)), of: own[0]?.of ?? [] }))
    .toSorted((one, other) => Number(one.of.length > 0) - Number(other.of.length > 0));
  // The same refs of several places are said once.
  const byRefs = groupBy(places, ({ refs }) => JSON.stringify(refs));
  return joinPhrases(
    [...byRefs.values()].map((same): Phrase => {
      const [first, ...others] = same.map(({ of }) => of);
      const of = first === undefined || first.length === 0 ? [] : [" ", ...first];
      return [...(same[0]?.refs ?? []), ...of, ...others.flatMap((one) => [", also ", ...one])];
    }),
    ", and ",
  );
}

/** Refs by name come before those that have none. */
function refsOf(refs: readonly Phrase[]): Phrase {
  const isOther = (phrase: Phrase) => /^(?:other branches or tags|some refs)$/.test(plainText(phrase));
  const named = refs.filter((one) => !isOther(one));
  const hasOthers = named.length < refs.length;
  if (named.length === 0) return joinPhrases(refs.slice(0, 1), "");
  return [...joinPhrases(named, " or "), ...(hasOthers ? [" or other refs"] : [])];
}

export function isOfForks({ from }: WhoAndFrom): boolean {
  return plainText(from).includes("of a fork or any other repository");
}

/** So many are named in a cell; the evidence lists all. */
const MOST_NAMED = 4;

function several(phrases: readonly Phrase[], between: string): Phrase {
  const left = phrases.length - MOST_NAMED;
  return joinPhrases([...phrases.slice(0, MOST_NAMED), ...(left > 0 ? [[`${left} more`]] : [])], between);
}

/** The line, then with fewer of the people: the longest first. */
export function withPeople(line: Phrase, { who, from, lead, pairs }: WhoAndFrom): readonly Phrase[] {
  if (who.length === 0) return [line];
  if (pairs !== undefined)
    return [[...line, " · ", ...joinPhrases(pairs, "; ")], [...line, " · ", ...lead], line];
  return [[...line, " · ", ...who, ...fromWords(from)], [...line, " · ", ...who], line];
}

/**
 * Several lines with the people, then without them: who it is matters more than how.
 * @param lines the longest first
 */
export function inForms(lines: readonly Phrase[], people: WhoAndFrom): readonly Phrase[] {
  const forms = lines.map((line) => withPeople(line, people));
  return [...forms.flatMap((own) => own.slice(0, -1)), ...forms.flatMap((own) => own.slice(-1))];
}

export function fromWords(from: Phrase): Phrase {
  const [first] = from;
  if (first === undefined) return [];
  return typeof first === "string" && /^(?:in|of|with) /.test(first) ? [" ", ...from] : [" from ", ...from];
}
