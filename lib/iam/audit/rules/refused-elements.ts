import type { JsonPath, Policy, Statement } from "../../language/policy";
import { type Finding, finding } from "../core/finding";

interface WithoutRefused {
  /** The policy without what IAM refuses. */
  readonly policy: Policy;
  readonly findings: readonly Finding[];
}

/**
 * A trust policy without `Resource` and `NotResource`: IAM rejects a trust policy that has them
 * (MalformedPolicyDocument, "Has prohibited field Resource"). The rest of the audit examines the
 * policy without these elements.
 */
export function withoutRefused(policy: Policy): WithoutRefused {
  const paths = policy.statements.flatMap(({ resources }) => resources?.path ?? []);
  if (paths.length === 0) return { policy, findings: [] };
  const statements = policy.statements.map(({ resources: _, ...statement }): Statement => statement);
  return { policy: { ...policy, statements }, findings: paths.slice(0, 1).map(refused) };
}

function refused(path: JsonPath): Finding {
  const message =
    "IAM rejects a trust policy with Resource (MalformedPolicyDocument: Has prohibited field Resource). Remove the element from every statement";
  return finding("resource-in-trust-policy", path, message);
}
