import { foldCase } from "../automata/letter-case";
import type { Value } from "../language/policy";
import { compileGlob, type Glob, type GlobPart, matchesGlob } from "./glob";
import type { RequestKeys } from "./request";
import type { Truth } from "./truth";

/** A value of a policy, ready to be compared with values of a request. */
export interface ValuePattern {
  readonly matches: (text: string, keys: RequestKeys) => Truth;
  /** Set if it is a literal: the text to compare with, case-folded if case is ignored. */
  readonly only?: string;
  /** The common prefix of all texts that it matches; may be empty. */
  readonly prefix: string;
}

/** A pattern for whole texts. */
export function compileText(value: Value, { ignoreCase }: { readonly ignoreCase: boolean }): ValuePattern {
  const fold = ignoreCase ? foldCase : (text: string): string => text;
  const fixed = fixedParts(value);
  if (fixed === undefined) {
    return {
      prefix: "",
      matches: (text, keys) => {
        const parts = fillIn(value, keys);
        return typeof parts === "string"
          ? parts === "open"
            ? "unknown"
            : false
          : matchesGlob(foldParts(parts, fold), fold(text));
      },
    };
  }
  const glob = foldParts(fixed, fold);
  const matches = (text: string): boolean => matchesGlob(glob, fold(text));
  const prefix = ignoreCase ? "" : glob.prefix;
  return glob.rest.length === 0 ? { matches, prefix, only: glob.prefix } : { matches, prefix };
}

function foldParts(parts: readonly GlobPart[], fold: (text: string) => string): Glob {
  return compileGlob(
    parts.map((part) => (typeof part === "string" ? part : { literal: fold(part.literal) })),
  );
}

/** The value's parts. Undefined: it has a variable. */
function fixedParts({ pieces }: Value): readonly GlobPart[] | undefined {
  const parts: GlobPart[] = [];
  for (const piece of pieces) {
    if (piece.kind === "variable") return undefined;
    parts.push(piece.kind === "literal" ? { literal: piece.text } : piece.kind);
  }
  return parts;
}

/**
 * The value's parts with every variable filled in by the request: its characters, never wildcards.
 * `open`: the request leaves one open. `none`: one has no value and no default, or several values;
 * then the value matches nothing ("IAM policy elements: Variables and tags").
 */
function fillIn({ pieces }: Value, keys: RequestKeys): readonly GlobPart[] | "open" | "none" {
  const parts: GlobPart[] = [];
  let isOpen = false;
  for (const piece of pieces) {
    if (piece.kind !== "variable") {
      parts.push(piece.kind === "literal" ? { literal: piece.text } : piece.kind);
      continue;
    }
    const found = keys.get(piece.key);
    if (found.state === "open") isOpen = true;
    else {
      const [only = piece.default, ...others] = found.state === "set" ? found.values : [];
      if (only === undefined || others.length > 0) return "none";
      parts.push({ literal: only });
    }
  }
  return isOpen ? "open" : parts;
}

/** The keys of a value's variables that the request leaves open. */
export function openVariables({ pieces }: Value, keys: RequestKeys): readonly string[] {
  return pieces.flatMap((piece) =>
    piece.kind === "variable" && keys.get(piece.key).state === "open" ? [piece.key] : [],
  );
}
