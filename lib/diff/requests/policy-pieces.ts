import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import { compileActions } from "../../iam/evaluate/match-resource";
import { requestKeys } from "../../iam/evaluate/request";
import type { Policy, Statement } from "../../iam/language/policy";
import { isLiteral } from "../../iam/language/policy";
import { normalForm } from "../../iam/prove/requests/normal-form";

/**
 * The pieces of what `is` allows; those that allow more than one action first. If only Allow
 * statements were added, pieces that `was` has too are left out, because they gain nothing. If a
 * single piece is new, every gain comes from it.
 */
export function addedPieces(
  was: readonly Policy[],
  is: readonly Policy[],
  isOnlyAdded: boolean,
  split: (statement: Statement) => readonly Statement[],
): readonly Policy[] {
  const piecesOf = (policies: readonly Policy[]): readonly Policy[] =>
    policies.flatMap((policy) =>
      policy.statements
        .filter(({ effect }) => effect === "Allow")
        .flatMap(split)
        .map((statement) => ({ ...policy, statements: [statement] })),
    );
  const old = new Set(isOnlyAdded ? piecesOf(was).map((one) => normalForm([one])) : []);
  const added = piecesOf(is).filter((one) => !old.has(normalForm([one])));
  const isOfMany = ({ statements }: Policy) => statements.some((one) => patternOf(one) !== undefined);
  return [...added.filter(isOfMany), ...added.filter((one) => !isOfMany(one))];
}

/** What a piece lets through where that is more than one action. */
export function patternOf({ actions }: Statement): Phrase | undefined {
  const names = joinPhrases(
    actions.values.map(({ text }) => [quoted(text)]),
    ", ",
  );
  if (actions.negated) return ["everything except ", ...names];
  return actions.values.every(isLiteral) ? undefined : names;
}

/** Whether a statement certainly applies to an action. */
export function covers({ actions }: Statement, action: string): boolean {
  return compileActions(actions)(action, requestKeys([], "open")) === true;
}

export function deniesOf(policies: readonly Policy[]): readonly Statement[] {
  return policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Deny"));
}

/** Whether the same is denied, however it is written. */
export function isDenySame(before: readonly Policy[], after: readonly Policy[]): boolean {
  const denied = (policies: readonly Policy[]) =>
    normalForm(policies.map((policy) => ({ ...policy, statements: deniesOf([policy]) })));
  return denied(before) === denied(after);
}

/** A statement for each of its actions; `NotAction` is one. */
export function byAction(statement: Statement): readonly Statement[] {
  const { actions } = statement;
  if (actions.negated) return [statement];
  return actions.values.map((value) => ({ ...statement, actions: { ...actions, values: [value] } }));
}

/** A statement for each of its principals; `NotPrincipal` is one. */
export function byCaller(statement: Statement): readonly Statement[] {
  const { principals } = statement;
  if (principals === undefined || principals.negated) return [statement];
  return principals.members.map((member) => ({
    ...statement,
    principals: { ...principals, members: [member] },
  }));
}
