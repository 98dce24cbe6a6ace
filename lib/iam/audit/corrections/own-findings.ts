import type { Policy } from "../../language/policy";
import { type Finding, type FindingId, textAt } from "../core/finding";

/** A policy and all of its findings. */
export interface Examined {
  readonly policy: Policy;
  readonly findings: readonly Finding[];
}

/**
 * What a correction leaves as it is: a Deny of the original that denies no token of the corrected
 * policy either, and the providers of the account.
 */
const LEFT_AS_IT_IS: ReadonlySet<FindingId> = new Set(["deny-without-effect", "duplicate-provider"]);

/**
 * The ids of the findings that a corrected policy has, but not the original. A finding is the same
 * if it says the same of the same text; what the original has once, the corrected one may have
 * once.
 */
export function ownFindings(original: Examined, corrected: Examined): readonly FindingId[] {
  const left = original.findings.map((one) => identityOf(one, original.policy));
  const own = corrected.findings.filter((one) => {
    if (LEFT_AS_IT_IS.has(one.id)) return false;
    const at = left.indexOf(identityOf(one, corrected.policy));
    if (at === -1) return !isWithin(one.id, original);
    left.splice(at, 1);
    return false;
  });
  return [...new Set(own.map(({ id }) => id))];
}

function identityOf({ id, path, message }: Finding, policy: Policy): string {
  return JSON.stringify([id, message, textAt(policy, path)]);
}

/** Tokens of any origin include those that name none, and have one finding. */
function isWithin(id: FindingId, { findings }: Examined): boolean {
  return id === "tokens-without-origin" && findings.some((one) => one.id === "origin-not-pinned");
}
