import fc from "fast-check";
import type { Policy } from "../../../../lib/iam/language/policy";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { type Comparison, compare } from "../../../../lib/iam/prove/tokens/compare";
import { cases } from "../../automata/cases";
import { type Context, type Judge, judgeOf, type PolicyJson } from "./reference";
import { anyPair, PROVIDER, requestOf, requestsFor } from "./small-world";

function read(policy: PolicyJson): Policy {
  return parsePolicy(JSON.stringify(policy));
}

/** What the reference says of every request in the small world. */
function differences(
  was: Judge,
  is: Judge,
  contexts: readonly Context[],
): { gained: boolean; lost: boolean } {
  const found = { gained: false, lost: false };
  for (const context of contexts) {
    const [before, after] = [was(PROVIDER, context), is(PROVIDER, context)];
    if (after && !before) found.gained = true;
    if (before && !after) found.lost = true;
  }
  return found;
}

function isConfirmed(
  counterexample: Comparison["gained"],
  allowing: Judge,
  denying: Judge,
): boolean | undefined {
  if (counterexample === undefined) return undefined;
  const context = requestOf(counterexample);
  return allowing(counterexample.provider, context) && !denying(counterexample.provider, context);
}

test("in a small model, the comparison agrees with the decisions on every request", () => {
  const seen: Record<string, number> = {};
  fc.assert(
    fc.property(anyPair, ([before, after]) => {
      const comparison = compare(read(before), read(after), { space: "every" });
      const { relation, gained, lost } = comparison;
      seen[relation] = (seen[relation] ?? 0) + 1;
      const [was, is] = [judgeOf(before), judgeOf(after)];
      const found = differences(was, is, requestsFor(before, after));
      expect({
        relation,
        // What differs in the small world differs; what is said to differ is shown.
        gained: {
          missed: found.gained && gained === undefined,
          confirmed: isConfirmed(gained, is, was),
        },
        lost: { missed: found.lost && lost === undefined, confirmed: isConfirmed(lost, was, is) },
      }).toEqual({
        relation: relationOf(gained !== undefined, lost !== undefined),
        gained: { missed: false, confirmed: gained === undefined ? undefined : true },
        lost: { missed: false, confirmed: lost === undefined ? undefined : true },
      });
    }),
    cases(400, 100_000),
  );
  for (const relation of ["same", "narrower", "broader", "both-ways"]) {
    expect(seen[relation]).toBeGreaterThan(10);
  }
});

function relationOf(gained: boolean, lost: boolean): Comparison["relation"] {
  if (gained) return lost ? "both-ways" : "broader";
  return lost ? "narrower" : "same";
}
