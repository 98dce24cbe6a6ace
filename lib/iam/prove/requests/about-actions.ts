import { compileActions } from "../../evaluate/match-resource";
import { requestKeys } from "../../evaluate/request";
import type { Patterns, Policy, Statement, Value } from "../../language/policy";
import { isLiteral } from "../../language/policy";
import type { PermissionSource, Permissions } from "./compare-permissions";

/**
 * Permissions without what says nothing of some actions: a comparison of requests for these actions
 * has the same answer, in a fraction of the time.
 * @param actions of a statement; everything is kept for a `NotAction`
 */
export function aboutActions(permissions: Permissions, actions: Patterns): Permissions {
  if (actions.negated) return permissions;
  const { identity, boundary, session } = permissions;
  const about = (source: PermissionSource): PermissionSource =>
    source.kind === "opaque" ? source : { kind: "policy", policy: policyAbout(source.policy, actions) };
  return {
    identity: identity.map(about),
    ...(boundary === undefined ? {} : { boundary: about(boundary) }),
    ...(session === undefined ? {} : { session: session.map(about) }),
  };
}

/** The same of one policy. */
export function policyAbout(policy: Policy, actions: Patterns): Policy {
  if (actions.negated) return policy;
  return { ...policy, statements: policy.statements.flatMap((one) => statementAbout(one, actions.values)) };
}

function statementAbout(statement: Statement, asked: readonly Value[]): readonly Statement[] {
  const { negated, values } = statement.actions;
  const met = values.filter((value) => asked.some((one) => mayMeet(value, one)));
  if (met.length === values.length) return [statement];
  if (met.length > 0) return [{ ...statement, actions: { ...statement.actions, values: met } }];
  // None of the exceptions is asked about; one is kept, because a list is never empty.
  return negated ? [{ ...statement, actions: { ...statement.actions, values: values.slice(0, 1) } }] : [];
}

const ANY_KEYS = requestKeys([], "open");

/** Whether an action may match both; false only if it is certain that none does. */
function mayMeet(one: Value, other: Value): boolean {
  const [start, otherStart] = [startOf(one), startOf(other)];
  if (!start.startsWith(otherStart) && !otherStart.startsWith(start)) return false;
  if (isLiteral(other)) return covers(one, other.text);
  return isLiteral(one) ? covers(other, one.text) : true;
}

const compiled = new WeakMap<Value, ReturnType<typeof compileActions>>();

function covers(value: Value, action: string): boolean {
  let matches = compiled.get(value);
  if (matches === undefined) {
    matches = compileActions({ path: value.path, negated: false, values: [value] });
    compiled.set(value, matches);
  }
  return matches(action, ANY_KEYS) !== false;
}

const starts = new WeakMap<Value, string>();

/** What each match begins with. Characters outside ASCII may fold to others, and end it. */
function startOf(value: Value): string {
  let start = starts.get(value);
  if (start === undefined) {
    const [first] = value.pieces;
    start = (/^[\x21-\x7e]*/.exec(first?.kind === "literal" ? first.text : "")?.[0] ?? "").toLowerCase();
    starts.set(value, start);
  }
  return start;
}
