import { ProjectError } from "../../errors";
import { isJsonList, isJsonObject, type Json, kindOfJson } from "./json";
import { atIndex, atKey } from "./json-path";
import { notRead } from "./not-read";
import { parseJson } from "./parse-json";
import type { JsonPath, Policy, PolicyVersion, Statement } from "./policy";
import { checkElements, readStatement } from "./read-statement";

/** Characters of one policy, far more than any quota lets through. */
const MOST_POLICY_CHARACTERS = 1_000_000;

const VERSIONS: readonly PolicyVersion[] = ["2008-10-17", "2012-10-17"];

/**
 * Reads a policy from its text: everything that the IAM User Guide defines, and nothing that it
 * does not.
 * @throws ProjectError `json-not-read` or `policy-not-read`, with the path of what is wrong, what
 * was found and what is allowed
 */
export function parsePolicy(text: string): Policy {
  if (text.length > MOST_POLICY_CHARACTERS) {
    throw notRead(
      "",
      `a policy has at most ${MOST_POLICY_CHARACTERS} characters`,
      `${text.length}`,
      "split it",
    );
  }
  return readPolicy(parseJson(text, { exactNumbers: true }));
}

/**
 * Reads a policy that is part of a larger document.
 * @param root the path of the policy in that document; default: the policy is the document
 * @throws ProjectError `policy-not-read`
 */
export function readPolicy(value: Json, root: JsonPath = ""): Policy {
  if (!isJsonObject(value))
    throw notRead(root, "a policy must be an object", kindOfJson(value), 'write { "Statement": … }');
  checkElements(value, ["Version", "Id", "Statement"], root);
  const { Id: id } = value;
  if (id !== undefined && typeof id !== "string") {
    throw notRead(atKey(root, "Id"), "this must be a string", kindOfJson(id), 'write "…"');
  }
  const version = readVersion(value.Version, atKey(root, "Version"));
  const statements = readStatements(value.Statement, version, atKey(root, "Statement"));
  checkSids(statements);
  return { version, ...(id === undefined ? {} : { id }), statements };
}

function readVersion(value: Json | undefined, path: JsonPath): PolicyVersion {
  if (value === undefined) return "2008-10-17";
  const version = VERSIONS.find((one) => one === value);
  if (version !== undefined) return version;
  throw notRead(
    path,
    "unknown version of the policy language",
    kindOfJson(value),
    `allowed: ${VERSIONS.join(", ")}`,
  );
}

function readStatements(
  value: Json | undefined,
  version: PolicyVersion,
  path: JsonPath,
): readonly Statement[] {
  if (value === undefined || (isJsonList(value) && value.length === 0)) {
    throw notRead(
      path,
      "a policy needs at least one statement",
      value === undefined ? "nothing" : "an empty list",
      "write one",
    );
  }
  if (!isJsonList(value)) return [readStatement(value, 0, version, path)];
  return value.map((one, index) => readStatement(one, index, version, atIndex(path, index)));
}

/**
 * "The Sid value must be unique within a JSON policy" ("IAM JSON policy elements: Sid"). An empty
 * one names nothing.
 */
function checkSids(statements: readonly Statement[]): void {
  const seen = new Set<string>();
  for (const { sid, path } of statements) {
    if (sid === undefined || sid === "") continue;
    if (seen.has(sid))
      throw notRead(
        atKey(path, "Sid"),
        "another statement has the same Sid",
        JSON.stringify(sid),
        "rename one",
      );
    seen.add(sid);
  }
}

/** Whether the error says that a text is no policy which this project can read. */
export function isNotRead(error: unknown): error is ProjectError {
  return (
    error instanceof ProjectError && (error.code === "policy-not-read" || error.code === "json-not-read")
  );
}
