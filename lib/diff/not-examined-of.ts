import { compareText } from "../collections/sort";
import type { NotExamined } from "../plan/not-examined";
import type { AccessChange } from "./model/access-change";
import type { ReadPlan } from "./model/facts";

/**
 * What the plans change and no comparison examines, by stack and address. A type is not listed for
 * a resource that is already reported as unknown: that report is more specific.
 */
export function notExaminedOf(
  plans: readonly ReadPlan[],
  access: readonly AccessChange[],
): readonly NotExamined[] {
  const listed = new Set(
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
        what !== "type" || !listed.has(keyOf(stack, source === "drift" ? source : "plan", address)),
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
