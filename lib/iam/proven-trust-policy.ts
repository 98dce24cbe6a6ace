import type { Role } from "../access/model";
import { ProjectError } from "../errors";
import { printPolicy } from "./document";
import { parsePolicy } from "./language/read-policy";
import { describeWitness } from "./prove/describe-witness";
import { type Proof, proveTrustPolicy } from "./prove/prove-trust-policy";
import { providerArn } from "./provider-arn";
import { trustPolicyOf } from "./trust-policy";

/**
 * The text of a role's trust policy, as it goes to AWS, once it is proven that it lets in every token that the role's grant means
 * and no other. The proof reads the printed text, so whatever goes wrong before it is seen.
 * @throws ProjectError `trust-policy-not-exact` with a token that gets in and should not, or the other way round;
 *   `trust-policy-not-proven` where the proof comes to no answer. Either is an error in this project, never in access.yaml.
 */
export function provenTrustPolicy(role: Role): string {
  const text = printPolicy(trustPolicyOf(role));
  checkTrustPolicy(role, text);
  return text;
}

/**
 * The proof by itself, for a text from anywhere.
 * @throws ProjectError as `provenTrustPolicy`
 */
export function checkTrustPolicy({ name, grant, account }: Role, text: string): void {
  const proof = proveTrustPolicy(parsePolicy(text), grant, providerArn(account, grant.organization));
  if (proof.result === "equal") return;
  const isUnknown = proof.result === "unknown";
  throw new ProjectError({
    code: isUnknown ? "trust-policy-not-proven" : "trust-policy-not-exact",
    message: `the trust policy of role "${name}" ${isUnknown ? `could not be proven: ${proof.reason}` : whatDiffers(proof)}`,
    found: text,
    fix: "nothing was written; this is an error in cdktf-circleci-oidc and not in access.yaml: report it with this message and the role's entry",
  });
}

function whatDiffers({ intruder, lockedOut, others }: Extract<Proof, { result: "differs" }>): string {
  return [
    ...(intruder === undefined ? [] : [`lets in a token that it should not: ${describeWitness(intruder)}`]),
    ...(lockedOut === undefined
      ? []
      : [`locks out a token that it should let in: ${describeWitness(lockedOut)}`]),
    ...(others === undefined ? [] : [`lets in others than CircleCI's jobs (${others.join(", ")})`]),
  ].join("; it ");
}
