import fc from "fast-check";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy";
import { type Decision, decide } from "../../../lib/iam/evaluate/decide";
import { requestKeys } from "../../../lib/iam/evaluate/request";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { compare } from "../../../lib/iam/prove/tokens/compare";
import { cases } from "../automata/cases";
import { type Context, judgeOf, type PolicyJson } from "../prove/tokens/reference";
import { anyPair, anyPolicy, PROVIDER, requestOf, requestsFor } from "../prove/tokens/small-world";

type Decide = (context: Context, others?: "absent" | "open") => Decision;

function deciderOf(policy: PolicyJson, provider = PROVIDER): Decide {
  const compiled = compilePolicy(parsePolicy(JSON.stringify(policy)));
  return (context, others = "absent") =>
    decide(compiled, {
      action: "sts:AssumeRoleWithWebIdentity",
      caller: { type: "Federated", arn: provider },
      keys: requestKeys(context, others),
    });
}

test("random trust policies are decided like a literal implementation of the User Guide", () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const judge = judgeOf(policy);
      const decideFor = deciderOf(policy);
      const wrong = requestsFor(policy).filter(
        (context) => (decideFor(context).verdict === "allowed") !== judge(PROVIDER, context),
      );
      expect(wrong).toEqual([]);
    }),
    cases(150, 100_000),
  );
});

test("every counterexample of a comparison is allowed by one policy and denied by the other", () => {
  fc.assert(
    fc.property(anyPair, ([before, after]) => {
      const { gained, lost } = compare(
        parsePolicy(JSON.stringify(before)),
        parsePolicy(JSON.stringify(after)),
        { space: "every" },
      );
      for (const [counterexample, allowing, denying] of [
        [gained, after, before],
        [lost, before, after],
      ] as const) {
        if (counterexample === undefined) continue;
        const context = requestOf(counterexample);
        const verdictOf = (policy: PolicyJson): string =>
          deciderOf(policy, counterexample.provider)(context).verdict;
        expect([verdictOf(allowing), verdictOf(denying)]).toEqual(["allowed", "denied"]);
      }
    }),
    cases(150, 100_000),
  );
});

test("a decision with open keys stays the same for all values of these keys", () => {
  let decided = 0;
  let open = 0;
  fc.assert(
    fc.property(anyPolicy, fc.nat(), (policy, seed) => {
      const decideFor = deciderOf(policy);
      const requests = requestsFor(policy);
      const whole = requests[seed % requests.length] ?? new Map();
      for (const left of whole.keys()) {
        const part = new Map([...whole].filter(([key]) => key !== left));
        const early = decideFor(part, "open");
        if (early.verdict === "unknown") {
          open += 1;
          expect(early.dependsOn.length).toBeGreaterThan(0);
          continue;
        }
        decided += 1;
        for (const values of [[], ["a"], ["z", "ab"]]) {
          expect(decideFor(new Map([...part, [left, values]])).verdict).toBe(early.verdict);
        }
        expect(decideFor(whole).verdict).toBe(early.verdict);
      }
    }),
    cases(200, 20_000),
  );
  expect(decided).toBeGreaterThan(20);
  expect(open).toBeGreaterThan(20);
});

test("the order of statements and the case of key names make no difference", () => {
  fc.assert(
    fc.property(anyPolicy, fc.nat(), (policy, seed) => {
      const requests = requestsFor(policy);
      const context = requests[seed % requests.length] ?? new Map();
      const turned = { ...policy, Statement: [...policy.Statement].reverse() };
      const shouted = new Map([...context].map(([key, values]) => [key.toUpperCase(), values]));
      const { verdict } = deciderOf(policy)(context);
      expect(deciderOf(turned)(context).verdict).toBe(verdict);
      expect(deciderOf(policy)(shouted).verdict).toBe(verdict);
    }),
  );
});

test("an additional Deny never allows a token, and an additional Allow never denies one", () => {
  fc.assert(
    fc.property(anyPolicy, anyPolicy, (policy, more) => {
      const decideFor = deciderOf(policy);
      for (const effect of ["Allow", "Deny"] as const) {
        const added = more.Statement.map((one) => ({ ...one, Effect: effect }));
        const larger = { ...policy, Statement: [...policy.Statement, ...added] };
        const decideMore = deciderOf(larger);
        for (const context of requestsFor(larger).slice(0, 200)) {
          const [was, is] = [decideFor(context).verdict, decideMore(context).verdict];
          if (was === is) continue;
          expect(is).toBe(effect === "Allow" ? "allowed" : "denied");
        }
      }
    }),
    cases(25, 5_000),
  );
});
