import { groupBy } from "../../collections/group-by";
import { listPhrases } from "../../describe/list";
import {
  distinctPhrases,
  joinPhrases,
  type Phrase,
  plainText,
  type Quoted,
  quoted,
} from "../../describe/phrase";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";

/** So many actions of one extent are named; the rest is counted. */
const MOST_ACTIONS = 3;
/** So many extents are named in one row. */
const MOST_EXTENTS = 3;

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
  return joinPhrases(
    [...byPlace.values()].map((own): Phrase => {
      const refs = joinPhrases(
        own.map((one) => one.refs),
        " or ",
      );
      const of = own[0]?.of ?? [];
      return [...refs, ...(of.length === 0 ? [] : [" ", ...of])];
    }),
    ", and ",
  );
}

/** So many are named in a cell; the evidence lists all. */
const MOST_NAMED = 4;

function several(phrases: readonly Phrase[], between: string): Phrase {
  const left = phrases.length - MOST_NAMED;
  return joinPhrases([...phrases.slice(0, MOST_NAMED), ...(left > 0 ? [[`${left} more`]] : [])], between);
}

/** How much of an extent is said. */
export interface ExtentOptions {
  /** Default: they are said. False: under conditions. */
  readonly withConditions?: boolean;
  /** Whether `*` is the resource whose policy it is. */
  readonly isOfResource?: boolean;
}

/**
 * What requests may do, by the extents that policies name: `s3:GetObject` and `s3:PutObject` on
 * `arn:aws:s3:::acme/*`; `s3:ListBucket` on `arn:aws:s3:::acme`. Undefined: the sentences are not
 * about requests.
 */
export function extentOf(
  sentences: readonly AccessSentence[],
  { withConditions = true, isOfResource = false }: ExtentOptions = {},
): Phrase | undefined {
  const byExtent = new Map<string, { actions: Phrase[]; rest: Phrase }>();
  for (const sentence of sentences) {
    if (sentence.actions === undefined) continue;
    const rest = [
      ...(isOfResource && sentence.resources !== undefined && plainText(sentence.resources) === "*"
        ? []
        : resourcesOf(sentence)),
      ...(withConditions ? conditionsOf(sentence) : []),
    ];
    const key = JSON.stringify(rest);
    const group = byExtent.get(key) ?? { actions: [], rest };
    byExtent.set(key, { ...group, actions: [...group.actions, actionWords(sentence.actions)] });
  }
  if (byExtent.size === 0) return undefined;
  const extents = [...byExtent.values()].map(
    ({ actions, rest }): Phrase => [
      ...listPhrases(distinctPhrases(actions), { most: MOST_ACTIONS }),
      ...rest,
    ],
  );
  const shown = extents.slice(0, MOST_EXTENTS);
  // What is only counted below is not listed there.
  const rest = sentences.some(isOfMore)
    ? [["and more"]]
    : extents.length > shown.length
      ? [["more, listed below"]]
      : [];
  return joinPhrases([...shown, ...rest], "; ");
}

/**
 * What a headline says of conditions: that requests are limited, or that an external ID is no
 * longer required. Empty: no condition, or only some of those that were allowed before are left
 * out.
 */
export function inHeadline(sentences: readonly AccessSentence[]): Phrase {
  const said = distinctPhrases(
    sentences.flatMap(({ conditions, isOpen }) =>
      conditions === undefined || (isOpen && !isAboutExternalId(conditions)) ? [] : [conditions],
    ),
  );
  const [only] = said;
  if (only === undefined) return [];
  if (said.length > 1) return [", under conditions"];
  if (isAboutExternalId(only)) return [" without the external ID"];
  if (plainText(only).startsWith("in organization ")) return [" in one organization"];
  return /^(?:(?:for requests )?without|regardless of) [\w: ]+$/.test(plainText(only))
    ? [" ", ...only]
    : [", under conditions"];
}

function isAboutExternalId(conditions: Phrase): boolean {
  return plainText(conditions).startsWith("for requests without external ID ");
}

/** All conditions of sentences: for requests over TLS or with MFA. */
export function conditionsIn(sentences: readonly AccessSentence[]): Phrase {
  const conditions = distinctPhrases(sentences.map((one) => one.conditions ?? []));
  return conditions.length === 0 ? [] : [" ", ...joinPhrases(conditions, " or ")];
}

/** A sentence that only says that there are more requests: and 3 more requests. */
export function isOfMore({ actions, proof, phrase: [first] }: AccessSentence): boolean {
  return (
    actions === undefined && proof === undefined && typeof first === "string" && first.startsWith("and ")
  );
}

export function actionWords(actions: Phrase): Phrase {
  return plainText(actions) === "*" ? ["every action"] : actions;
}

/** Names of buckets are unique: `acme/*` says as much as its ARN. */
function shortly(part: string | Quoted): string | Quoted {
  return typeof part === "string" ? part : quoted(part.quoted.replace(/^arn:aws[a-z-]*:s3:::/, ""));
}

export function resourcesOf({ resources, proof }: AccessSentence): Phrase {
  const example: Phrase =
    proof?.kind === "request" ? [" on some resources, such as ", shortly(quoted(proof.resource))] : [];
  return resources === undefined
    ? example
    : plainText(resources) === "*"
      ? [" on every resource"]
      : [" on ", ...resources.map(shortly)];
}

function conditionsOf({ conditions }: AccessSentence): Phrase {
  return conditions === undefined ? [] : [" ", ...conditions];
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

export function withEffect(
  effect: AccessSentence["effect"],
  changes: readonly AccessChange[],
): readonly AccessSentence[] {
  return changes.flatMap(({ sentences }) => sentences.filter((one) => one.effect === effect));
}
