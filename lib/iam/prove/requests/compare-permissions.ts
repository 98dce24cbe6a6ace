import { Budget } from "../../automata/budget";
import { type Formula, TRUE } from "../../automata/formula";
import type { ActionCatalogue } from "../../data/action-details";
import { withCompleteArns } from "../../language/complete-arn";
import type { Policy } from "../../language/policy";
import { answerOf } from "../core/answer";
import { type ActionClass, actionClassesOf, classOf } from "./action-classes";
import { identityStatements } from "./covering";
import { differencesOf, type Verdict } from "./differences";
import { normalForm } from "./normal-form";
import { onceForEachShape } from "./once-for-each-shape";
import { type CoveringStatement, readStatements } from "./read-statement";
import type { RequestCase } from "./request-case";
import type { PermissionsComparison } from "./request-counterexample";
import { RequestSpace } from "./request-space";
import { compareCases } from "./search";

export type { PermissionsComparison, RequestCounterexample } from "./request-counterexample";

/** The policies that define a role's permissions, without resource-based policies. */
export interface Permissions {
  /** Inline and attached policies of a role. Empty: they allow nothing. */
  readonly identity: readonly PermissionSource[];
  /** The most that they can give. Undefined: there is no boundary. */
  readonly boundary?: PermissionSource;
  /** Session policies, which limit together. Undefined: the session has none. */
  readonly session?: readonly PermissionSource[];
}

/**
 * A policy, or the name of one whose contents are not known, such as an AWS managed policy. Such a
 * policy is a set of requests of its own, the same for the same `name` (its ARN), and may also
 * deny.
 */
export type PermissionSource =
  | { readonly kind: "policy"; readonly policy: Policy }
  | { readonly kind: "opaque"; readonly name: string };

/**
 * Compares the permissions of a role over all requests: any action, any resource, any condition
 * keys. A request is allowed if an identity-based policy allows it, no policy denies it, and the
 * boundary and the session policies, if any, also allow it (IAM User Guide, "Policy evaluation
 * logic"). Resource-based policies and organization policies are not part of it. Exact for actions,
 * resources and condition keys of every type (docs/trust-proof.md). What depends on a policy
 * variable, or on behavior that AWS does not document, is unknown.
 *
 * @param options.steps how much work it may take; default: well under a second
 * @param options.within only requests that this policy allows are compared; default: all
 * @param options.action only requests of this action are compared, in a fraction of the time;
 * default: all
 * @param options.catalogue of which examples are taken: its actions, on resources of their types
 */
export function comparePermissions(
  before: Permissions,
  after: Permissions,
  options: {
    readonly steps?: number;
    readonly within?: Policy;
    readonly action?: string;
    readonly catalogue?: ActionCatalogue | undefined;
  } = {},
): PermissionsComparison {
  const [was, is] = [readPermissions(before, options.within), readPermissions(after, options.within)];
  const compare = (): PermissionsComparison => compareRead(was, is, options);
  // With another budget there may be another answer.
  if (options.steps !== undefined) return compare();
  const sources = [was, is].flatMap(({ identity, limits }) => [identity, ...limits]);
  return onceForEachShape(
    sources.map((one) => one?.policies ?? []),
    ["identity", options.action, sources.map((one) => one?.opaque)],
    options.catalogue,
    compare,
  );
}

function compareRead(
  was: ReadPermissions,
  is: ReadPermissions,
  options: NonNullable<Parameters<typeof comparePermissions>[2]>,
): PermissionsComparison {
  if (sayingOfPermissions(was) === sayingOfPermissions(is)) return { relation: "same" };
  const policies = [was, is].flatMap(({ identity, limits }) =>
    [identity, ...limits].flatMap((sources) => sources?.policies ?? []),
  );
  const answer = answerOf(() => {
    const space = new RequestSpace(policies, new Budget(options.steps), options.catalogue);
    return compareCases(space, casesOf(was, is, space, options.action), policies);
  });
  return answer.known ? answer.value : { relation: "unknown", reason: answer.reason };
}

interface Sources {
  readonly policies: readonly Policy[];
  /** Names of policies with unknown contents, each once, sorted. */
  readonly opaque: readonly string[];
}

interface ReadPermissions {
  readonly identity: Sources;
  /**
   * Boundary, session policies, and what is compared, always in this order: each must allow a
   * request, and may deny it. Undefined: there is none.
   */
  readonly limits: readonly (Sources | undefined)[];
}

function readPermissions(
  { identity, boundary, session }: Permissions,
  within: Policy | undefined,
): ReadPermissions {
  return {
    identity: readSources(identity),
    limits: [
      boundary && readSources([boundary]),
      session && readSources(session),
      within && readSources([{ kind: "policy", policy: within }]),
    ],
  };
}

function readSources(sources: readonly PermissionSource[]): Sources {
  const policies: Policy[] = [];
  const opaque = new Set<string>();
  for (const source of sources) {
    if (source.kind === "policy") policies.push(withCompleteArns(source.policy));
    else opaque.add(source.name);
  }
  return { policies, opaque: [...opaque].sort() };
}

function sayingOfPermissions({ identity, limits }: ReadPermissions): string {
  const saying = ({ policies, opaque }: Sources): readonly unknown[] => [normalForm(policies), opaque];
  return JSON.stringify([saying(identity), limits.map((one) => (one === undefined ? "none" : saying(one)))]);
}

function casesOf(
  before: ReadPermissions,
  after: ReadPermissions,
  space: RequestSpace,
  action: string | undefined,
): readonly RequestCase[] {
  const [was, is] = [statementsOf(before), statementsOf(after)];
  const all = [was, is].flatMap(({ identity, limits }) => [...identity, ...limits.flat()]);
  const classes =
    action === undefined ? actionClassesOf(all, space.budget, space.catalogue) : [classOf(action, all)];
  return classes.map((actions): RequestCase => {
    const [old, present] = [verdictOf(before, was, actions, space), verdictOf(after, is, actions, space)];
    return { actions, gained: differencesOf(present, old), lost: differencesOf(old, present) };
  });
}

interface Statements {
  readonly identity: readonly CoveringStatement[];
  readonly limits: readonly (readonly CoveringStatement[])[];
}

function statementsOf({ identity, limits }: ReadPermissions): Statements {
  return {
    identity: identity.policies.flatMap(identityStatements),
    limits: limits.map((one) => (one?.policies ?? []).flatMap(identityStatements)),
  };
}

function verdictOf(
  { identity, limits }: ReadPermissions,
  statements: Statements,
  { covering }: ActionClass,
  space: RequestSpace,
): Verdict {
  const read = (effect: "Allow" | "Deny", from: readonly CoveringStatement[]): readonly Formula[] =>
    readStatements(
      from.filter((one) => one.effect === effect && covering.has(one)),
      space,
    );
  const opaque = (saying: string, from: Sources | undefined): readonly Formula[] =>
    (from?.opaque ?? []).map((name) => space.facts.isSo(name, saying));
  return {
    allows: [
      [...read("Allow", statements.identity), ...opaque(ALLOWS, identity)],
      ...limits.map((limit, at) =>
        limit === undefined
          ? [TRUE]
          : [...read("Allow", statements.limits[at] ?? []), ...opaque(ALLOWS, limit)],
      ),
    ],
    denies: [
      ...read("Deny", [...statements.identity, ...statements.limits.flat()]),
      ...new Set([...opaque(DENIES, identity), ...limits.flatMap((limit) => opaque(DENIES, limit))]),
    ],
  };
}

const ALLOWS = "allows it";
const DENIES = "denies it";
