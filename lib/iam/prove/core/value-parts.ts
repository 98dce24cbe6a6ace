import { ProjectError } from "../../../errors";
import { anyOne, anyRun, isWholeText, type PatternPart } from "../../automata/patterns";
import type { Piece, Value } from "../../language/policy";

/**
 * The code of what ends a proof because the policy asks something that has no exact answer here;
 * callers answer `unknown`.
 */
export const NOT_EXACT = "proof-not-exact";

/** What a value matches. @throws ProjectError `proof-not-exact` for a policy variable */
export function partsOf({ path, pieces }: Value): readonly PatternPart[] {
  return pieces.map((piece) => partOf(piece, path));
}

/** @throws ProjectError `proof-not-exact` for a policy variable */
export function partOf(piece: Piece, path: string): PatternPart {
  switch (piece.kind) {
    case "any-one":
      return anyOne;
    case "any-run":
      return anyRun;
    case "variable":
      throw notExact(path, `the policy variable \${${piece.key}} is only known for a given request`);
    case "literal":
      if (!isWholeText(piece.text)) throw notExact(path, "the value contains half of a surrogate pair");
      return piece.text;
  }
}

/** A value as text, a wildcard as `*`. */
export function literalOf(value: Value): string {
  return partsOf(value)
    .map((part) => (typeof part === "string" ? part : "*"))
    .join("");
}

/** What ends a proof, and where in the policy its cause stands. */
export function notExact(path: string, message: string): ProjectError {
  return new ProjectError({ code: NOT_EXACT, message: `${message} (${path})`, found: path });
}

/** What ends a proof that depends on what is undecided. */
export function notDecided(reasons: readonly string[]): ProjectError {
  const message =
    reasons.length === 0
      ? "it depends on behavior that AWS does not document"
      : [...new Set(reasons)].join("; ");
  return new ProjectError({ code: NOT_EXACT, message, found: message });
}
