import { describePatterns } from "../../describe/permission";
import type { Phrase } from "../../describe/phrase";
import type { ActionCatalogue } from "../../iam/data/action-details";
import { compileResources } from "../../iam/evaluate/match-resource";
import { requestKeys } from "../../iam/evaluate/request";
import type { Policy, Statement } from "../../iam/language/policy";
import type { RequestCounterexample } from "../../iam/prove/requests/compare-permissions";
import type { RequiredValues } from "../../iam/prove/requests/required-values";
import {
  byResource,
  covers,
  deniesOf,
  isAmong,
  managesPermissions,
  mostSeriousFirst,
  patternOf,
  unknownIn,
  withResources,
} from "./policy-pieces";

/** So many parts of a policy are compared one by one; of more, the widest and most serious. */
export const MOST_PIECES = 60;

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
export interface Gain {
  readonly gained: () => RequestCounterexample | undefined;
  readonly required: () => readonly RequiredValues[];
}

/** What all parts gain. */
export interface Found {
  readonly requests: readonly FoundRequest[];
  readonly notCompared: number;
  readonly others?: readonly FoundRequest[];
}

/** The request that shows a gain, if there is one. */
export function requestsOf({ gained, required }: Gain): readonly FoundRequest[] {
  const found = gained();
  return found === undefined ? [] : [{ ...found, required: required() }];
}

/**
 * Each piece allows no more than the whole policy, so a gain of one piece is a gain of the policy.
 * The example for the whole policy is listed only if no piece covers it.
 * @param isOnlyPieces nothing else has changed: every gain comes from a piece
 * @param isFirst nothing was allowed before
 * @param catalogue says which actions are not known
 * @param gainOf the gain of one piece by itself
 * @param ofWhole what is said of the example for the whole policy
 */
export function gainedByPieces(
  gained: RequestCounterexample,
  pieces: readonly Policy[],
  isOnlyPieces: boolean,
  isFirst: boolean,
  catalogue: ActionCatalogue | undefined,
  gainOf: (piece: Policy) => Gain,
  ofWhole: () => Pick<FoundRequest, "required" | "by" | "on">,
): Found {
  const [only, ...others] = pieces;
  const found = (piece: Policy, gain = gainOf(piece)) =>
    withPattern(gain, newResources(piece, isFirst, gainOf).statements, catalogue);
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
  const whole = isListed ? [] : [{ ...gained, ...ofWhole() }];
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
 * The order of the policies is kept where all pieces are looked at; else permissions management
 * comes first, then what covers the example for the whole policy, then the most serious.
 */
export function inOrder(
  pieces: readonly Policy[],
  { action }: RequestCounterexample,
  catalogue: ActionCatalogue | undefined,
): readonly Policy[] {
  if (pieces.length <= MOST_PIECES) return pieces;
  const ranked = catalogue === undefined ? pieces : mostSeriousFirst(pieces, catalogue);
  const rank = (piece: Policy) =>
    managesPermissions(piece) ? 0 : piece.statements.some((one) => covers(one, action)) ? 1 : 2;
  return ranked
    .map((piece) => ({ piece, rank: rank(piece) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ piece }) => piece);
}

function withPattern(
  { gained, required }: Gain,
  [statement]: readonly Statement[],
  catalogue: ActionCatalogue | undefined,
): readonly FoundRequest[] {
  const [request] = requestsOf({ gained, required });
  if (request === undefined) return [];
  // Removing a Deny of a bucket can allow requests that no piece covers.
  const isOwn = statement !== undefined && covers(statement, request.action);
  if (!isOwn) return [request];
  const by = unknownIn(statement, catalogue) ?? patternOf(statement);
  const { resources } = statement;
  return [
    {
      ...request,
      ...(by === undefined ? {} : { by }),
      ...(resources === undefined ? {} : { on: describePatterns(resources) }),
    },
  ];
}

/**
 * What a Deny denied that is gone, as it named it, if it applied to the request. Empty: no single
 * Deny says it, or another has taken its place.
 */
export function liftedExtent(
  was: readonly Policy[],
  is: readonly Policy[],
  { action, resource }: RequestCounterexample,
): Pick<FoundRequest, "by" | "on"> {
  const [old, left] = [deniesOf(was), deniesOf(is)];
  const lifted = old.filter((one) => !isAmong(one, left));
  if (!left.every((one) => isAmong(one, old))) return {};
  const applies = lifted.filter((one) => covers(one, action) && mayApply(one, resource));
  const [only, ...others] = applies;
  if (only === undefined || others.length > 0 || only.resources === undefined) return {};
  return { by: describePatterns(only.actions), on: describePatterns(only.resources) };
}

function mayApply({ resources }: Statement, resource: string): boolean {
  return resources === undefined || compileResources(resources)(resource, requestKeys([], "open")) !== false;
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
