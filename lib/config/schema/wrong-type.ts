import { suggest } from "../../collections/suggest";
import { oidc } from "../../command-name";
import type { Path, Violation } from "../yaml/problem";
import { isTreeMap } from "../yaml/yaml-tree";

/**
 * The violation for a value of a wrong type.
 * @param value the value that YAML read
 * @param written its text in the file (`0123`), if it is not text, a map or a list
 * @param allowed the schema's description of allowed values
 */
export function wrongType(
  value: unknown,
  written: string | undefined,
  allowed: string,
  path: Path,
): Violation {
  const found = kindOf(value, written);
  if (isAccountId(path) && typeof value === "number") return accountIdNumber(found, allowed);
  if (value === null && path.length === 0)
    return {
      code: "missing-value",
      message: "the file is empty",
      found,
      allowed,
      fix: `delete the file and create one: ${oidc("init")}`,
    };
  if (value === null) {
    const fix = allowed.includes("{}") ? "write {} for none" : `write ${allowed}`;
    return { code: "missing-value", message: "the key has no value", found, allowed, fix };
  }
  if (typeof value === "string") {
    const word = suggest(value, allowed.split(", "));
    const wantsList = / list /.test(` ${allowed} `);
    const list = wantsList ? `write it as a list: [${value}]` : `write ${allowed}`;
    const fix = word === undefined ? list : `did you mean ${word}? Otherwise: ${list}`;
    return {
      code: wantsList ? "not-a-list" : "wrong-value",
      message: "this value is not allowed",
      found,
      allowed,
      fix,
    };
  }
  const scalar = typeof value === "number" || typeof value === "boolean" || typeof value === "bigint";
  const message = scalar
    ? `YAML reads this as ${typeof value === "boolean" ? "true or false" : "a number"}`
    : "the value has the wrong type";
  const fix = scalar ? `to write text, put it in quotes: "${found}"` : `write ${allowed}`;
  return { code: "wrong-type", message, found, allowed, fix };
}

function isAccountId(path: Path): boolean {
  return path.length === 3 && path[0] === "accounts" && path[2] === "id";
}

function accountIdNumber(found: string, allowed: string): Violation {
  const digits = /^\d{1,12}$/.test(found) ? found.padStart(12, "0") : undefined;
  const advice = digits === undefined || digits === found ? "" : ", if only the leading zeros are missing";
  return {
    code: "account-id-number",
    message: "the account ID has no quotes, so YAML reads a number and drops leading zeros",
    found,
    allowed,
    fix:
      digits === undefined ? "write the 12 digits in quotes" : `write "${digits}" with the quotes${advice}`,
  };
}

function kindOf(value: unknown, written: string | undefined): string {
  if (typeof value === "string") return value;
  if (value === null) return written === undefined || written === "" ? "nothing" : written;
  if (Array.isArray(value)) return "a list";
  return isTreeMap(value) ? "a map" : (written ?? String(value));
}
