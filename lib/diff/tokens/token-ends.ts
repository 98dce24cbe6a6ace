import { groupBy } from "../../collections/group-by";
import { writeMoment } from "../../config/rules/moment";
import { type CompiledTrust, decideToken } from "../../iam/evaluate/decide-token";
import { parseInstant } from "../../iam/language/operands/instant";
import type { Policy } from "../../iam/language/policy";
import { CLOCK } from "../../iam/prove/keys/known-keys";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";

const SECOND_MS = 1_000;
/** Years have four digits (`writeMoment`). */
const FIRST_MS = Date.parse("0000-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59Z");

/** Names and the common end of their tokens. */
export interface TokenEnd {
  readonly names: readonly string[];
  /** The first moment after it: ISO 8601 in UTC, to the second. */
  readonly end: string;
}

/** When tokens of several people end, by a trust policy; those without an end are left out. */
export function endsOf(
  people: readonly { readonly name: string; readonly token: Counterexample }[],
  trust: CompiledTrust,
): readonly TokenEnd[] {
  const dated = people.flatMap(({ name, token }) => {
    const end = endOf(token, trust);
    return end === undefined ? [] : [{ name, end }];
  });
  return [...groupBy(dated, ({ end }) => end)].map(([end, own]) => ({
    names: own.map(({ name }) => name),
    end,
  }));
}

/**
 * The first moment from which on a trust policy denies a token for ever. Undefined: it does not
 * end, or the policy never allows it.
 */
export function endOf({ claims, provider }: Counterexample, trust: CompiledTrust): string | undefined {
  const moments = momentsIn(trust.policy);
  const isAllowed = (ms: number): boolean =>
    decideToken(trust, claims, provider, writeMoment(ms)).verdict !== "denied";
  const last = moments.findLastIndex(isAllowed);
  const end = moments[last + 1];
  return last === -1 || end === undefined ? undefined : writeMoment(end);
}

/** A decision changes at most at the times that the policy names, or in the second after one. */
function momentsIn({ statements }: Policy): readonly number[] {
  const named = statements.flatMap(({ conditions }) =>
    conditions
      .filter(({ key }) => CLOCK.includes(key.toLowerCase()))
      .flatMap(({ values }) => values.flatMap(({ text }) => parseInstant(text) ?? [])),
  );
  const around = named.flatMap((ms) => [ms - SECOND_MS, ms, ms + SECOND_MS]);
  const known = around.filter((ms) => ms >= FIRST_MS && ms <= LAST_MS);
  return [...new Set(known)].sort((one, other) => one - other);
}
