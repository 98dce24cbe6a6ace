import type { Policy, Statement } from "../../language/policy";
import { printReadPolicy } from "../../language/print-policy";
import { type Finding, finding } from "../core/finding";
import { allowsOnlyWrittenSubjects } from "./allows-only-written";
import { deniesOfAll } from "./denies";
import { type Diagnosis, diagnose } from "./diagnose";
import { hasKeyWithScheme, keysWithScheme } from "./keys";
import { type AuditedPolicy, type Mistake, providersIn, resultFor } from "./mistake";

/** Whether a policy has a severe finding: then it is not offered as a correction. */
type IsHigh = (policy: Policy) => boolean;

/**
 * Why a trust policy that names CircleCI, or some of its statements, allow no token: one finding
 * for each kind of mistake. The corrected policy is included if it is proven to allow what the
 * policy says, and nothing else.
 * @param dead the statements for CircleCI tokens that allow none of them
 */
export function auditIneffective(
  audited: AuditedPolicy,
  dead: readonly Statement[],
  isHigh: IsHigh,
): readonly Finding[] {
  const diagnoses = new Map(dead.map((one) => [one, diagnose(one, audited)]));
  const whole = replaced(audited.policy, diagnoses);
  // What still has such a key IAM refuses.
  const isTaken = !hasKeyWithScheme(whole);
  const isCorrect = (policy: Policy): boolean =>
    isTaken && allowsOnlyWrittenSubjects({ ...audited, policy }) && !isHigh(policy) && hasOwnKeys(policy);
  const isShown = isCorrect(only(whole, diagnoses));
  const ofStatements = [...diagnoses.values()].flatMap(({ mistakes, corrected }) =>
    mistakes.map((one) => findingOf(one, corrected !== undefined && isShown ? whole : undefined)),
  );
  return [
    ...inOne(ofStatements),
    ...ofDenies({ ...audited, policy: whole }, ofStatements.length === 0, isCorrect),
  ];
}

/**
 * The finding about keys with a URL scheme, for a policy in which such a key alone stops no token,
 * for instance under a negated operator or in a Deny: IAM still rejects the whole document.
 */
export function auditSchemes(audited: AuditedPolicy, isHigh: IsHigh): readonly Finding[] {
  const { policy } = audited;
  const mistakes = new Map(policy.statements.map((one) => [one, keysWithScheme(one)]));
  const statements = policy.statements.flatMap((one) => mistakes.get(one)?.corrected ?? [one]);
  const whole = { ...policy, statements };
  const isShown =
    allowsOnlyWrittenSubjects({ ...audited, policy: whole }) && !isHigh(whole) && hasOwnKeys(whole);
  return inOne(
    [...mistakes.values()].flatMap((one) =>
      one === undefined ? [] : [findingOf(one, isShown ? whole : undefined)],
    ),
  );
}

/** The policy with every statement corrected that can be. */
function replaced(policy: Policy, diagnoses: ReadonlyMap<Statement, Diagnosis>): Policy {
  const statements = policy.statements.flatMap((one) => diagnoses.get(one)?.corrected ?? [one]);
  return { ...policy, statements: statements.map((one, index) => ({ ...one, index })) };
}

/** Only the corrected Allow statements: what the others allow has not changed. */
function only(policy: Policy, diagnoses: ReadonlyMap<Statement, Diagnosis>): Policy {
  const corrected = new Set(
    [...diagnoses.values()].flatMap((one) => one.corrected ?? []).map(({ path }) => path),
  );
  const statements = policy.statements.filter(({ effect, path }) => effect === "Deny" || corrected.has(path));
  return { ...policy, statements };
}

/** A key stands once under an operator: what would be written twice cannot be shown as JSON. */
function hasOwnKeys({ statements }: Policy): boolean {
  return statements.every(({ conditions }) => {
    const names = conditions.map(({ operator, key }) => `${operator.name} ${key}`);
    return new Set(names).size === names.length;
  });
}

function findingOf({ id, path, message }: Mistake, corrected: Policy | undefined): Finding {
  const found = finding(id, path, message);
  return corrected === undefined ? found : { ...found, corrected: printReadPolicy(corrected) };
}

/** One finding for each kind and message, wherever it stands. */
function inOne(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const one of findings) {
    const key = `${one.id} ${one.message}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

/**
 * What is wrong although each statement alone is right: the Deny statements, or no Allow applies.
 */
function ofDenies(
  audited: AuditedPolicy,
  isOnly: boolean,
  isCorrect: (policy: Policy) => boolean,
): readonly Finding[] {
  const { statements } = audited.policy;
  const providers = providersIn(statements, audited);
  if (providers.some((provider) => resultFor(statements, provider, audited) !== "none")) return [];
  for (const provider of providers) {
    const found = deniesOfAll(provider, audited);
    if (found === undefined) continue;
    const { mistake, corrected } = found;
    return [findingOf(mistake, corrected !== undefined && isCorrect(corrected) ? corrected : undefined)];
  }
  if (!isOnly) return [];
  const message =
    "the policy names CircleCI, but no Allow statement applies to its tokens: it allows none of them";
  return [finding("no-token-matches", "", message)];
}
