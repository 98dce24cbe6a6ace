import { ProjectError } from "../errors";
import { decodeDocument } from "../iam/language/decode-document";
import { isJsonList, isJsonObject, type Json, type JsonObject } from "../iam/language/json";
import type { JsonPath, Policy } from "../iam/language/policy";
import { isNotRead, parsePolicy, readPolicy } from "../iam/language/read-policy";
import type { Mask } from "../plan/sensitive/masking";

/** A role, or a trust policy without one, as it was found in an input. */
export interface AuditedRole {
  /** Its name, or the file's. */
  readonly name: string;
  readonly file: string;
  /** Where its trust policy stands in the file; empty: it is the file. */
  readonly path: JsonPath;
  /** Undefined: it could not be read, see `unreadable`. */
  readonly policy: Policy | undefined;
  readonly unreadable?: string;
  /**
   * Where the roles stand that could not be read here: a file beside this one. Undefined: nowhere.
   */
  readonly standsIn?: string;
  /** True: the input marks the trust policy, or a part of it, as sensitive. */
  readonly isSensitive?: boolean;
  /** Takes out of any text what the input marks as sensitive. Undefined: it marks nothing. */
  readonly mask?: Mask;
  /**
   * Writes a text that was made from the policy as the input would. Undefined: it is one as it
   * stands.
   */
  readonly show?: (text: string) => string;
  /**
   * Whether it may do everything, or give itself every right. Undefined: the input does not say.
   */
  readonly isAdmin?: boolean;
  /** The OIDC providers of its account, as far as the input names them. */
  readonly providers?: readonly string[];
}

/**
 * A document in a listing: an object, or text that is plain or percent-encoded. What is wrong with
 * it is not thrown: other roles follow.
 */
export function readTrust(
  document: Json | undefined,
  path: JsonPath,
): Pick<AuditedRole, "policy" | "unreadable"> {
  if (document === undefined || document === null)
    return { policy: undefined, unreadable: `${path} is not there` };
  try {
    const policy =
      typeof document === "string" ? parsePolicy(decodeDocument(document)) : readPolicy(document, path);
    return { policy };
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return { policy: undefined, unreadable: error.message };
  }
}

export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return value !== undefined && isJsonList(value) ? value.filter(isJsonObject) : [];
}

export function textOf(value: Json | undefined, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/** @param file for messages */
export function unknownInput(file: string): ProjectError {
  return new ProjectError({
    code: "policy-input-unknown",
    message: `${file} is nothing that holds trust policies`,
    found: file,
    fix:
      "give a policy, the JSON of aws iam get-role, list-roles or get-account-authorization-details, of terraform show -json or terraform state pull, " +
      "a CloudFormation or CDK template, or items of AWS Config",
    exitCode: 2,
  });
}
