import type { AnyRole, RoleDocument } from "../../config/model/model";
import { ProjectError } from "../../errors";
import type { Policy, Statement } from "../language/policy";
import { parsePolicy } from "../language/read-policy";
import { inlinePolicies } from "./inline-policies";
import type { QuotaProblem } from "./quotas";

/**
 * Checks the policies that a role has in files: a trust policy has principals, an identity-based
 * policy has resources, and names are unique. Undefined: they are valid.
 */
export function checkRoleDocuments(role: AnyRole): QuotaProblem | undefined {
  const { trust } = role;
  const ofTrust = trust === undefined ? undefined : problemIn(trust, "a trust policy", isTrustStatement);
  if (ofTrust !== undefined) return ofTrust;
  const taken = new Set<string>(inlinePolicies(role).map(({ name }) => name));
  for (const policy of role.inlinePolicies) {
    if (taken.has(policy.name)) return nameTaken(policy.name);
    const problem = problemIn(policy, "an identity policy", isIdentityStatement);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemIn(
  { file, text }: RoleDocument,
  kind: string,
  isOfKind: (statement: Statement) => boolean,
): QuotaProblem | undefined {
  let policy: Policy;
  try {
    policy = parsePolicy(text);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return {
      code: "document-not-read",
      message: `${file}: ${error.message}`,
      found: file,
      allowed: "the JSON of a policy",
      fix: error.fix ?? "correct the file",
    };
  }
  const odd = policy.statements.find((statement) => !isOfKind(statement));
  if (odd === undefined) return undefined;
  return {
    code: "document-of-another-kind",
    message: `${file}: ${odd.path} is not a statement of ${kind}`,
    found: file,
    allowed: `${kind}: ${kind === "a trust policy" ? "Principal and no Resource" : "Resource and no Principal"} in every statement`,
    fix: "give the path of the right file",
  };
}

function isTrustStatement({ principals, resources }: Statement): boolean {
  return principals !== undefined && principals.members.length > 0 && resources === undefined;
}

function isIdentityStatement({ principals, resources }: Statement): boolean {
  return principals === undefined && resources !== undefined;
}

function nameTaken(name: string): QuotaProblem {
  return {
    code: "inline-policy-name-taken",
    message: "the role already has a generated inline policy with this name",
    found: name,
    allowed: "a unique name",
    fix: `remove \`${name}\` from the role, or rename the policy`,
  };
}
