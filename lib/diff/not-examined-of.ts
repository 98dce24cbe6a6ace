import { compareText } from "../collections/sort";
import type { NotExamined } from "../plan/not-examined";
import type { AccessChange } from "./model/access-change";
import type { ReadPlan } from "./model/facts";

/**
 * What the plans touch and no comparison looks at, by stack and address. What is told as unknown
 * already is not told again: an attribute that is known to grant says more than that a type is not
 * examined.
 */
export function notExaminedOf(
  plans: readonly ReadPlan[],
  access: readonly AccessChange[],
): readonly NotExamined[] {
  const told = new Set(
    access
      .filter(({ relation }) => relation === "unknown")
      .flatMap(({ stack, source, addresses }) => addresses.map((one) => keyOf(stack, source, one))),
  );
  const all = plans.flatMap(({ facts }) => facts.notExamined);
  const ids = new Set(all.map(({ id }) => id));
  const isAsked = plans.some(({ facts }) => facts.asksForTags);
  const tagged = isAsked ? plans.flatMap(({ facts }) => facts.tagged.filter(({ id }) => !ids.has(id))) : [];
  return [...all, ...tagged]
    .filter(
      ({ what, stack, source, address }) =>
        what !== "type" || !told.has(keyOf(stack, source === "drift" ? source : "plan", address)),
    )
    .toSorted(
      (one, other) =>
        compareText(one.stack, other.stack) ||
        compareText(one.address, other.address) ||
        compareText(one.id, other.id),
    );
}

function keyOf(stack: string, source: AccessChange["source"], address: string): string {
  return `${source} ${stack}: ${address}`;
}
