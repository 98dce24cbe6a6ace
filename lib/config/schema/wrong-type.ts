import { suggest } from "../../collections/suggest";
import type { Path, Violation } from "../yaml/problem";
import { isTreeMap } from "../yaml/yaml-tree";

/**
 * The violation about a value of a wrong kind.
 * @param value what YAML read
 * @param written the same as the file has it (`0123`), if it is neither text, map nor list
 * @param allowed the schema's words for what would be right
 */
export function wrongType(
  value: unknown,
  written: string | undefined,
  allowed: string,
  path: Path,
): Violation {
  const found = kindOf(value, written);
  if (isAccountId(path) && typeof value === "number") return accountIdNumber(found, allowed);
  if (value === null) {
    const fix = allowed.includes("{}") ? "write {} if there is none yet" : `write ${allowed}`;
    return { code: "missing-value", message: "the key has no value", found, allowed, fix };
  }
  if (typeof value === "string") {
    const word = suggest(value, allowed.split(", "));
    const wantsList = / list /.test(` ${allowed} `);
    const list = wantsList ? `write it as a list: [${value}]` : `write ${allowed}`;
    const fix = word === undefined ? list : `did you mean ${word}? Otherwise: ${list}`;
    return {
      code: wantsList ? "not-a-list" : "wrong-value",
      message: "this is not one of the values allowed",
      found,
      allowed,
      fix,
    };
  }
  const scalar = typeof value === "number" || typeof value === "boolean" || typeof value === "bigint";
  const message = scalar
    ? `YAML reads this as ${typeof value === "boolean" ? "true or false" : "a number"}`
    : "this is of the wrong kind";
  const fix = scalar ? `if text is meant, put it in quotes: "${found}"` : `write ${allowed}`;
  return { code: "wrong-type", message, found, allowed, fix };
}

function isAccountId(path: Path): boolean {
  return path.length === 3 && path[0] === "accounts" && path[2] === "id";
}

function accountIdNumber(found: string, allowed: string): Violation {
  const digits = /^\d{1,12}$/.test(found) ? found.padStart(12, "0") : undefined;
  const advice = digits === undefined || digits === found ? "" : ", if the leading zeros are what is missing";
  return {
    code: "account-id-number",
    message: "the account id has no quotes, so YAML reads a number and drops leading zeros",
    found,
    allowed,
    fix:
      digits === undefined ? "write the 12 digits in quotes" : `write "${digits}", with the quotes${advice}`,
  };
}

function kindOf(value: unknown, written: string | undefined): string {
  if (typeof value === "string") return value;
  if (value === null) return written === undefined || written === "" ? "nothing" : written;
  if (Array.isArray(value)) return "a list";
  return isTreeMap(value) ? "a map" : (written ?? String(value));
}
