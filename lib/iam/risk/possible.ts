import { remembered } from "../../collections/remembered";
import type { ActionCatalogue } from "../data/action-details";
import { compileActions } from "../evaluate/match-resource";
import { requestKeys } from "../evaluate/request";
import { isLiteral, type Patterns, type Policy, type Statement } from "../language/policy";
import { parsePolicy } from "../language/read-policy";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type RequestCounterexample,
} from "../prove/requests/compare-permissions";
import { type Effective, ITSELF } from "./effective";

/** A call that a risk consists of. */
export interface RiskyCall {
  /** Such as `iam:PassRole`. */
  readonly action: string;
  /** The resource, or a pattern of the resources, on which the call counts. Default: any. */
  readonly on?: string;
  /**
   * `unnamed`: on a resource that the policies do not spell out, only match by a wildcard.
   * `others`: on another user than the one that makes the call. Default: on any.
   */
  readonly scope?: "unnamed" | "others";
  /** What the call's condition keys are, as a policy's `Condition`. Default: anything. */
  readonly when?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A request with which the call is possible; `undetermined`: there may be one. */
type Possible = RequestCounterexample | "undetermined" | undefined;

const NOTHING = { identity: [] } as const;
const ANY_KEYS = requestKeys([], "open");

/** Whether the call is allowed on some resource, by proof. */
export function possibleCall(effective: Effective, call: RiskyCall, catalogue?: ActionCatalogue): Possible {
  return gainedCall(undefined, effective, call, catalogue);
}

/**
 * Whether the call is allowed on some resource on which it was not before, by proof.
 * @param catalogue has the types of the resource that is shown
 */
export function gainedCall(
  before: Effective | undefined,
  after: Effective,
  call: RiskyCall,
  catalogue?: ActionCatalogue,
): Possible {
  if (!isMentioned(after, call.action)) return undefined;
  const { action } = call;
  const was = before === undefined ? NOTHING : aboutAction(before.permissions, action);
  const is = aboutAction(after.permissions, action);
  const { relation, gained } = comparePermissions(was, is, {
    within: policyOf(call, after),
    action,
    catalogue,
  });
  return gained ?? (relation === "unknown" ? "undetermined" : undefined);
}

/** Most principals have no statement for most actions, which takes no proof. */
function isMentioned({ policies: { identity } }: Effective, action: string): boolean {
  return identity.some(({ statements }) =>
    statements.some((one) => one.effect === "Allow" && mayCover(one, action)),
  );
}

const compiled = new WeakMap<Patterns, ReturnType<typeof compileActions>>();

function mayCover({ actions }: Statement, action: string): boolean {
  return remembered(compiled, actions, () => compileActions(actions))(action, ANY_KEYS) !== false;
}

/** The statements about an action: the others change nothing, and may be thousands. */
function aboutAction({ identity, boundary, session }: Permissions, action: string): Permissions {
  const about = (source: PermissionSource): PermissionSource => {
    if (source.kind === "opaque") return source;
    const { policy } = source;
    const statements = policy.statements.filter((one) => mayCover(one, action));
    return { kind: "policy", policy: { ...policy, statements } };
  };
  return {
    identity: identity.map(about),
    ...(boundary === undefined ? {} : { boundary: about(boundary) }),
    ...(session === undefined ? {} : { session: session.map(about) }),
  };
}

const known = new Map<string, Policy>();
/** Calls are few, and so are the names of one plan's policies. */
const MOST_KNOWN = 5_000;

function policyOf({ action, on = "*", scope, when }: RiskyCall, effective: Effective): Policy {
  const except = scope === undefined ? [] : scope === "others" ? [`*${ITSELF}`] : namedIn(effective, action);
  const allow = { Effect: "Allow", Action: action, Resource: on, ...(when && { Condition: when }) };
  const deny = { Effect: "Deny", Action: action, Resource: except };
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: except.length === 0 ? [allow] : [allow, deny],
  });
  const before = known.get(text);
  if (before !== undefined) return before;
  const policy = parsePolicy(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, policy);
  return policy;
}

/** The resources that statements about an action spell out. */
function namedIn({ policies: { identity } }: Effective, action: string): readonly string[] {
  const named = identity.flatMap(({ statements }) =>
    statements
      .filter((one) => one.effect === "Allow" && mayCover(one, action))
      .flatMap(({ resources }) => (resources === undefined || resources.negated ? [] : resources.values))
      .filter((value) => isLiteral(value))
      .map(({ text }) => text),
  );
  return [...new Set(named)].sort();
}
