import type { Policy } from "../language/policy";
import type { KeyState } from "./request";

/**
 * The keys of token issuers that a policy asks for, as missing: a token sets the few that AWS takes from it and certainly no other, so
 * these are not open. What a token does set goes after them.
 * @param host the issuer without `https://`
 */
export function unsetTokenKeys(
  { statements }: Policy,
  host: string,
): readonly (readonly [string, KeyState])[] {
  const keys = statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.toLowerCase()));
  return keys
    .filter((key) => key.startsWith(`${host.toLowerCase()}:`) || /^[^:]*\.[^:]*:/.test(key))
    .map((key) => [key, { state: "absent" }] as const);
}
