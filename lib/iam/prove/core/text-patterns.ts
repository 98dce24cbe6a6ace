import { CharacterSet } from "../../automata/character-set";
import type { Determinized } from "../../automata/determinize";
import { and, type Formula, or } from "../../automata/formula";
import { compileFragment, type Fragment, sequence, zeroOrMore } from "../../automata/fragments";
import { anyOne, anyRun, compilePatterns } from "../../automata/patterns";
import type { Condition, Piece, Value } from "../../language/policy";
import { ARN_PARTS, splitArn } from "../../language/split-arn";
import type { TextDimension } from "./text-dimension";
import { partOf } from "./value-parts";

const NOT_COLON = CharacterSet.all.without(CharacterSet.of(":"));
/** What a wildcard matches in a component of an ARN other than the last. */
const anyInPart: Fragment = zeroOrMore(NOT_COLON);

/** Every text that ARN operators read as an ARN. */
export const everyArn: Fragment = sequence(
  "arn:",
  ...[0, 1, 2, 3].flatMap((): readonly Fragment[] => [anyInPart, ":"]),
  anyRun,
);

/** How values are compared with texts. */
export type Comparing = "exact" | "ignore-case" | "arn";

/** What is asked of a text, by its name: the same name, the same text. */
interface AskedText {
  readonly name: string;
  readonly dimension: TextDimension;
  /**
   * "The variables of a value are such that it matches", the same wherever the same is asked.
   * @param of what is asked, of the text of this name
   */
  readonly matchesByVariable: (value: Value, of: string, name: string) => Formula;
}

/**
 * "One of the texts matches one of the values." What a value with variables matches, only a request
 * knows: it is some of what it would match with any text in their places, and which of it is a fact
 * of its own.
 *
 * @throws ProjectError `proof-not-exact` for half a character
 */
export function someMatch(asked: AskedText, values: readonly Value[], comparing: Comparing): Formula {
  const { dimension } = asked;
  const varying = values.filter(hasVariable);
  return or(
    dimension.someIn(matching(dimension.automaton, withoutVariables(values), comparing)),
    ...varying.map((value) =>
      and(
        dimension.someIn(matching(dimension.automaton, [value], comparing)),
        byVariables(asked, [value], comparing),
      ),
    ),
  );
}

/** "Each of the texts matches one of the values." */
export function everyMatch(asked: AskedText, values: readonly Value[], comparing: Comparing): Formula {
  const every = asked.dimension.everyIn(matching(asked.dimension.automaton, values, comparing));
  return values.some(hasVariable) ? and(every, byVariables(asked, values, `${comparing}, all`)) : every;
}

/** Asked of the same text in the same way, it is the same fact. */
function byVariables({ name, matchesByVariable }: AskedText, values: readonly Value[], how: string): Formula {
  const of = `${name} ${how} ${JSON.stringify(values.map(({ pieces }) => pieces))}`;
  return and(...values.filter(hasVariable).map((value) => matchesByVariable(value, of, name)));
}

function hasVariable({ pieces }: Value): boolean {
  return pieces.some(({ kind }) => kind === "variable");
}

export function withoutVariables(values: readonly Value[]): readonly Value[] {
  return values.filter((value) => !hasVariable(value));
}

export function comparingOf({ operator: { base } }: Condition): Comparing {
  if (base === "ArnLike" || base === "ArnEquals") return "arn";
  return base === "StringEqualsIgnoreCase" || base === "Bool" ? "ignore-case" : "exact";
}

/** The positions of all texts that one of the values can match; a variable stands for any text. */
export function matching({ graph }: Determinized, values: readonly Value[], comparing: Comparing): number {
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
  if (part === anyOne) return isLast ? anyOne : NOT_COLON;
  if (part === anyRun) return isLast ? anyRun : anyInPart;
  return part;
}
