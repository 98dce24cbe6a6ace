import { compileActions } from "../../iam/decide/match-resource";
import { requestKeys } from "../../iam/decide/request";
import type { Policy, Statement, Value } from "../../iam/language/policy";
import { joinPhrases, type Phrase, quoted } from "../model/phrase";

/**
 * What `is` allows piece by piece, those first that let through more than one action. Where nothing but Allows has been added, without the pieces that `was` has too: nothing is gained by
 * them, and by a piece that is the only new one everything is.
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
  const old = new Set(isOnlyAdded ? piecesOf(was).map(sayingOfPiece) : []);
  const added = piecesOf(is).filter((one) => !old.has(sayingOfPiece(one)));
  const isOfMany = ({ statements }: Policy) => statements.some((one) => patternOf(one) !== undefined);
  return [...added.filter(isOfMany), ...added.filter((one) => !isOfMany(one))];
}

/** What a piece lets through where that is more than one action. */
export function patternOf({ actions }: Statement): Phrase | undefined {
  const names = joinPhrases(
    actions.values.map(({ text }) => [quoted(text)]),
    ", ",
  );
  if (actions.negated) return ["everything but ", ...names];
  return actions.values.some(isWide) ? names : undefined;
}

/** Whether a statement speaks of an action, for certain. */
export function covers({ actions }: Statement, action: string): boolean {
  return compileActions(actions)(action, requestKeys([], "open")) === true;
}

function isWide({ pieces }: Value): boolean {
  return pieces.some(({ kind }) => kind !== "literal");
}

export function deniesOf(policies: readonly Policy[]): readonly Statement[] {
  return policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Deny"));
}

/** Whether the same is denied, by statements in any order. */
export function isDenySame(before: readonly Policy[], after: readonly Policy[]): boolean {
  const denies = (policies: readonly Policy[]) =>
    policies
      .flatMap((policy) => deniesOf([policy]).map((one) => `${policy.version} ${saying(one)}`))
      .sort()
      .join("\n");
  return denies(before) === denies(after);
}

/** What a statement says, wherever it stands and whatever it is called. */
function saying(statement: Statement): string {
  return JSON.stringify({ ...statement, index: 0, sid: "" }, (key, value: unknown) =>
    key === "path" ? undefined : value,
  );
}

/** A variable is none in a policy of the older version. */
function sayingOfPiece({ version, statements }: Policy): string {
  return `${version} ${statements.map(saying).join()}`;
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
