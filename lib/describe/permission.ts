import type { ActionCatalogue } from "../iam/data/action-details";
import type { Patterns, Statement } from "../iam/language/policy";
import { isLiteral } from "../iam/language/policy";
import { describeConditionsOf } from "./condition";
import { counted } from "./list";
import { joinPhrases, type Phrase, plainText, quoted } from "./phrase";

/** So many actions or resources of one statement are named; the rest is counted. */
const SHOWN = 3;

/**
 * What a statement allows or denies, as it names it: `s3:*` on `arn:aws:s3:::acme/*`; every action
 * on every resource.
 * @param catalogue says what wildcards are, and which actions are not known. Undefined: nothing is
 * said
 * @param isException whether it follows "except", where every resource goes without saying
 */
export function describeStatement(
  { actions, resources, conditions }: Statement,
  catalogue?: ActionCatalogue,
  isException = false,
): Phrase {
  return [
    ...(isAll(actions) ? ["every action"] : describeActions(actions, catalogue)),
    ...(resources !== undefined && isAll(resources)
      ? isException
        ? []
        : [" on every resource"]
      : [" on ", ...(resources === undefined ? ["no resource"] : describePatterns(resources))]),
    ...(conditions.length === 0 ? [] : [" (only ", ...describeConditionsOf(conditions), ")"]),
  ];
}

function isAll(patterns: Patterns): boolean {
  return !patterns.negated && patterns.values.some(({ text }) => text === "*");
}

/**
 * Actions as a statement names them, and what its wildcards are: `s3:Get*` (73 actions: read). An
 * action that the catalogue does not have is called unknown.
 */
function describeActions(actions: Patterns, catalogue: ActionCatalogue | undefined): Phrase {
  const names = describePatterns(actions);
  if (catalogue === undefined || actions.negated) return names;
  const shown = actions.values.slice(0, SHOWN).map((value): Phrase => {
    const name: Phrase = [quoted(value.text)];
    const matched = catalogue.matching(value.text);
    if (matched === undefined) return name;
    const { count, levels } = matched;
    if (count === 0) return [...name, ` (unknown to this version, data of ${catalogue.date})`];
    return isLiteral(value) ? name : [...name, ` (${counted(count, "action")}: ${levels.join(", ")})`];
  });
  const left = actions.values.length - SHOWN;
  return joinPhrases([...shown, ...(left > 0 ? [[`${left} more`]] : [])], ", ");
}

/** Statements with wildcards first: the extent comes before the examples. */
export function widestFirst(statements: readonly Statement[]): readonly Statement[] {
  return [...statements.filter(isWide), ...statements.filter((one) => !isWide(one))];
}

function isWide({ actions }: Statement): boolean {
  return actions.negated || !actions.values.every(isLiteral);
}

/**
 * Actions, resources or principals of a statement, with `NotAction` and its kin as "all except".
 */
export function describePatterns({ negated, values }: Patterns): Phrase {
  const shown = values.slice(0, SHOWN).map(({ text }): Phrase => [quoted(text)]);
  const left = values.length - SHOWN;
  const names = joinPhrases([...shown, ...(left > 0 ? [[`${left} more`]] : [])], ", ");
  return negated ? ["everything except ", ...names] : names;
}

/**
 * What calls are about, as policies name it: `s3:*` on `arn:aws:s3:::acme/*`; every action on every
 * resource. A call is named only as an example of resources that are not known.
 * @param by the actions. Undefined: that of the call
 * @param on the resources. Undefined: only the example is known
 */
export function describeExtent(
  { action, resource }: { readonly action: string; readonly resource: string },
  by?: Phrase,
  on?: Phrase,
): Phrase {
  const actions = by === undefined ? [quoted(action)] : plainText(by) === "*" ? ["every action"] : by;
  if (on === undefined) return [...actions, " on some resources, such as ", quoted(resource)];
  return [...actions, ...(plainText(on) === "*" ? [" on every resource"] : [" on ", ...on])];
}
