import type { Policy } from "../../language/policy";
import { printReadPolicy } from "../../language/print-policy";
import { parsePolicy } from "../../language/read-policy";
import type { Correction, Draft, Meant } from "../core/draft";
import type { Finding } from "../core/finding";
import { hasKeyWithScheme } from "../ineffective/keys";
import { type AuditedPolicy, listed } from "../ineffective/mistake";
import { type Examined, ownFindings } from "./own-findings";
import { reachesFurther } from "./reach-of-meant";

type Examine = (policy: Policy) => readonly Finding[];

/**
 * The finding with its corrected policy, if that is proven to allow nothing that is not meant and
 * to have no finding that the original does not have. Otherwise its message says what the change
 * alone would do, and what to write besides.
 * @param original with the context of its audit
 * @param findings all of the original's
 * @param examine the findings of a policy, without corrections
 */
export function offered(
  { found, correction }: Draft,
  original: AuditedPolicy,
  findings: readonly Finding[],
  examine: Examine,
): Finding {
  if (correction === undefined) return found;
  const policy = correction.kind === "meant" ? correction.policy : correction.find();
  if (policy === undefined) return found;
  const whyNot = whyNotOffered(policy, correction, original, findings, examine);
  return whyNot === undefined
    ? { ...found, corrected: printReadPolicy(policy) }
    : { ...found, message: `${found.message}. With this alone corrected, ${whyNot}` };
}

function whyNotOffered(
  policy: Policy,
  correction: Correction,
  original: AuditedPolicy,
  findings: readonly Finding[],
  examine: Examine,
): string | undefined {
  if (hasKeyTwice(policy))
    return "two conditions would have the same operator and key: write them as one condition";
  if (correction.kind === "meant") {
    // IAM refuses what still has such a key.
    if (hasKeyWithScheme(policy)) return "IAM would still reject the policy: correct its other keys too";
    const further = reachesFurther(correction, original);
    if (further !== undefined) return further;
  }
  // The text is what is examined: it is the text that people copy.
  const written = parsePolicy(printReadPolicy(policy));
  const before: Examined = { policy: original.policy, findings };
  const own = ownFindings(before, { policy: written, findings: examine(written) });
  const ids = own.length === 0 && correction.kind === "meant" ? ownOf(correction, before, examine) : own;
  if (ids.length === 0) return undefined;
  return `the policy would have the ${ids.length === 1 ? "finding" : "findings"} ${listed(ids)}: correct ${ids.length === 1 ? "it" : "them"} too`;
}

/**
 * The findings of the corrected statements alone: one about the policy as a whole may hide behind
 * the same finding of another statement.
 */
function ownOf({ policy, changed }: Meant, { policy: original, findings }: Examined, examine: Examine) {
  if (changed.statements.length === policy.statements.length) return [];
  const ofPlaces = findings.filter(({ path }) => path !== "");
  return ownFindings(
    { policy: original, findings: ofPlaces },
    { policy: changed, findings: examine(changed) },
  );
}

/** A key stands once under an operator: what would be written twice cannot be shown as JSON. */
function hasKeyTwice({ statements }: Policy): boolean {
  return statements.some(({ conditions }) => {
    const names = conditions.map(({ operator, key }) => `${operator.name} ${key}`);
    return new Set(names).size < names.length;
  });
}
