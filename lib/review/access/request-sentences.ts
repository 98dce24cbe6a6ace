import type { Policy, Statement } from "../../iam/language/policy";
import { describeFact } from "../../iam/prove/describe-witness";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type PermissionsComparison,
  type RequestWitness,
} from "../../iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";
import type { AccessSentence, RequestProof } from "../model/access-change";
import { type Phrase, quoted } from "../model/phrase";

/** So many requests are told of one change in each direction. */
const MOST_REQUESTS = 8;
/** So many parts of a policy are looked at for them. */
const MOST_PIECES = 24;

/** A request, and the pattern of actions that lets it through where that lets through more. */
export interface FoundRequest extends RequestWitness {
  readonly by?: string;
}

export type SayRequest = (request: FoundRequest, effect: AccessSentence["effect"]) => Phrase;

/**
 * What a role gains and loses: a request for every action that a new statement names, not only one for all.
 * @param found what `comparePermissions` says of the two
 */
export function requestsOf(
  before: Permissions,
  after: Permissions,
  found: PermissionsComparison,
  say: SayRequest,
): readonly AccessSentence[] {
  return [
    ...told(gainedRequests(before, after, found.gained), "gained", say),
    ...told(gainedRequests(after, before, found.lost), "lost", say),
  ];
}

/**
 * The same of a resource's policy: a request for everybody who is named anew.
 * @param found what `compareResourcePolicies` says of the two
 */
export function callersOf(
  before: Policy | undefined,
  after: Policy | undefined,
  found: PermissionsComparison,
  say: SayRequest,
): readonly AccessSentence[] {
  return [
    ...told(gainedByCallers(before, after, found.gained), "gained", say),
    ...told(gainedByCallers(after, before, found.lost), "lost", say),
  ];
}

/** Each of these parts of `after` allows no more than `after` does, so what one of them gains is gained. */
function gainedRequests(
  before: Permissions,
  after: Permissions,
  gained: RequestWitness | undefined,
): readonly FoundRequest[] {
  if (gained === undefined) return [];
  const policies = readable(after.identity);
  const denies = policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Deny"));
  const names = new Set(before.identity.flatMap((one) => (one.kind === "opaque" ? [one.name] : [])));
  const shared = after.identity.filter((one) => one.kind === "opaque" && names.has(one.name));
  const isOnlyAdded = isDenySame(readable(before.identity), policies) && sameBoundary(before, after);
  const old = new Set(
    isOnlyAdded ? readable(before.identity).flatMap(({ statements }) => statements.map(saying)) : [],
  );
  const pieces = policies.flatMap((policy) =>
    policy.statements
      .filter((one) => one.effect === "Allow" && !old.has(saying(one)))
      .flatMap(byAction)
      .map((statement): Policy => ({ ...policy, statements: [statement] })),
  );
  const limits: Policy = { version: "2012-10-17", statements: denies };
  return distinct(
    [
      ...pieces.slice(0, MOST_PIECES).flatMap((policy) => {
        const identity: PermissionSource[] = [
          { kind: "policy", policy },
          { kind: "policy", policy: limits },
          ...shared,
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
  if (gained === undefined) return [];
  const denies = (after?.statements ?? []).filter(({ effect }) => effect === "Deny");
  const pieces = (after?.statements ?? [])
    .filter(({ effect }) => effect === "Allow")
    .flatMap(byCaller)
    .flatMap(byAction);
  return distinct(
    [
      ...pieces.slice(0, MOST_PIECES).flatMap((statement) => {
        const part: Policy = { version: after?.version ?? "2012-10-17", statements: [statement, ...denies] };
        return withPattern(compareResourcePolicies(before, part).gained, [statement]);
      }),
      gained,
    ],
    isCovered,
  );
}

function withPattern(
  request: RequestWitness | undefined,
  statements: readonly Statement[],
): readonly FoundRequest[] {
  if (request === undefined) return [];
  const [pattern] = statements.flatMap(({ actions }) => (actions.negated ? [] : actions.values));
  return [pattern === undefined || !/[*?]/.test(pattern.text) ? request : { ...request, by: pattern.text }];
}

/** Such as: `s3:PutObject` on `arn:…`, or do `s3:*`, such as `s3:PutObject` on `arn:…`. */
export function sayCall({ action, resource, by }: FoundRequest): Phrase {
  const call: Phrase = [quoted(action), " on ", quoted(resource)];
  return by === undefined ? call : ["do ", quoted(by), ", such as ", ...call];
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

function told(
  requests: readonly FoundRequest[],
  effect: AccessSentence["effect"],
  say: SayRequest,
): readonly AccessSentence[] {
  const sentences = requests.slice(0, MOST_REQUESTS).map(
    (request): AccessSentence => ({
      ...{ effect, people: [] },
      phrase: [...say(request, effect), ...sayFacts(request)],
      proof: requestProof(request),
    }),
  );
  if (requests.length <= MOST_REQUESTS) return sentences;
  const more: Phrase = [`and ${requests.length - MOST_REQUESTS} more requests`];
  return [...sentences, { effect, people: [], phrase: more }];
}

function sayFacts({ facts }: RequestWitness): Phrase {
  return facts.length === 0 ? [] : [", if ", quoted(facts.map(describeFact).join(", and "))];
}

export function requestProof({ action, resource, caller, keys, facts }: RequestWitness): RequestProof {
  const asked = keys.map(({ key, values }) =>
    values === "absent" ? `without ${key}` : `${key} = ${values.join(" and ")}`,
  );
  return {
    ...{ kind: "request", action, resource },
    ...(caller === undefined ? {} : { caller }),
    facts: [...asked, ...facts.map(describeFact)],
  };
}

function readable(sources: readonly PermissionSource[]): readonly Policy[] {
  return sources.flatMap((one) => (one.kind === "policy" ? [one.policy] : []));
}

function isDenySame(before: readonly Policy[], after: readonly Policy[]): boolean {
  const denies = (policies: readonly Policy[]) =>
    policies
      .flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Deny").map(saying))
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
