import { groupBy } from "../../collections/group-by";
import { describePatterns } from "../../describe/permission";
import type { Phrase } from "../../describe/phrase";
import type { ActionCatalogue } from "../../iam/data/action-details";
import type { Policy, Statement } from "../../iam/language/policy";
import { aboutActions } from "../../iam/prove/requests/about-actions";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type PermissionsComparison,
  type RequestCounterexample,
} from "../../iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";
import type { RequiredValues } from "../../iam/prove/requests/required-values";
import {
  addedPieces,
  byAction,
  byCaller,
  byResource,
  covers,
  deniesOf,
  isDenySame,
  mostSeriousFirst,
  patternOf,
  withResources,
} from "./policy-pieces";
import { readable, requiredBetween, requiredOfCallers } from "./required-of-gains";

const VERSION = "2012-10-17";

/** So many parts of a policy are compared one by one; of more, the widest and most serious. */
const MOST_PIECES = 60;

/**
 * A request, and the actions that are let through with it where these are more than one, such as
 * `s3:*`, or everything but `iam:*`.
 */
export interface FoundRequest extends RequestCounterexample {
  readonly by?: Phrase;
  /** The resources that the statement names. Absent: no statement covers it by itself. */
  readonly on?: Phrase;
  /** What condition keys are in every request that the statement newly allows. */
  readonly required: readonly RequiredValues[];
}

/** What a part of a policy gains. */
interface Gain {
  readonly gained: () => RequestCounterexample | undefined;
  readonly required: () => readonly RequiredValues[];
}

/** Requests that a change lets through, and that it no longer does. */
export interface FoundRequests {
  readonly gained: readonly FoundRequest[];
  readonly lost: readonly FoundRequest[];
  /** Parts of the policies that are not compared one by one, and may allow further requests. */
  readonly notCompared: { readonly gained: number; readonly lost: number };
  /**
   * Of a resource's policy: one request for each principal of these parts, if they allow one. They
   * are not shown, and count for the risk.
   */
  readonly others: { readonly gained: readonly FoundRequest[]; readonly lost: readonly FoundRequest[] };
}

interface Found {
  readonly requests: readonly FoundRequest[];
  readonly notCompared: number;
  readonly others?: readonly FoundRequest[];
}

const NOTHING: Found = { requests: [], notCompared: 0 };

function bothWays(gained: Found, lost: Found): FoundRequests {
  return {
    gained: gained.requests,
    lost: lost.requests,
    notCompared: { gained: gained.notCompared, lost: lost.notCompared },
    others: { gained: gained.others ?? [], lost: lost.others ?? [] },
  };
}

/**
 * What a role gains and loses: a request for every action that a new statement names, not only one
 * for all.
 * @param found what `comparePermissions` says of the two
 * @param catalogue of which examples are taken
 */
export function requestsBetween(
  before: Permissions,
  after: Permissions,
  found: PermissionsComparison,
  catalogue?: ActionCatalogue,
): FoundRequests {
  return bothWays(
    gainedRequests(before, after, found.gained, catalogue),
    gainedRequests(after, before, found.lost, catalogue),
  );
}

/**
 * The same for a resource-based policy: a request for each principal that is newly named.
 * @param found the result of `compareResourcePolicies`
 * @param catalogue of which examples are taken
 */
export function callersBetween(
  before: Policy | undefined,
  after: Policy | undefined,
  found: PermissionsComparison,
  catalogue?: ActionCatalogue,
): FoundRequests {
  return bothWays(
    gainedByCallers(before, after, found.gained, catalogue),
    gainedByCallers(after, before, found.lost, catalogue),
  );
}

function gainedRequests(
  before: Permissions,
  after: Permissions,
  gained: RequestCounterexample | undefined,
  catalogue: ActionCatalogue | undefined,
): Found {
  if (gained === undefined) return NOTHING;
  const [was, is] = [readable(before.identity), readable(after.identity)];
  const names = new Set(before.identity.flatMap((one) => (one.kind === "opaque" ? [one.name] : [])));
  const opaque = after.identity.filter(({ kind }) => kind === "opaque");
  const shared = opaque.filter((one) => one.kind === "opaque" && names.has(one.name));
  const isOnlyAdded = isDenySame(was, is) && sameBoundary(before, after);
  const pieces = inOrder(addedPieces(was, is, isOnlyAdded, byAction), gained, catalogue);
  const limits: Policy = { version: VERSION, statements: deniesOf(is) };
  return gainedByPieces(
    gained,
    pieces,
    isOnlyAdded && shared.length === opaque.length,
    before.identity.length === 0,
    (piece) => {
      const identity: PermissionSource[] = [
        { kind: "policy", policy: piece },
        { kind: "policy", policy: limits },
        ...shared,
      ];
      // A piece gains nothing but its own actions, and what is said of these is found far sooner.
      const [own] = piece.statements;
      const about = (permissions: Permissions) =>
        own === undefined ? permissions : aboutActions(permissions, own.actions);
      const [was, is] = [about(before), about({ ...after, identity })];
      return {
        gained: () => comparePermissions(was, is, { catalogue }).gained,
        required: () => requiredBetween(was, is),
      };
    },
    () => (isLarge(after) ? [] : requiredBetween(before, after)),
  );
}

function gainedByCallers(
  before: Policy | undefined,
  after: Policy | undefined,
  gained: RequestCounterexample | undefined,
  catalogue: ActionCatalogue | undefined,
): Found {
  if (gained === undefined) return NOTHING;
  const listed = (policy: Policy | undefined) => (policy === undefined ? [] : [policy]);
  const [was, is] = [listed(before), listed(after)];
  const isOnlyAdded = isDenySame(was, is);
  const split = (statement: Statement) => byCaller(statement).flatMap(byAction);
  const pieces = inOrder(addedPieces(was, is, isOnlyAdded, split), gained, catalogue);
  const gainOf = ({ version, statements }: Policy): Gain => {
    const part: Policy = { version, statements: [...statements, ...deniesOf(is)] };
    return {
      gained: () => compareResourcePolicies(before, part, { catalogue }).gained,
      required: () => requiredOfCallers(before, part),
    };
  };
  const whole = () => (after === undefined ? [] : requiredOfCallers(before, after));
  const found = gainedByPieces(gained, pieces, isOnlyAdded, before === undefined, gainOf, whole);
  const byPrincipals = groupBy(pieces.slice(MOST_PIECES), ({ statements: [one] }) =>
    JSON.stringify(one?.principals?.members.map(({ type, text }) => [type, text])),
  );
  const others = [...byPrincipals.values()].flatMap((some) =>
    requestsOf(gainOf({ version: VERSION, statements: some.flatMap(({ statements }) => statements) })),
  );
  return { ...found, others };
}

function requestsOf({ gained, required }: Gain): readonly FoundRequest[] {
  const found = gained();
  return found === undefined ? [] : [{ ...found, required: required() }];
}

/**
 * Each piece allows no more than the whole policy, so a gain of one piece is a gain of the policy.
 * The example for the whole policy is listed only if no piece covers it.
 * @param isOnlyPieces nothing else has changed: every gain comes from a piece
 * @param isFirst nothing was allowed before
 * @param gainOf the gain of one piece by itself
 */
function gainedByPieces(
  gained: RequestCounterexample,
  pieces: readonly Policy[],
  isOnlyPieces: boolean,
  isFirst: boolean,
  gainOf: (piece: Policy) => Gain,
  requiredOfWhole: () => readonly RequiredValues[],
): Found {
  const [only, ...others] = pieces;
  const found = (piece: Policy, gain = gainOf(piece)) =>
    withPattern(gain, newResources(piece, isFirst, gainOf).statements);
  if (isOnlyPieces && only !== undefined && others.length === 0)
    return { requests: found(only, { ...gainOf(only), gained: () => gained }), notCompared: 0 };
  const compared = pieces.slice(0, MOST_PIECES).map((piece) => ({ piece, requests: found(piece) }));
  const isListed = compared.some(({ piece: { statements }, requests }) => {
    const isCovered = statements.some((one) => covers(one, gained.action));
    return requests.some(
      ({ action, caller }) => caller === gained.caller && (isCovered || action === gained.action),
    );
  });
  const parts = compared.flatMap(({ requests }) => requests);
  const whole = isListed ? [] : [{ ...gained, required: requiredOfWhole() }];
  return { requests: [...whole, ...distinct(parts)], notCompared: Math.max(0, pieces.length - MOST_PIECES) };
}

/** Resources of more than these are not compared one by one. */
const MOST_RESOURCES = 8;

/**
 * A piece for those of its resources alone for which it gains something: others may be allowed by
 * another statement already.
 * @param isFirst nothing was allowed before
 */
function newResources(piece: Policy, isFirst: boolean, gainOf: (piece: Policy) => Gain): Policy {
  const [statement, ...others] = piece.statements;
  if (isFirst || statement === undefined || others.length > 0) return piece;
  const parts = byResource(statement);
  if (parts.length < 2 || parts.length > MOST_RESOURCES) return piece;
  const gaining = parts.filter((one) => gainOf({ ...piece, statements: [one] }).gained() !== undefined);
  const fresh = withResources(statement, gaining);
  return fresh === undefined ? piece : { ...piece, statements: [fresh] };
}

/**
 * The order of the policies is kept where all pieces are looked at; else those that cover the example
 * for the whole policy come first, then the most serious.
 */
function inOrder(
  pieces: readonly Policy[],
  { action }: RequestCounterexample,
  catalogue: ActionCatalogue | undefined,
): readonly Policy[] {
  if (pieces.length <= MOST_PIECES) return pieces;
  const ranked = catalogue === undefined ? pieces : mostSeriousFirst(pieces, catalogue);
  const isExample = ({ statements }: Policy) => statements.some((one) => covers(one, action));
  return [...ranked.filter(isExample), ...ranked.filter((one) => !isExample(one))];
}

function withPattern({ gained, required }: Gain, [statement]: readonly Statement[]): readonly FoundRequest[] {
  const [request] = requestsOf({ gained, required });
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

/** Each call once, and not in addition to a pattern with the same call as its example. */
function distinct(parts: readonly FoundRequest[]): readonly FoundRequest[] {
  const callOf = ({ action, resource, caller }: FoundRequest) => JSON.stringify([action, resource, caller]);
  const byPattern = new Set(parts.filter(({ by }) => by !== undefined).map(callOf));
  const listed = new Map(
    parts
      .filter((one) => one.by !== undefined || !byPattern.has(callOf(one)))
      .map((one) => [`${callOf(one)} ${JSON.stringify(one.by)}`, one]),
  );
  return [...listed.values()];
}

/** So many statements are compared once more for what the whole policy requires. */
const MOST_STATEMENTS = 40;

function isLarge({ identity }: Permissions): boolean {
  return readable(identity).flatMap(({ statements }) => statements).length > MOST_STATEMENTS;
}

function sameBoundary(before: Permissions, after: Permissions): boolean {
  return JSON.stringify(before.boundary ?? null) === JSON.stringify(after.boundary ?? null);
}
