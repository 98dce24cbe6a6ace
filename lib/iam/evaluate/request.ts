/** A request as policies see it. */
export interface AccessRequest {
  /** Such as `sts:AssumeRoleWithWebIdentity`. */
  readonly action: string;
  /** ARN. Undefined if the policy belongs to the resource and names none, as a trust policy. */
  readonly resource?: string;
  /** Undefined if the policy belongs to the caller, as an identity-based policy does. */
  readonly caller?: Caller;
  readonly keys: RequestKeys;
}

export type Caller =
  /** The holder of a token of this provider. */
  | { readonly type: "Federated"; readonly arn: string }
  /** A user, or a role's session with the role behind it. */
  | {
      readonly type: "AWS";
      readonly account: string;
      readonly arn: string;
      readonly role?: string;
      /** Whether a permissions boundary is attached to the user or role. Undefined: not known. */
      readonly hasBoundary?: boolean;
    }
  | { readonly type: "Service"; readonly name: string }
  | { readonly type: "Anonymous" };

/** The state of a condition key in a request. */
export type KeyState =
  | { readonly state: "absent" }
  /** Not known. */
  | { readonly state: "open" }
  /** One value or several, never none. */
  | { readonly state: "set"; readonly values: readonly string[] };

export interface RequestKeys {
  /** @param key in any letter case */
  readonly get: (key: string) => KeyState;
}

const ABSENT: KeyState = { state: "absent" };
const OPEN: KeyState = { state: "open" };

/**
 * The keys of a request. Names are compared without regard to case; a list without values counts as
 * a missing key (IAM User Guide, "Multivalued context keys").
 * @param known by name: a value, several, or one of the words `absent` and `open` as a state
 * @param others the state of all other keys; no default, because negated conditions hold for
 * `absent`
 */
export function requestKeys(
  known: Iterable<readonly [key: string, value: string | readonly string[] | KeyState]>,
  others: "absent" | "open",
): RequestKeys {
  const states = new Map<string, KeyState>();
  for (const [key, value] of known) states.set(key.toLowerCase(), stateOf(value));
  const rest = others === "absent" ? ABSENT : OPEN;
  // Most callers pass lower case, and converting it again costs more than the lookup.
  return { get: (key) => states.get(key) ?? states.get(key.toLowerCase()) ?? rest };
}

function stateOf(value: string | readonly string[] | KeyState): KeyState {
  if (typeof value === "string") return { state: "set", values: [value] };
  if (isState(value)) return value.state === "set" ? stateOf(value.values) : value;
  return value.length === 0 ? ABSENT : { state: "set", values: value };
}

function isState(value: readonly string[] | KeyState): value is KeyState {
  return "state" in value;
}
