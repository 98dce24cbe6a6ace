import { PERMISSIONS_MANAGEMENT_SERVICES } from "../../config/model/boundary";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import { compileActions } from "../../iam/evaluate/match-resource";
import { requestKeys } from "../../iam/evaluate/request";
import type { Policy, Statement } from "../../iam/language/policy";
import { isLiteral } from "../../iam/language/policy";
import { normalForm } from "../../iam/prove/requests/normal-form";

/**
 * The pieces of what `is` allows, in the order in which a reader has to see them where not all are
 * shown: permissions management (`iam:PassRole`), then what allows more than one action, then the
 * rest. If only Allow
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
  const rank = (piece: Policy) => (managesPermissions(piece) ? 0 : 2) + (isOfMany(piece) ? 0 : 1);
  return added.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * Whether a piece names an action, other than a reading one, of a service that manages permissions,
 * or a service by a pattern.
 */
function managesPermissions({ statements }: Policy): boolean {
  return statements.some(
    ({ actions: { negated, values } }) =>
      negated ||
      values.some(({ text }) => {
        const [service = "", name = ""] = text.toLowerCase().split(":");
        if (READS.test(name)) return false;
        return /[*?]/.test(service) || PERMISSIONS_MANAGEMENT_SERVICES.some((one) => one === service);
      }),
  );
}

/** IAM's own reads and reports, and those of the other services (Service Authorization Reference). */
const READS = /^(?:describe|generate|get|ismember|list|simulate)/;

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
