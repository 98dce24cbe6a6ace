import { groupBy } from "../collections/group-by";
import { unequalPairs } from "./align-lists";
import type { StatementPart } from "./statement-parts";

export interface ReadStatement {
  readonly index: number;
  /** Its Sid, or `Statement[1]`. */
  readonly name: string;
  /** Empty: it has none. */
  readonly sid: string;
  readonly parts: ReadonlyMap<string, StatementPart>;
  /** Everything that it says, without its name. */
  readonly content: string;
}

type StatementPair = readonly [before: ReadStatement | undefined, after: ReadStatement | undefined];

/** Below it two statements have little more in common than that they allow something. */
const LEAST_LIKENESS = 0.4;

/**
 * Pairs the statements of two policies: equal ones, then by Sid, then those that differ only in the
 * Sid, then the most similar.
 * @returns in the order of the policy after, then removed ones
 */
export function pairStatements(
  before: readonly ReadStatement[],
  after: readonly ReadStatement[],
): readonly StatementPair[] {
  if (before.length === 0) return after.map((now): StatementPair => [undefined, now]);
  if (after.length === 0) return before.map((old): StatementPair => [old, undefined]);
  const equal = equalPairs(before, after);
  const [olds, news] = [new Set(before), new Set(after)];
  for (const [old, now] of equal) {
    olds.delete(old);
    news.delete(now);
  }
  const pairs: StatementPair[] = [...equal];
  for (const key of ["sid", "content"] as const) {
    const byKey = onlyOnes(olds, key);
    for (const [text, now] of onlyOnes(news, key)) {
      const old = byKey.get(text);
      if (text === "" || old === undefined) continue;
      olds.delete(old);
      news.delete(now);
      pairs.push([old, now]);
    }
  }
  const [leftOlds, leftNews] = [[...olds], [...news]];
  const alike = unequalPairs(leftOlds.map(wholeOf), leftNews.map(wholeOf), (old, now) => {
    const score = likeness(leftOlds[old], leftNews[now]);
    return score >= LEAST_LIKENESS ? score : 0;
  });
  for (const { before: old, after: now } of alike)
    pairs.push([
      old === undefined ? undefined : leftOlds[old],
      now === undefined ? undefined : leftNews[now],
    ]);
  return pairs.sort(([old, now], [otherOld, otherNow]) => place(old, now) - place(otherOld, otherNow));
}

function equalPairs(
  before: readonly ReadStatement[],
  after: readonly ReadStatement[],
): readonly (readonly [ReadStatement, ReadStatement])[] {
  const byText = groupBy(before.toReversed(), wholeOf);
  return after.flatMap((now) => {
    const old = byText.get(wholeOf(now))?.pop();
    return old === undefined ? [] : [[old, now] as const];
  });
}

/** An empty name is not the same as none. */
function wholeOf({ parts, sid, content }: ReadStatement): string {
  return JSON.stringify([parts.has("Sid") ? sid : null, content]);
}

function place(old: ReadStatement | undefined, now: ReadStatement | undefined): number {
  return now?.index ?? Number.MAX_SAFE_INTEGER / 2 + (old?.index ?? 0);
}

/** By a text that only one of them has. */
function onlyOnes(
  statements: Iterable<ReadStatement>,
  key: "sid" | "content",
): ReadonlyMap<string, ReadStatement> {
  const found = new Map<string, ReadStatement | undefined>();
  for (const one of statements) found.set(one[key], found.has(one[key]) ? undefined : one);
  return new Map([...found].flatMap(([text, one]) => (one === undefined ? [] : [[text, one] as const])));
}

/** Equal for two statements that say the same but for their names. */
export function contentOf(parts: ReadonlyMap<string, StatementPart>): string {
  let content = "";
  for (const { name, values } of parts.values())
    if (name !== "Sid") content += JSON.stringify([name, ...values.keys()]);
  return content;
}

function pairsIn({ name, values }: StatementPart): readonly string[] {
  return [...values.keys()].map((value) => `${name} ${value}`);
}

/** How much of what both say they say alike, from 0 to 1. */
function likeness(one: ReadStatement | undefined, other: ReadStatement | undefined): number {
  if (one === undefined || other === undefined) return 0;
  const said = new Set([...one.parts.values()].flatMap(pairsIn));
  const others = [...other.parts.values()].flatMap(pairsIn);
  const shared = others.filter((text) => said.has(text)).length;
  return shared / Math.max(1, said.size + others.length - shared);
}
