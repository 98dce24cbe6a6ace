import type { JsonPath, Policy, Statement } from "../../language/policy";
import { readProvider } from "./provider";

/**
 * Statements about other principals than holders of tokens of a named provider: accounts, services,
 * all principals.
 */
export interface OtherPrincipals {
  readonly before: readonly JsonPath[];
  readonly after: readonly JsonPath[];
  /** Whether these statements say anything else than before, or say it in another way. */
  readonly changed: boolean;
}

export function otherPrincipalsIn(before: Policy, after: Policy): OtherPrincipals {
  const [old, present] = [before, after].map(({ statements }) => statements.filter(namesOtherPrincipals));
  const saying = (statements: readonly Statement[]): readonly string[] =>
    statements.map(withoutPlaces).sort();
  return {
    before: (old ?? []).map(({ path }) => path),
    after: (present ?? []).map(({ path }) => path),
    changed: saying(old ?? []).join("\n") !== saying(present ?? []).join("\n"),
  };
}

/** Whether a statement also applies to other principals. Without principals it applies to none. */
export function namesOtherPrincipals({ principals }: Statement): boolean {
  if (principals === undefined) return false;
  if (principals.negated) return true;
  return principals.members.some(
    ({ type, text }) => type !== "Federated" || readProvider(text) === undefined,
  );
}

/** What a statement says, wherever it stands and whatever it is called. */
function withoutPlaces(statement: Statement): string {
  return JSON.stringify({ ...statement, index: 0, sid: "" }, (key, value: unknown) =>
    key === "path" ? undefined : value,
  );
}
