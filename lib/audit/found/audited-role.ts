import { ProjectError } from "../../errors";
import type { AwsPolicies } from "../../iam/data/managed-policies";
import { decodeDocument } from "../../iam/language/decode-document";
import { isJsonList, isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import type { JsonPath, Policy } from "../../iam/language/policy";
import { isNotRead, parsePolicy, readPolicy } from "../../iam/language/read-policy";
import type { Permissions } from "../../iam/prove/requests/compare-permissions";
import type { Mask } from "../../plan/sensitive/masking";

/** A role, or a trust policy without one, as it was found in an input. */
export interface AuditedRole {
  /** Its name, or the file's. */
  readonly name: string;
  readonly file: string;
  /** The path of its trust policy in the file. Empty: the file is the policy. */
  readonly path: JsonPath;
  /** Undefined: it could not be read; `unreadable` says why. */
  readonly policy: Policy | undefined;
  readonly unreadable?: string;
  /** The file beside this one that contains the roles. Undefined: this one does. */
  readonly standsIn?: string;
  /** True: the input marks the trust policy, or part of it, as sensitive. */
  readonly isSensitive?: boolean;
  /** Removes the values that the input marks as sensitive. Undefined: it marks none. */
  readonly mask?: Mask;
  /** Restores placeholders of the input in a text that is derived from the policy. */
  readonly show?: (text: string) => string;
  /** Its permissions, which few findings ask for. Undefined: they are not in the input. */
  readonly permissions?: (aws: AwsPolicies) => Permissions;
  /** The OIDC providers of its account that the input names. */
  readonly providers?: readonly string[];
}

/** The roles found in one file. */
export interface Found {
  readonly roles: readonly AuditedRole[];
  /** Removes the values that the file marks as sensitive. Undefined: it marks none. */
  readonly mask?: Mask;
  /** Why roles may be missing, such as one page of several. Undefined: the file is complete. */
  readonly incomplete?: string;
}

/** A file, with a reason for which it is mentioned. */
export interface FileNote {
  readonly file: string;
  readonly reason: string;
}

/**
 * A document in a listing: an object, or text that is plain or percent-encoded. An error is
 * returned, not thrown: other roles follow.
 */
export function readTrust(
  document: Json | undefined,
  path: JsonPath,
): Pick<AuditedRole, "policy" | "unreadable"> {
  if (document === undefined || document === null)
    return { policy: undefined, unreadable: `${path} is missing` };
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
    message: `${file} contains no trust policies`,
    found: file,
    fix:
      "pass a policy, the JSON of aws iam get-role, list-roles or get-account-authorization-details, of terraform show -json or terraform state pull, " +
      "a CloudFormation or CDK template, or items of AWS Config",
    exitCode: 2,
  });
}
