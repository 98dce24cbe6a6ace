import type { Policy, Statement } from "../../iam/language/policy";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type PermissionsComparison,
  type RequestWitness,
} from "../../iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";

/** So many parts of a policy are looked at for them. */
const MOST_PIECES = 24;

/** A request, and the pattern of actions that lets it through where that lets through more. */
export interface FoundRequest extends RequestWitness {
  readonly by?: string;
}

/** Requests that a change lets through, and that it no longer does. */
export interface FoundRequests {
  readonly gained: readonly FoundRequest[];
  readonly lost: readonly FoundRequest[];
}

/**
 * What a role gains and loses: a request for every action that a new statement names, not only one for all.
 * @param found what `comparePermissions` says of the two
 */
export function requestsBetween(
  before: Permissions,
  after: Permissions,
  found: PermissionsComparison,
): FoundRequests {
  return {
    gained: gainedRequests(before, after, found.gained),
    lost: gainedRequests(after, before, found.lost),
  };
}

/**
 * The same of a resource's policy: a request for everybody who is named anew.
 * @param found what `compareResourcePolicies` says of the two
 */
export function callersBetween(
  before: Policy | undefined,
  after: Policy | undefined,
  found: PermissionsComparison,
): FoundRequests {
  return {
    gained: gainedByCallers(before, after, found.gained),
    lost: gainedByCallers(after, before, found.lost),
  };
}

/** Each of these parts of `after` allows no more than `after` does, so what one of them gains is gained. */
function gainedRequests(
  before: Permissions,
  after: Permissions,
  gained: RequestWitness | undefined,
): readonly FoundRequest[] {
  if (gained === undefined) return [];
  const [was, is] = [readable(before.identity), readable(after.identity)];
  const names = new Set(before.identity.flatMap((one) => (one.kind === "opaque" ? [one.name] : [])));
  const [shared, foreign] = [true, false].map((isShared) =>
    after.identity.filter((one) => one.kind === "opaque" && names.has(one.name) === isShared),
  );
  const isOnlyAdded = isDenySame(was, is) && sameBoundary(before, after);
  const pieces = addedPieces(was, is, isOnlyAdded, byAction);
  const [only] = pieces;
  if (isOnlyAdded && only !== undefined && pieces.length === 1 && foreign?.length === 0)
    return withPattern(gained, only.statements);
  const limits: Policy = { version: "2012-10-17", statements: deniesOf(is) };
  return distinct(
    [
      ...pieces.slice(0, MOST_PIECES).flatMap((policy) => {
        const identity: PermissionSource[] = [
          { kind: "policy", policy },
          { kind: "policy", policy: limits },
          ...(shared ?? []),
        ];
        return withPattern(comparePermissions(before, { ...after, identity }).gained, policy.statements);
      }),
      gained,
    ],
    isCovered,
  );
}

function gainedByCallers(
  before: Policy | undefined,
  after: Policy | undefined,
  gained: RequestWitness | undefined,
): readonly FoundRequest[] {
  if (gained === undefined || after === undefined) return [];
  const was = before === undefined ? [] : [before];
  const isOnlyAdded = isDenySame(was, [after]);
  const pieces = addedPieces(was, [after], isOnlyAdded, (statement) => byCaller(statement).flatMap(byAction));
  const [only] = pieces;
  if (isOnlyAdded && only !== undefined && pieces.length === 1) return withPattern(gained, only.statements);
  return distinct(
    [
      ...pieces.slice(0, MOST_PIECES).flatMap(({ version, statements }) => {
        const part: Policy = { version, statements: [...statements, ...deniesOf([after])] };
        return withPattern(compareResourcePolicies(before, part).gained, statements);
      }),
      gained,
    ],
    isCovered,
  );
}

/**
 * What `is` allows piece by piece. Where nothing but Allows has been added, without the pieces that `was` has too: nothing is gained by
 * them, and by a piece that is the only new one everything is.
 */
function addedPieces(
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
  return piecesOf(is).filter((one) => !old.has(sayingOfPiece(one)));
}

function withPattern(
  request: RequestWitness | undefined,
  statements: readonly Statement[],
): readonly FoundRequest[] {
  if (request === undefined) return [];
  const [pattern] = statements.flatMap(({ actions }) => (actions.negated ? [] : actions.values));
  return [pattern === undefined || !/[*?]/.test(pattern.text) ? request : { ...request, by: pattern.text }];
}

/** The last one is the one that was found first, for the whole: it is told only where no part tells it. */
function isCovered(one: FoundRequest, others: readonly FoundRequest[]): boolean {
  return others.some(({ action, caller }) => action === one.action && caller === one.caller);
}

function distinct(
  found: readonly FoundRequest[],
  isTold: (one: FoundRequest, others: readonly FoundRequest[]) => boolean,
): readonly FoundRequest[] {
  const [whole] = found.slice(-1);
  const parts = new Map(
    found.slice(0, -1).map((one) => [JSON.stringify([one.action, one.resource, one.caller]), one]),
  );
  const told = [...parts.values()];
  return whole === undefined || isTold(whole, told) ? told : [whole, ...told];
}

function readable(sources: readonly PermissionSource[]): readonly Policy[] {
  return sources.flatMap((one) => (one.kind === "policy" ? [one.policy] : []));
}

function deniesOf(policies: readonly Policy[]): readonly Statement[] {
  return policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Deny"));
}

function isDenySame(before: readonly Policy[], after: readonly Policy[]): boolean {
  const denies = (policies: readonly Policy[]) =>
    policies
      .flatMap((policy) => deniesOf([policy]).map((one) => `${policy.version} ${saying(one)}`))
      .sort()
      .join("\n");
  return denies(before) === denies(after);
}

function sameBoundary(before: Permissions, after: Permissions): boolean {
  return JSON.stringify(before.boundary ?? null) === JSON.stringify(after.boundary ?? null);
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

function byAction(statement: Statement): readonly Statement[] {
  const { actions } = statement;
  if (actions.negated) return [statement];
  return actions.values.map((value) => ({ ...statement, actions: { ...actions, values: [value] } }));
}

function byCaller(statement: Statement): readonly Statement[] {
  const { principals } = statement;
  if (principals === undefined || principals.negated) return [statement];
  return principals.members.map((member) => ({
    ...statement,
    principals: { ...principals, members: [member] },
  }));
}
