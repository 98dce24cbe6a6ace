import { groupBy } from "../../collections/group-by";
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
import { isOwnPolicies } from "../../iam/prove/requests/own-policies";
import {
  type Found,
  type FoundRequest,
  type Gain,
  gainedByPieces,
  inOrder,
  liftedExtent,
  MOST_PIECES,
  requestsOf,
} from "./gained-by-pieces";
import { addedPieces, byAction, byCaller, deniesOf, isDenySame } from "./policy-pieces";
import { readable, requiredBetween, requiredOfCallers } from "./required-of-gains";

const VERSION = "2012-10-17";

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
    catalogue,
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
    () => ({
      required: isLarge(after) ? [] : requiredBetween(before, after),
      ...liftedExtent(was, is, gained),
    }),
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
  const whole = () => ({
    required: after === undefined ? [] : requiredOfCallers(before, after),
    ...liftedExtent(was, is, gained),
  });
  const isFirst = before === undefined;
  const found = gainedByPieces(gained, pieces, isOnlyAdded, isFirst, catalogue, gainOf, whole);
  const isLiftSaid = found.requests.some(({ facts }) => facts.some(isOwnPolicies));
  const lifted = isOnlyAdded || isLiftSaid ? [] : liftedFor(before, after, catalogue);
  const byPrincipals = groupBy(pieces.slice(MOST_PIECES), ({ statements: [one] }) =>
    JSON.stringify(one?.principals?.members.map(({ type, text }) => [type, text])),
  );
  const others = [...byPrincipals.values()].flatMap((some) =>
    requestsOf(gainOf({ version: VERSION, statements: some.flatMap(({ statements }) => statements) })),
  );
  return { ...found, requests: [...found.requests, ...lifted], others };
}

/**
 * What is no longer denied to principals of the resource's own account whose own policies allow it:
 * beside what a policy newly allows, an example for the whole policy does not show it.
 */
function liftedFor(
  before: Policy | undefined,
  after: Policy | undefined,
  catalogue: ActionCatalogue | undefined,
): readonly FoundRequest[] {
  const limits = (policy: Policy | undefined): Policy => ({
    version: VERSION,
    statements: policy === undefined ? [] : deniesOf([policy]),
  });
  const [was, is] = [limits(before), limits(after)];
  const { gained } = compareResourcePolicies(was, is, { catalogue });
  if (gained === undefined) return [];
  return [{ ...gained, required: requiredOfCallers(was, is), ...liftedExtent([was], [is], gained) }];
}

/** So many statements are compared once more for what the whole policy requires. */
const MOST_STATEMENTS = 40;

function isLarge({ identity }: Permissions): boolean {
  return readable(identity).flatMap(({ statements }) => statements).length > MOST_STATEMENTS;
}

function sameBoundary(before: Permissions, after: Permissions): boolean {
  return JSON.stringify(before.boundary ?? null) === JSON.stringify(after.boundary ?? null);
}
