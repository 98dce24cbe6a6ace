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
    const key = JSON.stringify([rest, isAllExcept(sentence)]);
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

/** What follows "everything except" would be read as a further exception. */
export function isAllExcept({ actions: [first] = [] }: AccessSentence): boolean {
  return typeof first === "string" && first.startsWith("everything except ");
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

export function withEffect(
  effect: AccessSentence["effect"],
  changes: readonly AccessChange[],
): readonly AccessSentence[] {
  return changes.flatMap(({ sentences }) => sentences.filter((one) => one.effect === effect));
}
