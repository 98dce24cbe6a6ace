import { compareText } from "../../../collections/sort";
import type { Fragment } from "../../automata/fragments";
import { compileGlob, type GlobPart, matchesGlob } from "../../evaluate/glob";
import type { Piece, Policy } from "../../language/policy";
import { fragmentOf } from "./subject-fields";

/** Refs that a policy names, as it names them: `refs/heads/main`, or `refs/tags/v*`. */
export interface NamedRefs {
  readonly text: string;
  readonly isPattern: boolean;
  readonly fragment: Fragment;
  matches(ref: string): boolean;
}

const REF = "/vcs-ref/";

/**
 * What stands behind the first `/vcs-ref/` of every value; and where a value begins with a
 * wildcard, a branch or tag that it ends with, which is how trust-forms.ts writes long lists. The
 * narrowest first.
 */
export function refsNamedIn(policies: readonly Policy[]): readonly NamedRefs[] {
  const found = new Map<string, NamedRefs>();
  for (const { conditions } of policies.flatMap(({ statements }) => statements)) {
    for (const { pieces } of conditions.flatMap(({ values }) => values)) {
      const named = namedRefs(behindRef(pieces));
      if (named !== undefined) found.set(JSON.stringify([named.text, named.isPattern]), named);
    }
  }
  const width = ({ text, isPattern }: NamedRefs) =>
    isPattern ? text.search(/[*?]/) : Number.MAX_SAFE_INTEGER;
  return [...found.values()].sort(
    (one, other) => width(other) - width(one) || compareText(one.text, other.text),
  );
}

/** Origins that a policy spells out between `/vcs-origin/` and `/vcs-ref/`. */
export function originsNamedIn(policies: readonly Policy[]): readonly string[] {
  const values = policies.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) => conditions.flatMap((one) => one.values)),
  );
  const literals = values.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (piece.kind === "literal" ? [piece.text] : [])),
  );
  return [
    ...new Set(literals.flatMap((text) => /\/vcs-origin\/(.+?)\/vcs-ref\//s.exec(text)?.[1] ?? [])),
  ].sort();
}

function behindRef(pieces: readonly Piece[]): readonly Piece[] {
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== "literal") continue;
    const at = piece.text.indexOf(REF);
    if (at === -1) continue;
    const rest = piece.text.slice(at + REF.length);
    return [...(rest === "" ? [] : [{ kind: "literal", text: rest } as const]), ...pieces.slice(index + 1)];
  }
  const [first, second, ...others] = pieces;
  if (first?.kind !== "any-run" || second?.kind !== "literal") return [];
  const [, end] = /^\/?((?:heads|tags)\/.+)$/s.exec(second.text) ?? [];
  return end === undefined ? [] : [{ kind: "literal", text: `refs/${end}` }, ...others];
}

function namedRefs(pieces: readonly Piece[]): NamedRefs | undefined {
  const fragment = fragmentOf({ pieces });
  if (pieces.length === 0 || fragment === undefined) return undefined;
  const parts = pieces.flatMap((piece): readonly GlobPart[] =>
    piece.kind === "literal" ? [{ literal: piece.text }] : piece.kind === "variable" ? [] : [piece.kind],
  );
  const glob = compileGlob(parts);
  const text = parts
    .map((part) => (part === "any-run" ? "*" : part === "any-one" ? "?" : part.literal))
    .join("");
  const isPattern = parts.some((part) => typeof part === "string");
  return { text, isPattern, fragment, matches: (ref) => matchesGlob(glob, ref) };
}
