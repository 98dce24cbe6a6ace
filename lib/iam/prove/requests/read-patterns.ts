import { and, type Formula, or } from "../../automata/formula";
import { compileFragment, type Fragment, sequence } from "../../automata/fragments";
import { anyOne, anyRun, compilePatterns } from "../../automata/patterns";
import type { Condition, Piece, Value } from "../../language/policy";
import { ARN_PARTS, splitArn } from "../../language/split-arn";
import type { Claim } from "../claim";
import { partOf } from "../value-parts";
import type { RequestSpace } from "./request-space";
import { anyInPart, everyArn, oneInPart } from "./universe";

/** How values are compared with texts. */
export type Comparing = "exact" | "ignore-case" | "arn";

/**
 * "One of the claim's texts matches one of the values." What a value with variables matches, only a request knows: it is some of what
 * it would match with any text in their places, and which of it is a fact of its own.
 *
 * @throws ProjectError `proof-not-exact` for half a character
 */
export function someMatch(
  space: RequestSpace,
  claim: Claim,
  values: readonly Value[],
  comparing: Comparing,
): Formula {
  const fixed = values.filter((value) => !hasVariable(value));
  const varying = values.filter(hasVariable);
  return or(
    claim.someIn(matching(space, fixed, comparing)),
    ...varying.map((value) =>
      and(claim.someIn(matching(space, [value], comparing)), byVariables(space, claim, [value], comparing)),
    ),
  );
}

/** "Each of the claim's texts matches one of the values." */
export function everyMatch(
  space: RequestSpace,
  claim: Claim,
  values: readonly Value[],
  comparing: Comparing,
): Formula {
  const every = claim.everyIn(matching(space, values, comparing));
  return values.some(hasVariable)
    ? and(every, byVariables(space, claim, values, `${comparing}, all`))
    : every;
}

/** Asked of the same claim in the same way, it is the same fact. */
function byVariables(space: RequestSpace, claim: Claim, values: readonly Value[], how: string): Formula {
  const of = `${space.claims.indexOf(claim)} ${how} ${JSON.stringify(values.map(({ pieces }) => pieces))}`;
  return and(...values.filter(hasVariable).map((value) => space.matchesByVariable(value, of)));
}

export function hasVariable({ pieces }: Value): boolean {
  return pieces.some(({ kind }) => kind === "variable");
}

export function comparingOf({ operator: { base } }: Condition): Comparing {
  if (base === "ArnLike" || base === "ArnEquals") return "arn";
  return base === "StringEqualsIgnoreCase" ? "ignore-case" : "exact";
}

/** The positions of all texts that one of the values can match; a variable stands for any text. */
function matching(
  { automaton: { graph } }: RequestSpace,
  values: readonly Value[],
  comparing: Comparing,
): number {
  if (comparing === "arn") return graph.union(values.map((value) => compileFragment(graph, arnLike(value))));
  const patterns = values.map(({ pieces, path }) =>
    pieces.map((piece) => (piece.kind === "variable" ? anyRun : partOf(piece, path))),
  );
  return compilePatterns(graph, patterns, { ignoreCase: comparing === "ignore-case" });
}

/** An ARN compared part by part: a wildcard does not reach past a colon but in the last part. */
function arnLike(value: Value): Fragment {
  if (value.text === "*") return everyArn;
  const parts = splitArn(value).map(({ pieces }, at) =>
    sequence(...pieces.map((piece) => fragmentOf(piece, value.path, at === ARN_PARTS - 1))),
  );
  return sequence(...parts.flatMap((part, at): readonly Fragment[] => (at === 0 ? [part] : [":", part])));
}

function fragmentOf(piece: Piece, path: string, isLast: boolean): Fragment {
  if (piece.kind === "variable") return anyRun;
  const part = partOf(piece, path);
  if (part === anyOne) return isLast ? anyOne : oneInPart;
  if (part === anyRun) return isLast ? anyRun : anyInPart;
  return part;
}
