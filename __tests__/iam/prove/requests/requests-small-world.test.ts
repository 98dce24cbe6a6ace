import fc from "fast-check";
import {
  comparePermissions,
  type Permissions,
  type RequestCounterexample,
} from "../../../../lib/iam/prove/requests/compare-permissions";
import { cases } from "../../automata/cases";
import { relationOf } from "../relation-of";
import {
  anyPair,
  anyPermissions,
  dependsOnVariable,
  evaluatorOf,
  type Judge,
  judgeOf,
  requestsFor,
  requestsOf,
} from "./small-requests";

/** What the evaluator says of every request in the small world. */
function differences(before: Permissions, after: Permissions): { gained: boolean; lost: boolean } {
  const [was, is] = [judgeOf(before), judgeOf(after)];
  const found = { gained: false, lost: false };
  for (const request of requestsFor(before, after)) {
    if (found.gained && found.lost) break;
    const [old, present] = [was(request), is(request)];
    if (present && !old) found.gained = true;
    if (old && !present) found.lost = true;
  }
  return found;
}

function isConfirmed(
  counterexample: RequestCounterexample | undefined,
  allowing: Judge,
  denying: Judge,
): boolean | undefined {
  if (counterexample === undefined) return undefined;
  return requestsOf(counterexample).every((request) => allowing(request) && !denying(request));
}

test("in a small model, the comparison agrees with the decisions on every request", () => {
  const seen: Record<string, number> = {};
  fc.assert(
    fc.property(anyPair, ([before, after]) => {
      const { relation, gained, lost } = comparePermissions(before, after);
      seen[relation] = (seen[relation] ?? 0) + 1;
      const [was, is] = [evaluatorOf(before), evaluatorOf(after)];
      const found = differences(before, after);
      // A difference that depends on a variable may be missed, but never without an `unknown`.
      const isKnown = relation !== "unknown";
      expect({
        relation,
        gained: {
          missed: isKnown && found.gained && gained === undefined,
          confirmed: isConfirmed(gained, is, was),
        },
        lost: { missed: isKnown && found.lost && lost === undefined, confirmed: isConfirmed(lost, was, is) },
      }).toEqual({
        relation: isKnown ? relationOf(gained !== undefined, lost !== undefined) : "unknown",
        gained: { missed: false, confirmed: gained === undefined ? undefined : true },
        lost: { missed: false, confirmed: lost === undefined ? undefined : true },
      });
    }),
    { ...cases(80, 20_000), examples: [[dependsOnVariable]] },
  );
  for (const relation of ["same", "narrower", "broader", "both-ways", "unknown"]) {
    expect(seen[relation]).toBeGreaterThan(0);
  }
});

test("in the other direction, gains are losses", () => {
  fc.assert(
    fc.property(anyPair, ([before, after]) => {
      const [there, back] = [comparePermissions(before, after), comparePermissions(after, before)];
      const isThere = [there.lost !== undefined, there.gained !== undefined];
      expect([back.gained !== undefined, back.lost !== undefined]).toEqual(isThere);
    }),
    cases(10, 5_000),
  );
});

test("no policy differs from itself", () => {
  fc.assert(
    fc.property(anyPermissions, (one) => {
      expect(comparePermissions(one, one)).toEqual({ relation: "same" });
    }),
    cases(20, 5_000),
  );
});
