import type { Patterns, Statement } from "../iam/language/policy";
import { isLiteral } from "../iam/language/policy";
import { joinPhrases, type Phrase, quoted } from "./phrase";

/** So many actions or resources of one statement are named; the rest is counted. */
const SHOWN = 3;

/** What a statement allows or denies, as it names it: `s3:*` on `arn:aws:s3:::acme/*`. */
export function describeStatement({ actions, resources, conditions }: Statement): Phrase {
  return [
    ...describePatterns(actions),
    " on ",
    ...(resources === undefined ? ["no resource"] : describePatterns(resources)),
    ...(conditions.length === 0 ? [] : [" under conditions"]),
  ];
}

/** Statements with wildcards first: the extent stands before the examples. */
export function widestFirst(statements: readonly Statement[]): readonly Statement[] {
  return [...statements.filter(isWide), ...statements.filter((one) => !isWide(one))];
}

function isWide({ actions }: Statement): boolean {
  return actions.negated || !actions.values.every(isLiteral);
}

/** Actions, resources or principals of a statement, with `NotAction` and its kin as "all except". */
export function describePatterns({ negated, values }: Patterns): Phrase {
  const shown = values.slice(0, SHOWN).map(({ text }): Phrase => [quoted(text)]);
  const left = values.length - SHOWN;
  const names = joinPhrases([...shown, ...(left > 0 ? [[`${left} more`]] : [])], ", ");
  return negated ? ["everything except ", ...names] : names;
}

/**
 * A call, after what is allowed with it: `s3:*`, such as `s3:GetObject` on `arn:…`.
 * @param by the extent that the call stands for. Undefined: the call alone
 */
export function describeCall(
  { action, resource }: { readonly action: string; readonly resource: string },
  by?: Phrase,
): Phrase {
  const call: Phrase = [quoted(action), " on ", quoted(resource)];
  return by === undefined ? call : [...by, ", such as ", ...call];
}
