import { decodeDocument } from "../../iam/language/decode-document";
import { isJsonList, isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import { atIndex, atKey } from "../../iam/language/json-path";
import { parseJson } from "../../iam/language/parse-json";
import type { JsonPath } from "../../iam/language/policy";
import { isNotRead } from "../../iam/language/read-policy";
import { type AuditedRole, readTrust, textOf } from "../found/audited-role";

const DOCUMENT = "AssumeRolePolicyDocument";

/** A role in the format of IAM's API. @param place its path in the file */
export function readRole(role: JsonObject, file: string, place: JsonPath): AuditedRole {
  const path = atKey(place, DOCUMENT);
  const { RoleName: name, [DOCUMENT]: document } = role;
  const otherwise = place === "" ? file : `${file} ${place}`;
  return { name: textOf(name, otherwise), file, path, ...readTrust(document, path) };
}

export function isRole(value: Json): value is JsonObject {
  return isJsonObject(value) && Object.hasOwn(value, DOCUMENT);
}

/** A policy document. */
export function isPolicyDocument(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && value.Statement !== undefined;
}

/** A statement without its policy. */
export function isStatement(value: Json): value is JsonObject {
  return (
    isJsonObject(value) &&
    value.Effect !== undefined &&
    (value.Action ?? value.NotAction ?? value.Principal ?? value.NotPrincipal) !== undefined
  );
}

/** Statements as a policy, of the version in which policy variables are variables. */
export function policyOf(statements: Json): JsonObject {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * The roles of a list that `--query` chose, such as `Roles[]`, `Roles[].AssumeRolePolicyDocument`,
 * `Roles[].[RoleName,AssumeRolePolicyDocument]`. An element without a policy is a role that
 * could not be read. Undefined: no element has a policy.
 */
export function readQueried(
  list: readonly Json[],
  file: string,
  place: JsonPath,
): readonly AuditedRole[] | undefined {
  const found = list.map((one, index) => readElement(one, file, atIndex(place, index)));
  if (found.every((one) => one === undefined)) return undefined;
  return found.map((one, index) => {
    return one ?? unreadableRole(file, atIndex(place, index));
  });
}

/** An element of a list of roles that is not a role: undetermined. */
export function unreadableRole(file: string, path: JsonPath): AuditedRole {
  return {
    name: `${file} ${path}`,
    file,
    path,
    policy: undefined,
    unreadable: `${path} contains no trust policy`,
  };
}

/** One role of a `--query` result: the role, its document, or a row or map with the document. */
export function readElement(value: Json, file: string, path: JsonPath): AuditedRole | undefined {
  if (isRole(value)) return readRole(value, file, path);
  const named = { name: path === "" ? file : `${file} ${path}`, file };
  if (isDocument(value)) return { ...named, path, ...readTrust(value, path) };
  const parts: readonly (readonly [JsonPath, Json])[] = isJsonList(value)
    ? value.map((one, index) => [atIndex(path, index), one] as const)
    : isJsonObject(value)
      ? Object.entries(value).map(([key, one]) => [atKey(path, key), one] as const)
      : [];
  const trust = parts.find(([, one]) => isDocument(one) && mentionsTokens(one));
  if (trust === undefined) return undefined;
  const name = parts.map(([, one]) => one).find((one) => typeof one === "string" && !isDocument(one));
  return { ...named, name: textOf(name, named.name), path: trust[0], ...readTrust(trust[1], trust[0]) };
}

/** A policy document, or the text of one. */
function isDocument(value: Json): boolean {
  if (typeof value !== "string") return isPolicyDocument(value);
  try {
    return isPolicyDocument(parseJson(decodeDocument(value)));
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return false;
  }
}

/** Trust policies contain `sts:` actions; other policies in a row, such as a bucket's, do not. */
function mentionsTokens(value: Json): boolean {
  return /sts:/i.test(typeof value === "string" ? decodeDocument(value) : JSON.stringify(value));
}
