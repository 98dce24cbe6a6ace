import { ofMissingKey } from "../../evaluate/compile-condition";
import type { Condition, Policy, Statement, Value } from "../../language/policy";
import { type Provider, readKey } from "../../prove/tokens/provider";
import { type AuditedPolicy, listed, type Mistake, resultFor } from "./mistake";
import { claimOf, pinned } from "./pins";

/**
 * A Deny that denies every token of the Allow statements, and the corrected policy if it is known.
 */
interface DeniesAll {
  readonly mistake: Mistake;
  readonly corrected?: Policy;
}

/**
 * Deny statements that leave no allowed token. Mostly they have a negated condition on a key that
 * AWS never sets, which is true for every token ("If the key that you specify in a policy condition
 * is not present in the request context, the values do not match and the condition is true" for
 * negated operators).
 * @param audited a policy that allows no token, but does without its Deny statements
 */
export function deniesOfAll(provider: Provider, audited: AuditedPolicy): DeniesAll | undefined {
  const { policy } = audited;
  const isLetIn = (statements: readonly Statement[]): boolean =>
    resultFor(statements, provider, audited) !== "none";
  const allows = policy.statements.filter(({ effect }) => effect === "Allow");
  const denies = policy.statements.filter(({ effect }) => effect === "Deny");
  if (denies.length === 0 || !isLetIn(allows)) return undefined;
  const denying = denies.filter((one) => !isLetIn([...allows, one]));
  const [first = denies[0], ...others] = denying;
  if (first === undefined) return undefined;
  const passing = first.conditions.filter((one) => passesAlways(one, provider));
  const corrected = others.length === 0 && denying.length > 0 ? withPins(policy, first, provider) : undefined;
  return {
    mistake: {
      id: "deny-always-true",
      path: passing[0]?.path ?? first.path,
      message: messageOf(passing, others.length, denying.length === 0),
    },
    ...(corrected === undefined ? {} : { corrected }),
  };
}

function messageOf(passing: readonly Condition[], others: number, isTogether: boolean): string {
  if (isTogether)
    return "together, the Deny statements deny every token that the Allow statements allow. Correct their conditions";
  const [first] = passing;
  const more =
    others === 0
      ? ""
      : `; ${others === 1 ? "one more Deny does the same" : `${others} more Deny statements do the same`}`;
  if (first === undefined)
    return `this Deny denies every token that the Allow statements allow${more}. Correct its conditions: without it, all of these tokens are allowed`;
  const keys = listed(passing.map(({ key }) => key));
  const fix =
    claimOf(first.key) === undefined
      ? "restrict the subject in the Allow statement, and then remove it"
      : "write origin and ref into the subject of the Allow statement (…/vcs-origin/<REPOSITORY>/vcs-ref/<REF>), and then remove it";
  return `AWS never sets ${keys} for these tokens, and ${first.operator.name} is true without it: this Deny denies every token${more}. Instead, ${fix}`;
}

function passesAlways({ key, operator, values }: Condition, provider: Provider): boolean {
  if (readKey(key, provider) !== "never-set") return false;
  return operator.base === "Null" ? values.some(({ text }) => text === "true") : ofMissingKey(operator);
}

/**
 * Without the Deny. The subjects of the Allow statements exclude what the Deny was intended to
 * exclude.
 */
function withPins(policy: Policy, deny: Statement, provider: Provider): Policy | undefined {
  const asked = new Map<"origin" | "ref", readonly Value[]>();
  // All conditions of a Deny are true for a denied token, so two conditions do not say separately
  // which tokens are allowed.
  const [only, ...others] = deny.conditions;
  const claim = only === undefined ? undefined : claimOf(only.key);
  if (only === undefined || others.length > 0 || claim === undefined) return undefined;
  if (!["StringNotEquals", "StringNotLike"].includes(only.operator.name)) return undefined;
  asked.set(claim, only.values);
  const statements = policy.statements.flatMap((one): readonly (Statement | undefined)[] => {
    if (one === deny) return [];
    if (one.effect === "Deny") return [one];
    const conditions = one.conditions.map((each) =>
      readKey(each.key, provider) === "subject" ? pinned(each, asked, policy) : each,
    );
    const written = conditions.flatMap((each) => each ?? []);
    const hasSubject = one.conditions.some(({ key }) => readKey(key, provider) === "subject");
    return [hasSubject && written.length === conditions.length ? { ...one, conditions: written } : undefined];
  });
  const written = statements.flatMap((one) => one ?? []);
  return written.length === statements.length ? { ...policy, statements: written } : undefined;
}
