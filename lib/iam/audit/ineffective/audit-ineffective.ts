import type { Policy, Statement } from "../../language/policy";
import type { Draft } from "../core/draft";
import { finding } from "../core/finding";
import { deniesOfAll } from "./denies";
import { type Diagnosis, diagnose } from "./diagnose";
import { keysWithScheme } from "./keys";
import { type AuditedPolicy, type Mistake, providersIn, resultFor } from "./mistake";

/**
 * Why a trust policy that names CircleCI, or some of its statements, allow no token: one finding
 * for each kind of mistake, with the policy in which every mistake is corrected that can be.
 * @param dead the statements for CircleCI tokens that allow none of them
 */
export function auditIneffective(audited: AuditedPolicy, dead: readonly Statement[]): readonly Draft[] {
  const diagnoses = new Map(dead.map((one) => [one, diagnose(one, audited)]));
  const whole = replaced(audited.policy, diagnoses);
  const changed = only(whole, diagnoses);
  const ofStatements = [...diagnoses.values()].flatMap(({ mistakes, corrected }) =>
    mistakes.map((one) => draftOf(one, corrected === undefined ? undefined : whole, changed)),
  );
  return [...inOne(ofStatements), ...ofDenies({ ...audited, policy: whole }, ofStatements.length === 0)];
}

/**
 * The finding about keys with a URL scheme, for a policy in which such a key alone stops no token,
 * for instance under a negated operator or in a Deny: IAM still rejects the whole document.
 */
export function auditSchemes({ policy }: AuditedPolicy): readonly Draft[] {
  const mistakes = new Map(policy.statements.map((one) => [one, keysWithScheme(one)]));
  const statements = policy.statements.flatMap((one) => mistakes.get(one)?.corrected ?? [one]);
  const whole = { ...policy, statements };
  return inOne([...mistakes.values()].flatMap((one) => (one === undefined ? [] : [draftOf(one, whole)])));
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

/** @param changed the statements of the policy that differ from the original; default: all */
function draftOf(
  { id, path, message }: Mistake,
  policy: Policy | undefined,
  changed: Policy | undefined = policy,
): Draft {
  const found = finding(id, path, message);
  return policy === undefined || changed === undefined
    ? { found }
    : { found, correction: { kind: "meant", policy, changed } };
}

/** One finding for each kind and message, wherever it stands. */
function inOne(drafts: readonly Draft[]): readonly Draft[] {
  const first = new Map<string, Draft>();
  for (const one of drafts) {
    const key = `${one.found.id} ${one.found.message}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

/**
 * What is wrong although each statement alone is right: the Deny statements, or no Allow applies.
 */
function ofDenies(audited: AuditedPolicy, isOnly: boolean): readonly Draft[] {
  const { statements } = audited.policy;
  const providers = providersIn(statements, audited);
  if (providers.some((provider) => resultFor(statements, provider, audited) !== "none")) return [];
  for (const provider of providers) {
    const found = deniesOfAll(provider, audited);
    if (found === undefined) continue;
    return [draftOf(found.mistake, found.corrected)];
  }
  if (!isOnly) return [];
  const message =
    "the policy names CircleCI, but no Allow statement applies to its tokens: it allows none of them";
  return [{ found: finding("no-token-matches", "", message) }];
}
