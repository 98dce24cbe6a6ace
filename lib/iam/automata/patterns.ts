import { isSurrogate } from "./character-set";
import { caseVariants } from "./letter-case";
import { ANY_CASE, ANY_CHARACTER, type PositionGraph } from "./positions";

/**
 * A part of a wildcard pattern: literal text, exactly one character (`?`), or any characters, none
 * too (`*`).
 */
export type PatternPart = string | typeof anyOne | typeof anyRun;
export const anyOne: unique symbol = Symbol("any one character");
export const anyRun: unique symbol = Symbol("any run of characters");

export interface PatternOptions {
  /** Whether letters match in any case. Default: exact match. */
  readonly ignoreCase?: boolean;
}

const RUN = ANY_CHARACTER + 1;

/**
 * The texts that match at least one of the patterns, as a set of positions. Equal prefixes are
 * built once, and the graph stores equal suffixes once: a hundred subjects that differ in a user
 * and a branch take little more than one.
 */
export function compilePatterns(
  graph: PositionGraph,
  patterns: readonly (readonly PatternPart[])[],
  options: PatternOptions = {},
): number {
  const sorted = patterns.map((parts) => symbolsOf(parts, options)).sort(compareLists);
  const build = (from: number, to: number, depth: number): number => {
    const alternatives: number[] = [];
    let at = from;
    while (at < to) {
      const first = sorted[at] ?? [];
      let next = at + 1;
      while (next < to && sorted[next]?.[depth] === first[depth]) next += 1;
      const shared = sharedLength(first, sorted[next - 1] ?? [], depth);
      let set = shared === depth ? graph.end : build(at, next, shared);
      for (let back = shared - 1; back >= depth; back--) {
        const symbol = first[back] ?? RUN;
        set = symbol === RUN ? graph.anyRunBefore(set) : graph.before(symbol, set);
      }
      alternatives.push(set);
      at = next;
    }
    return graph.union(alternatives);
  };
  return build(0, sorted.length, 0);
}

/**
 * A pattern as numbers, with adjacent wildcards in a canonical order: `*?` matches what `?*`
 * matches.
 */
function symbolsOf(parts: readonly PatternPart[], { ignoreCase }: PatternOptions): readonly number[] {
  const symbols: number[] = [];
  let pendingRun = false;
  const flush = (): void => {
    if (pendingRun) symbols.push(RUN);
    pendingRun = false;
  };
  for (const part of parts) {
    if (part === anyRun) pendingRun = true;
    else if (part === anyOne) symbols.push(ANY_CHARACTER);
    else {
      for (const character of part) {
        flush();
        const code = character.codePointAt(0) ?? 0;
        symbols.push(ignoreCase === true ? ignoringCase(code) : code);
      }
    }
  }
  flush();
  return symbols;
}

/** The same number for a letter in any case. */
function ignoringCase(code: number): number {
  const [first, ...others] = caseVariants(code);
  return first === undefined || others.length === 0 ? code : ANY_CASE + first;
}

const MAYBE_HALF = /[\ud800-\udfff]/;

/**
 * Whether a text has only whole characters. AWS does not define what half of a surrogate pair
 * matches.
 */
export function isWholeText(text: string): boolean {
  if (!MAYBE_HALF.test(text)) return true;
  for (const character of text) {
    if (isSurrogate(character.codePointAt(0) ?? 0)) return false;
  }
  return true;
}

function compareLists(one: readonly number[], other: readonly number[]): number {
  const at = sharedLength(one, other, 0);
  return (one[at] ?? -1) - (other[at] ?? -1);
}

function sharedLength(one: readonly number[], other: readonly number[], from: number): number {
  let at = from;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}
