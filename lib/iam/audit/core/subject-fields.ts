import { type Fragment, sequence } from "../../automata/fragments";
import { anyOne, anyRun } from "../../automata/patterns";
import { upToFirst } from "../../automata/up-to-first";
import type { Piece, Value } from "../../language/policy";
import { SOME_USER } from "../../prove/tokens/subjects";

const USER = "/user/";
const ORIGIN = "/vcs-origin/";
const REF = "/vcs-ref/";

/** What a value matches. Undefined: it has a variable, which a trust policy cannot resolve. */
export function fragmentOf({ pieces }: Pick<Value, "pieces">): Fragment | undefined {
  const parts: Fragment[] = [];
  for (const piece of pieces) {
    if (piece.kind === "variable") return undefined;
    parts.push(piece.kind === "literal" ? piece.text : piece.kind === "any-one" ? anyOne : anyRun);
  }
  return sequence(...parts);
}

/**
 * A pattern read field by field, although IAM's wildcards ignore fields: its ref is the token's
 * ref, after the first `/vcs-ref/`; its origin comes after the user's 36 characters. A token that
 * matches the pattern but not one of these matched a wildcard across fields. Empty for a pattern
 * without origin and ref.
 */
export function readByFields(value: Pick<Value, "pieces">): readonly Fragment[] {
  const ref = after(value.pieces, REF);
  const origin = after(value.pieces, ORIGIN);
  const refPattern = ref === undefined ? undefined : fragmentOf({ pieces: ref });
  const originPattern = origin === undefined ? undefined : fragmentOf({ pieces: origin });
  const fragments: Fragment[] = [];
  if (refPattern !== undefined) fragments.push(sequence(upToFirst(REF), refPattern));
  if (originPattern !== undefined) {
    const anyUser = Array.from(SOME_USER, (): Fragment => anyOne);
    fragments.push(sequence(upToFirst(USER), ...anyUser, ORIGIN, originPattern));
  }
  return fragments;
}

/** The pieces behind the first place where a pattern writes a marker out. */
function after(pieces: readonly Piece[], marker: string): readonly Piece[] | undefined {
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== "literal") continue;
    const at = piece.text.indexOf(marker);
    if (at === -1) continue;
    const rest = piece.text.slice(at + marker.length);
    const others = pieces.slice(index + 1);
    return rest === "" ? others : [{ kind: "literal", text: rest }, ...others];
  }
  return undefined;
}
