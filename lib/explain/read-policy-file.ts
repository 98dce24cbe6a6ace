import { decodeDocument } from "../iam/language/decode-document";
import { isJsonObject, type Json } from "../iam/language/json";
import { parseJson } from "../iam/language/parse-json";
import { parsePolicy, readPolicy } from "../iam/language/read-policy";
import { namingFile } from "../project/naming-file";
import { nameOf, readInput } from "../project/read-input";
import { foreignTarget, type Target } from "./target";

/**
 * The trust policy in a file: a policy document, or the output of `aws iam get-role`, whose
 * document may be percent-encoded.
 * @param at the time of the request. Undefined: what depends on it is open
 * @throws ProjectError `json-not-read`, `policy-not-read` and those of `readInput` (exit 2)
 */
export function readPolicyFile(file: string, at?: string): Target {
  return namingFile(nameOf(file), () => read(file, at));
}

function read(file: string, at: string | undefined): Target {
  const text = readInput(file);
  const value = parseJson(text, { exactNumbers: true });
  const role = isJsonObject(value) ? value.Role : undefined;
  if (!isJsonObject(role)) return foreignTarget(nameOf(file), readPolicy(value), at);
  const { RoleName: name, AssumeRolePolicyDocument: document = null } = role;
  return foreignTarget(typeof name === "string" ? name : nameOf(file), readRolePolicy(document), at);
}

function readRolePolicy(document: Json): ReturnType<typeof readPolicy> {
  if (typeof document === "string") return parsePolicy(decodeDocument(document));
  return readPolicy(document, "Role.AssumeRolePolicyDocument");
}
