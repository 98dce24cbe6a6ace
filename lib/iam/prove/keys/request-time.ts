import { parseInstant } from "../../language/operands/instant";
import type { Fact } from "./fact";
import { CLOCK } from "./known-keys";

/** The time at which a counterexample holds, in milliseconds since 1970. Undefined: at any time. */
export function requestTimeOf({ facts }: { readonly facts: readonly Fact[] }): number | undefined {
  const fact = facts.find(({ key }) => CLOCK.includes(key.toLowerCase()));
  return fact?.values === undefined || fact.values === "absent"
    ? undefined
    : parseInstant(fact.values[0] ?? "");
}
