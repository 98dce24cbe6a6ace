import { describeConditionElements, describePatterns } from "../../describe/permission";
import type { Phrase } from "../../describe/phrase";
import { isLiteral, type Policy, type Statement } from "../../iam/language/policy";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type PermissionsComparison,
  type RequestCounterexample,
} from "../../iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";
import { addedPieces, byAction, byCaller, covers, deniesOf, isDenySame, patternOf } from "./policy-pieces";

/** So many parts of a policy are looked at for them. */
const MOST_PIECES = 24;

/**
 * A request, and the actions that are let through with it where these are more than one, such as
 * `s3:*`, or everything but `iam:*`.
 */
export interface FoundRequest extends RequestCounterexample {
  readonly by?: Phrase;
  /** The resources that the statement names. Absent: no statement covers it by itself. */
  readonly on?: Phrase;
  /**
   * What the statement asks of the keys that the request has, such as with `s3:prefix` equal to `env:/`.
   * Absent: it asks nothing of them, or no statement covers the request by itself.
   */
  readonly asks?: Phrase;
}

/** Requests that a change lets through, and that it no longer does. */
export interface FoundRequests {
  readonly gained: readonly FoundRequest[];
  readonly lost: readonly FoundRequest[];
}

/**
 * What a role gains and loses: a request for every action that a new statement names, not only one
 * for all.
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
 * The same for a resource-based policy: a request for each principal that is newly named.
 * @param found the result of `compareResourcePolicies`
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

function gainedRequests(
  before: Permissions,
  after: Permissions,
  gained: RequestCounterexample | undefined,
): readonly FoundRequest[] {
  if (gained === undefined) return [];
  const [was, is] = [readable(before.identity), readable(after.identity)];
  const names = new Set(before.identity.flatMap((one) => (one.kind === "opaque" ? [one.name] : [])));
  const opaque = after.identity.filter(({ kind }) => kind === "opaque");
  const shared = opaque.filter((one) => one.kind === "opaque" && names.has(one.name));
  const isOnlyAdded = isDenySame(was, is) && sameBoundary(before, after);
  const pieces = addedPieces(was, is, isOnlyAdded, byAction);
  const limits: Policy = { version: "2012-10-17", statements: deniesOf(is) };
  return gainedByPieces(gained, pieces, isOnlyAdded && shared.length === opaque.length, (piece) => {
    const identity: PermissionSource[] = [
      { kind: "policy", policy: piece },
      { kind: "policy", policy: limits },
      ...shared,
    ];
    // A piece of one action gains nothing else, and what is said of it is found far sooner.
    const [action, ...others] = piece.statements.flatMap(({ actions }) => actions.values);
    const isOne = action !== undefined && others.length === 0 && isLiteral(action);
    const isNamed = isOne && !piece.statements.some(({ actions }) => actions.negated);
    return comparePermissions(before, { ...after, identity }, isNamed ? { action: action.text } : {}).gained;
  });
}

function gainedByCallers(
  before: Policy | undefined,
  after: Policy | undefined,
  gained: RequestCounterexample | undefined,
): readonly FoundRequest[] {
  if (gained === undefined) return [];
  const listed = (policy: Policy | undefined) => (policy === undefined ? [] : [policy]);
  const [was, is] = [listed(before), listed(after)];
  const isOnlyAdded = isDenySame(was, is);
  const pieces = addedPieces(was, is, isOnlyAdded, (statement) => byCaller(statement).flatMap(byAction));
  return gainedByPieces(gained, pieces, isOnlyAdded, ({ version, statements }) => {
    const part: Policy = { version, statements: [...statements, ...deniesOf(is)] };
    return compareResourcePolicies(before, part).gained;
  });
}

/**
 * Each piece allows no more than the whole policy, so a gain of one piece is a gain of the policy.
 * @param isOnlyPieces nothing else has changed: every gain comes from a piece
 * @param gainOf the gain of one piece by itself
 */
function gainedByPieces(
  gained: RequestCounterexample,
  pieces: readonly Policy[],
  isOnlyPieces: boolean,
  gainOf: (piece: Policy) => RequestCounterexample | undefined,
): readonly FoundRequest[] {
  const [only, ...others] = pieces;
  if (isOnlyPieces && only !== undefined && others.length === 0) return withPattern(gained, only.statements);
  const parts = pieces.slice(0, MOST_PIECES).flatMap((one) => withPattern(gainOf(one), one.statements));
  return distinct(parts, gained);
}

function withPattern(
  request: RequestCounterexample | undefined,
  [statement]: readonly Statement[],
): readonly FoundRequest[] {
  if (request === undefined) return [];
  // Removing a Deny of a bucket can allow requests that no piece covers.
  const isOwn = statement !== undefined && covers(statement, request.action);
  if (!isOwn) return [request];
  const by = patternOf(statement);
  const { resources } = statement;
  const keys = new Set(request.keys.map(({ key }) => key.toLowerCase()));
  const asked = statement.conditions.filter(({ key }) => keys.has(key.toLowerCase()));
  return [
    {
      ...request,
      ...(by === undefined ? {} : { by }),
      ...(resources === undefined ? {} : { on: describePatterns(resources) }),
      ...(asked.length === 0 ? {} : { asks: describeConditionElements(asked) }),
    },
  ];
}

/**
 * Each call once, and not in addition to a pattern with the same call as its example. The example
 * for the whole policy is listed only if no piece covers it.
 */
function distinct(parts: readonly FoundRequest[], whole: FoundRequest): readonly FoundRequest[] {
  const callOf = ({ action, resource, caller }: FoundRequest) => JSON.stringify([action, resource, caller]);
  const byPattern = new Set(parts.filter(({ by }) => by !== undefined).map(callOf));
  const listed = new Map(
    parts
      .filter((one) => one.by !== undefined || !byPattern.has(callOf(one)))
      .map((one) => [`${callOf(one)} ${JSON.stringify(one.by)}`, one]),
  );
  const isListed = parts.some(({ action, caller }) => action === whole.action && caller === whole.caller);
  return [...(isListed ? [] : [whole]), ...listed.values()];
}

function readable(sources: readonly PermissionSource[]): readonly Policy[] {
  return sources.flatMap((one) => (one.kind === "policy" ? [one.policy] : []));
}

function sameBoundary(before: Permissions, after: Permissions): boolean {
  return JSON.stringify(before.boundary ?? null) === JSON.stringify(after.boundary ?? null);
}
