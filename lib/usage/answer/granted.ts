import { hasGrant } from "../../config/model/grants";
import type { AnyRole } from "../../config/model/model";
import { compilePolicy } from "../../iam/evaluate/compile-policy";
import { decideToken } from "../../iam/evaluate/decide-token";
import { providerArn } from "../../iam/language/arns";
import { parsePolicy } from "../../iam/language/read-policy";
import { trustTextOf } from "../../iam/write/trust/trust-policy";
import { issuerUrl } from "../../token/issuer";
import { parseSubject } from "../../token/parse-subject";

/**
 * What today's access.yaml says of a subject at the moment of its use. `unknown`: it depends on
 * more than the subject and the moment.
 */
export type Granted = "yes" | "no" | "unknown";

/**
 * Decides subjects by a role's trust policy as it is written today; each policy is compiled once.
 */
export class Grants {
  readonly #compiled = new Map<AnyRole, (subject: string, at: string) => Granted>();

  /** @param at ISO 8601 in UTC, to the second */
  of(role: AnyRole, subject: string, at: string): Granted {
    const known = this.#compiled.get(role) ?? deciderOf(role);
    this.#compiled.set(role, known);
    return known(subject, at);
  }
}

const ANSWERS = { allowed: "yes", denied: "no", unknown: "unknown" } as const;

function deciderOf(role: AnyRole): (subject: string, at: string) => Granted {
  if (!hasGrant(role)) return () => "unknown";
  const { grant, account } = role;
  const policy = parsePolicy(trustTextOf(role));
  const target = { policy, compiled: compilePolicy(policy) };
  return (sub, at) => {
    const subject = parseSubject(sub);
    const project = subject?.kind === "job" ? subject.job.project : undefined;
    const claims = {
      iss: issuerUrl(grant),
      // The record of an assumption has no audience that can be relied on; the provider checked it.
      aud: grant.audience,
      sub,
      ...(project === undefined ? {} : { "oidc.circleci.com/project-id": project }),
    };
    return ANSWERS[decideToken(target, claims, providerArn(account, grant), at).verdict];
  };
}
