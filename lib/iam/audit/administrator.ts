import { decodeDocument } from "../language/decode-document";
import type { Json } from "../language/json";
import { isNotRead, parsePolicy, readPolicy } from "../language/read-policy";
import { allowsEverything as policyAllowsEverything } from "../prove/requests/allows-everything";

const ADMIN_POLICIES = /:policy\/(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/**
 * Whether this is the ARN of an AWS managed policy that allows everything, or lets its holder give
 * itself everything.
 */
export function isAdminArn(arn: Json | undefined): boolean {
  return typeof arn === "string" && ADMIN_POLICIES.test(arn);
}

/**
 * Whether a document, as an object or as text, allows every action on every resource. False for a
 * document that cannot be read: it proves nothing either way.
 */
export function allowsEverything(document: Json | undefined): boolean {
  if (document === undefined || document === null) return false;
  try {
    return policyAllowsEverything(
      typeof document === "string" ? parsePolicy(decodeDocument(document)) : readPolicy(document, ""),
    );
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return false;
  }
}
