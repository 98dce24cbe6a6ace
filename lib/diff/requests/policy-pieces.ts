import { PERMISSIONS_MANAGEMENT_SERVICES } from "../../config/model/boundary";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import { ACCESS_LEVELS, type ActionCatalogue } from "../../iam/data/action-details";
import { compileActions } from "../../iam/evaluate/match-resource";
import { requestKeys } from "../../iam/evaluate/request";
import type { Policy, Statement } from "../../iam/language/policy";
import { isLiteral } from "../../iam/language/policy";
import { normalForm } from "../../iam/prove/requests/normal-form";

/**
 * The pieces of what `is` allows, in the order in which a reader has to see them where not all are
 * shown: permissions management (`iam:PassRole`), then what allows more than one action, then the
 * rest. If only Allow
 * statements were added, pieces and resources that `was` has too are left out, because they gain
 * nothing. If a single piece is new, every gain comes from it.
 */
export function addedPieces(
  was: readonly Policy[],
  is: readonly Policy[],
  isOnlyAdded: boolean,
  split: (statement: Statement) => readonly Statement[],
): readonly Policy[] {
  const statementsOf = (policies: readonly Policy[]) =>
    policies.flatMap(({ version, statements }) =>
      statements
        .filter(({ effect }) => effect === "Allow")
        .flatMap(split)
        .map((statement) => ({ version, statement })),
    );
  const old = new Set(
    isOnlyAdded ? statementsOf(was).flatMap((one) => byResource(one.statement).map(sayingOf)) : [],
  );
  const added = statementsOf(is).flatMap(({ version, statement }): readonly Policy[] => {
    const fresh = withResources(
      statement,
      byResource(statement).filter((one) => !old.has(sayingOf(one))),
    );
    return fresh === undefined ? [] : [{ version, statements: [fresh] }];
  });
  const isOfMany = ({ statements }: Policy) => statements.some((one) => patternOf(one) !== undefined);
  const rank = (piece: Policy) => (managesPermissions(piece) ? 0 : 2) + (isOfMany(piece) ? 0 : 1);
  return added.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * Whether a piece names an action, other than a reading one, of a service that manages permissions,
 * or a service by a pattern.
 */
export function managesPermissions({ statements }: Policy): boolean {
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

/**
 * IAM's own reads and reports, and those of the other services (Service Authorization Reference).
 */
const READS = /^(?:describe|generate|get|ismember|list|simulate)/;

/** Allow statements, each without the actions and the resources that another list has, too. */
export function addedStatements(was: readonly Statement[], is: readonly Statement[]): readonly Statement[] {
  const atomsOf = (statement: Statement) => byAction(statement).flatMap(byResource);
  const allows = (all: readonly Statement[]) => all.filter(({ effect }) => effect === "Allow");
  const old = new Set(allows(was).flatMap(atomsOf).map(sayingOf));
  return allows(is).flatMap((statement) => {
    const actions = byAction(statement).filter((one) =>
      byResource(one).some((atom) => !old.has(sayingOf(atom))),
    );
    const named = new Set(actions.flatMap((one) => one.actions.values));
    const values = statement.actions.values.filter((one) => named.has(one));
    if (actions.length === 0) return [];
    const rest = statement.actions.negated
      ? statement
      : { ...statement, actions: { ...statement.actions, values } };
    const fresh = byResource(rest).filter((one) => byAction(one).some((atom) => !old.has(sayingOf(atom))));
    return withResources(rest, fresh) ?? [];
  });
}

function sayingOf(statement: Statement): string {
  return normalForm([{ version: "2012-10-17", statements: [statement] }]);
}

/** A statement for each of its resources; `NotResource` is one. */
export function byResource(statement: Statement): readonly Statement[] {
  const { resources } = statement;
  if (resources === undefined || resources.negated) return [statement];
  return resources.values.map((value) => ({ ...statement, resources: { ...resources, values: [value] } }));
}

/** The statement for those of its resources alone. Undefined: for none. */
export function withResources(statement: Statement, parts: readonly Statement[]): Statement | undefined {
  const { resources } = statement;
  if (parts.length === 0) return undefined;
  if (resources === undefined || resources.negated) return statement;
  return {
    ...statement,
    resources: { ...resources, values: parts.flatMap((one) => one.resources?.values ?? []) },
  };
}

/** Whether a list has a statement that says the same. */
export function isAmong(statement: Statement, all: readonly Statement[]): boolean {
  const own = sayingOf(statement);
  return all.some((one) => sayingOf(one) === own);
}

/** The actions of a statement, if the catalogue does not know one of them. */
export function unknownIn(
  { actions: { values, negated } }: Statement,
  catalogue: ActionCatalogue | undefined,
): Phrase | undefined {
  if (catalogue === undefined || negated) return undefined;
  const isUnknown = values.map(({ text }) => catalogue.matching(text)?.count === 0);
  if (!isUnknown.includes(true)) return undefined;
  return joinPhrases(
    values.map(({ text }, at): Phrase => [quoted(text), ...(isUnknown[at] === true ? [UNKNOWN_ACTION] : [])]),
    ", ",
  );
}

const UNKNOWN_ACTION = " (unknown to this version)";

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

/** By the access level of what a piece matches, and by how much it matches. */
export function mostSeriousFirst(pieces: readonly Policy[], catalogue: ActionCatalogue): readonly Policy[] {
  const ranked = pieces.map((piece) => {
    const matched = piece.statements.flatMap(({ actions }) =>
      actions.negated ? [] : actions.values.flatMap(({ text }) => catalogue.matching(text) ?? []),
    );
    // What matches more than one service comes first.
    if (matched.length === 0) return { piece, level: -1, count: 0 };
    const [{ levels: [level] = [], count = 0 } = {}] = matched;
    return { piece, level: level === undefined ? ACCESS_LEVELS.length : ACCESS_LEVELS.indexOf(level), count };
  });
  return ranked
    .toSorted((one, other) => one.level - other.level || other.count - one.count)
    .map(({ piece }) => piece);
}
