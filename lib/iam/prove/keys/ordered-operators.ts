import type { OperatorBase } from "../../language/policy";
import { after, before, between, from, type IntervalSet, upTo } from "./interval-set";

/**
 * What Numeric and Date operators want of a value, which is compared with one of the policy.
 * Undefined: it is another operator.
 */
export function wantedInOrder<V>(
  base: OperatorBase,
  family: "Numeric" | "Date",
  bound: V | undefined,
): IntervalSet<V> | undefined {
  if (bound === undefined || !base.startsWith(family)) return undefined;
  switch (base.slice(family.length)) {
    case "LessThan":
      return upTo(before(bound));
    case "LessThanEquals":
      return upTo(after(bound));
    case "GreaterThan":
      return from(after(bound));
    case "GreaterThanEquals":
      return from(before(bound));
    case "Equals":
      return between(before(bound), after(bound));
    default:
      return undefined;
  }
}
