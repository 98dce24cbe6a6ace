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
}

export function whoAndFrom(sentences: readonly AccessSentence[]): WhoAndFrom {
  const byWho = groupBy(
    sentences.filter(({ who = [] }) => who.length > 0),
    ({ who }) => JSON.stringify(who),
  );
  const groups = [...byWho.values()].map((own) => ({
    who: own[0]?.who ?? [],
    from: joinPhrases(distinctPhrases(own.map(({ from = [] }) => from)), " or "),
  }));
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
  };
}

/** So many are named in a cell; the evidence lists all. */
const MOST_NAMED = 4;

function several(phrases: readonly Phrase[], between: string): Phrase {
  const left = phrases.length - MOST_NAMED;
  return joinPhrases([...phrases.slice(0, MOST_NAMED), ...(left > 0 ? [[`${left} more`]] : [])], between);
}

/**
 * What requests may do, by the extents that policies name: `s3:GetObject` and `s3:PutObject` on
 * `arn:aws:s3:::acme/*`; `s3:ListBucket` on `arn:aws:s3:::acme`. Undefined: the sentences are not
 * about requests.
 */
export function extentOf(sentences: readonly AccessSentence[]): Phrase | undefined {
  const byExtent = new Map<string, { actions: Phrase[]; rest: Phrase }>();
  for (const sentence of sentences) {
    if (sentence.actions === undefined) continue;
    const rest = restOf(sentence);
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

/** A sentence that only says that there are more requests: and 3 more requests. */
export function isOfMore({ actions, proof, phrase: [first] }: AccessSentence): boolean {
  return (
    actions === undefined && proof === undefined && typeof first === "string" && first.startsWith("and ")
  );
}

function actionWords(actions: Phrase): Phrase {
  return plainText(actions) === "*" ? ["every action"] : actions;
}

/** Names of buckets are unique: `acme/*` says as much as its ARN. */
function shortly(part: string | Quoted): string | Quoted {
  return typeof part === "string" ? part : quoted(part.quoted.replace(/^arn:aws[a-z-]*:s3:::/, ""));
}

function restOf({ resources, proof, conditions }: AccessSentence): Phrase {
  const example: Phrase =
    proof?.kind === "request" ? [" on some resources, such as ", shortly(quoted(proof.resource))] : [];
  const on: Phrase =
    resources === undefined
      ? example
      : plainText(resources) === "*"
        ? [" on every resource"]
        : [" on ", ...resources.map(shortly)];
  return [...on, ...(conditions === undefined ? [] : [" ", ...conditions])];
}

/** The line, then with fewer of the people: the longest first. */
export function withPeople(line: Phrase, { who, from }: WhoAndFrom): readonly Phrase[] {
  if (who.length === 0) return [line];
  return [[...line, " · ", ...who, ...fromWords(from)], [...line, " · ", ...who], line];
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
