import { and, FALSE, type Formula, not, or } from "../../automata/formula";
import { compilePatterns } from "../../automata/patterns";
import type { Patterns, Policy, Statement } from "../../language/policy";
import { notExact, partsOf } from "../core/value-parts";
import { readCondition } from "./conditions";
import type { Provider } from "./provider";
import type { TokenSpace } from "./space";

/** The one action that a token can be used for. */
const ACTION = "sts:AssumeRoleWithWebIdentity";
const ACTION_IN_LOWER_CASE = ACTION.toLowerCase();

/**
 * The requests with a token of the space's provider that a trust policy allows: an Allow holds, and
 * no Deny does.
 *
 * @throws ProjectError `proof-not-exact` where the policy asks something without an exact answer
 */
export function allowedTokens(policy: Policy, space: TokenSpace): Formula {
  const applying = policy.statements.filter((statement) => appliesTo(statement, space));
  const holds = (effect: Statement["effect"]): Formula =>
    or(
      ...applying
        .filter((statement) => statement.effect === effect)
        .map(({ conditions }) => and(...conditions.map((condition) => readCondition(condition, space)))),
    );
  const allowed = holds("Allow");
  return allowed === FALSE ? FALSE : and(allowed, not(holds("Deny")));
}

function appliesTo(statement: Statement, space: TokenSpace): boolean {
  return (
    coversAction(statement.actions, space) &&
    namesProvider(statement, space.provider) &&
    coversRole(statement.resources)
  );
}

/**
 * A statement of a trust policy without principals applies to none. `*` applies to all, including
 * holders of a token of any issuer.
 * @throws ProjectError `proof-not-exact` for an Allow with NotPrincipal, which AWS does not support
 */
function namesProvider({ effect, principals }: Statement, { arn }: Provider): boolean {
  if (principals === undefined) return false;
  const isListed = principals.members.some(({ type, text }) =>
    type === "Everyone" || text === "*" ? type !== "Service" : type === "Federated" && text === arn,
  );
  if (principals.negated && effect === "Allow" && !isListed)
    throw notExact(
      principals.path,
      "AWS does not support NotPrincipal with Allow: the principals that it allows are undetermined",
    );
  return isListed !== principals.negated;
}

/**
 * A trust policy must not have Resource: IAM rejects the element.
 * @throws ProjectError `proof-not-exact`
 */
function coversRole(resources: Patterns | undefined): boolean {
  if (resources === undefined) return true;
  if (resources.values.some(({ text }) => text === "*")) return !resources.negated;
  throw notExact(
    resources.path,
    "a trust policy must not have Resource: whether it covers the role is undetermined",
  );
}

function coversAction({ values, negated }: Patterns, { automaton }: TokenSpace): boolean {
  if (values.some(({ text }) => text.toLowerCase() === ACTION_IN_LOWER_CASE)) return !negated;
  const positions = compilePatterns(automaton.graph, values.map(partsOf), { ignoreCase: true });
  return automaton.reads(automaton.stateOf(positions), ACTION) !== negated;
}
