import type { AccessPolicies } from "../evaluate/access";
import type { Policy, Value } from "../language/policy";
import type { PermissionSource, Permissions } from "../prove/requests/compare-permissions";

/** Stands for the user that makes the request, where a policy says `${aws:username}`. */
export const ITSELF = "0-the-user-itself-0";

/**
 * Permissions as far as they can be read. An identity-based policy with unknown contents adds
 * nothing here, and an unknown boundary limits nothing: what is found is allowed in any case, or
 * may be.
 */
export interface Effective {
  readonly permissions: Permissions;
  readonly policies: Pick<AccessPolicies, "identity" | "boundary" | "session">;
  /** All of these policies. */
  readonly all: readonly Policy[];
  /** Others have unknown contents. */
  readonly isPartial: boolean;
}

/** @param permissions of a principal, as the prover takes them */
export function effectiveOf({ identity, boundary, session }: Permissions): Effective {
  const own = identity.flatMap(readable);
  const [limit] = boundary === undefined ? [] : readable(boundary);
  const isSessionRead = session?.every(({ kind }) => kind === "policy") ?? false;
  const ofSession = isSessionRead ? session?.flatMap(readable) : undefined;
  const sources = [...identity, ...(boundary === undefined ? [] : [boundary]), ...(session ?? [])];
  return {
    permissions: {
      identity: own.map(source),
      ...(limit === undefined ? {} : { boundary: source(limit) }),
      ...(ofSession === undefined ? {} : { session: ofSession.map(source) }),
    },
    policies: {
      identity: own,
      ...(limit === undefined ? {} : { boundary: limit }),
      ...(ofSession === undefined ? {} : { session: ofSession }),
    },
    all: [...own, ...(limit === undefined ? [] : [limit]), ...(ofSession ?? [])],
    isPartial: sources.some(({ kind }) => kind === "opaque"),
  };
}

function source(policy: Policy): PermissionSource {
  return { kind: "policy", policy };
}

function readable(source: PermissionSource): readonly Policy[] {
  return source.kind === "policy" ? [withItself(source.policy)] : [];
}

/** `${aws:username}` in a resource is the principal itself, or nothing at all for a role. */
function withItself(policy: Policy): Policy {
  if (!policy.statements.some(({ resources }) => resources?.values.some(hasUserName))) return policy;
  return {
    ...policy,
    statements: policy.statements.map((statement) =>
      statement.resources === undefined
        ? statement
        : {
            ...statement,
            resources: { ...statement.resources, values: statement.resources.values.map(ofItself) },
          },
    ),
  };
}

function isUserName(piece: Value["pieces"][number]): boolean {
  return piece.kind === "variable" && piece.key.toLowerCase() === "aws:username";
}

function hasUserName({ pieces }: Value): boolean {
  return pieces.some(isUserName);
}

function ofItself(value: Value): Value {
  const pieces = value.pieces.map((piece) =>
    isUserName(piece) ? ({ kind: "literal", text: ITSELF } as const) : piece,
  );
  return { ...value, pieces };
}
