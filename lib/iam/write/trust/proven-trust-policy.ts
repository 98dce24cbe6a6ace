import { docsPage } from "../../../command-name";
import { hasGrant } from "../../../config/model/grants";
import type { AnyRole, Role } from "../../../config/model/model";
import { ProjectError } from "../../../errors";
import { parseSubject } from "../../../token/parse-subject";
import { providerArn } from "../../language/arns";
import { parsePolicy } from "../../language/read-policy";
import type { Counterexample } from "../../prove/tokens/counterexample";
import { type ProvenShapes, proveByShape } from "../../prove/tokens/prove-by-shape";
import type { Proof } from "../../prove/tokens/prove-trust-policy";
import { trustTextOf } from "./trust-policy";

/** Of this process. Whatever is in it is true of every policy of that shape. */
const PROVEN: ProvenShapes = new Set();

/**
 * The text of a role's trust policy, as it is sent to AWS, after the proof that it allows exactly
 * the granted tokens. The proof reads the printed text, so it also finds errors in printing. The
 * text of a hand-written role is returned unchanged.
 * @throws ProjectError `trust-policy-not-exact` with a counterexample; `trust-policy-not-proven` if
 * the proof has no answer. Either is a bug in this project, not in access.yaml.
 * `trust-file-not-exact`, `trust-file-not-proven` (exit 2): the same for a policy in a file
 */
export function provenTrustPolicy(role: AnyRole): string {
  const text = trustTextOf(role);
  if (hasGrant(role)) checkTrustPolicy(role, text);
  return text;
}

/**
 * The proof by itself, for a text from anywhere. One proof serves every role of the same shape
 * (docs/trust-proof.md).
 * @throws ProjectError as `provenTrustPolicy`
 */
export function checkTrustPolicy({ name, grant, account, trust }: Role, text: string): void {
  const proof = proveByShape(parsePolicy(text), grant, providerArn(account, grant), PROVEN);
  if (proof.result === "equal") return;
  const isUnknown = proof.result === "unknown";
  const problem = isUnknown ? `could not be proven: ${proof.reason}` : whatDiffers(proof);
  if (trust !== undefined) {
    throw new ProjectError({
      code: isUnknown ? "trust-file-not-proven" : "trust-file-not-exact",
      message: `${trust.file}, the trust policy of role "${name}", ${problem}`,
      found: text,
      fix: `${keepingV1(grant, proof)}remove \`trust\` to generate the policy from people and refs, or remove people and refs to keep the policy as hand-written`,
      exitCode: 2,
    });
  }
  throw new ProjectError({
    code: isUnknown ? "trust-policy-not-proven" : "trust-policy-not-exact",
    message: `the trust policy of role "${name}" ${problem}`,
    found: text,
    fix: "nothing was written; this is a bug in cdktf-circleci-oidc, not in access.yaml: report it with this message and the entry of the role",
  });
}

/** What keeps a wording that takes tokens without an origin, where the role does not say so. */
function keepingV1({ refs }: Role["grant"], proof: Proof): string {
  if (proof.result !== "differs" || refs.kind !== "any" || refs.tokensWithoutOrigin) return "";
  const subject = parseSubject(proof.wronglyAllowed?.claims.sub ?? "");
  if (subject?.kind !== "job" || subject.source !== undefined) return "";
  return `remove the subject that names no repository, or add \`tokensWithoutOrigin: true\` to allow it (${docsPage("docs/upgrading.md")}); `;
}

function whatDiffers({
  wronglyAllowed,
  wronglyDenied,
  others,
}: Extract<Proof, { result: "differs" }>): string {
  return [
    ...(wronglyAllowed === undefined
      ? []
      : [`allows a token that it should deny: ${tokenText(wronglyAllowed)}`]),
    ...(wronglyDenied === undefined
      ? []
      : [`denies a token that it should allow: ${tokenText(wronglyDenied)}`]),
    ...(others === undefined ? [] : [`allows principals other than CircleCI (${others.join(", ")})`]),
  ].join("; it ");
}

/** The token as JSON, then what must also be true of the request. */
function tokenText({ claims, facts }: Counterexample): string {
  const needed = facts.map((fact) => {
    if (fact.values === undefined) return `if ${fact.holds ? "" : "not "}${fact.key}: ${fact.saying}`;
    if (fact.values === "absent") return `without ${fact.key}`;
    return `with ${fact.key} = ${fact.values.join(" and ")}`;
  });
  return [JSON.stringify(claims), ...needed].join(", ");
}
