/** A part of a pattern whose variables are replaced. */
export type GlobPart = { readonly literal: string } | "any-one" | "any-run";

/** A pattern ready to be matched. */
export interface Glob {
  /** The text before the first wildcard. */
  readonly prefix: string;
  /** UTF-16 units of the rest, and wildcards. Empty: the prefix is all. */
  readonly rest: readonly number[];
}

const ANY_ONE = -1;
const ANY_RUN = -2;

export function compileGlob(parts: readonly GlobPart[]): Glob {
  let prefix = "";
  const rest: number[] = [];
  for (const part of parts) {
    if (part === "any-one") rest.push(ANY_ONE);
    else if (part === "any-run") {
      if (rest.at(-1) !== ANY_RUN) rest.push(ANY_RUN);
    } else if (rest.length === 0) prefix += part.literal;
    else for (let at = 0; at < part.literal.length; at++) rest.push(part.literal.charCodeAt(at));
  }
  return { prefix, rest };
}

/**
 * Whether the pattern matches the whole text. `*` matches any characters, including `/` and `:`;
 * `?` matches one character (a Unicode code point). On a mismatch only the last `*` is extended, so
 * it takes at most pattern × text steps.
 */
export function matchesGlob({ prefix, rest }: Glob, text: string): boolean {
  if (!text.startsWith(prefix)) return false;
  let at = prefix.length;
  let next = 0;
  let runAt = -1;
  let runEnd = 0;
  while (at < text.length) {
    const wanted = rest[next];
    if (wanted === ANY_RUN) {
      runAt = next;
      runEnd = at;
      next += 1;
    } else if (wanted === ANY_ONE) {
      at += lengthAt(text, at);
      next += 1;
    } else if (wanted === text.charCodeAt(at)) {
      at += 1;
      next += 1;
    } else if (runAt !== -1) {
      runEnd += lengthAt(text, runEnd);
      at = runEnd;
      next = runAt + 1;
    } else {
      return false;
    }
  }
  while (rest[next] === ANY_RUN) next += 1;
  return next === rest.length;
}

/** UTF-16 units of the character that begins here. */
function lengthAt(text: string, at: number): 1 | 2 {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
