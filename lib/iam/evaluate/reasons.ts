import type { CompiledStatement, Part } from "./compile-policy";
import type { AccessRequest } from "./request";
import { everyTruth, type Truth } from "./truth";

/** Why a statement applies to a request, or not. */
export interface StatementReason {
  readonly path: string;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly applies: Truth;
  /** All of its parts. */
  readonly parts: readonly PartReason[];
  /** Paths of the parts for which it does not apply, or may not; empty where it applies. */
  readonly decidedBy: readonly string[];
}

export interface PartReason {
  readonly kind: Part["kind"];
  readonly path: string;
  /** Of conditions: as the policy writes them. */
  readonly operator?: string;
  readonly key?: string;
  readonly holds: Truth;
  /** The values of the request. */
  readonly found: readonly string[] | "absent" | "open";
  /**
   * The values in the policy; a negated operator or element requires that none matches. Empty: the
   * statement names no principal.
   */
  readonly wanted: readonly string[];
}

export function reasonsOf({ statement, parts }: CompiledStatement, request: AccessRequest): StatementReason {
  const asked = parts.filter(({ isAsked }) => isAsked?.(request) ?? true);
  const reasons = asked.map((part) => reasonOf(part, request));
  const applies = everyTruth(reasons, ({ holds }) => holds);
  const { path, sid, effect } = statement;
  return {
    path,
    ...(sid === undefined ? {} : { sid }),
    effect,
    applies,
    parts: reasons,
    decidedBy: reasons.filter(({ holds }) => applies !== true && holds === applies).map((part) => part.path),
  };
}

function reasonOf(part: Part, request: AccessRequest): PartReason {
  const { kind, path, condition, wanted } = part;
  return {
    kind,
    path,
    ...(condition === undefined ? {} : { operator: condition.operator.name, key: condition.key }),
    holds: part.holds(request),
    found: part.found(request),
    wanted,
  };
}
