import { Budget } from "../../../../lib/iam/automata/budget";
import { and, type Formula, not } from "../../../../lib/iam/automata/formula";
import { parseInstant } from "../../../../lib/iam/language/operands/instant";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import type { Fact } from "../../../../lib/iam/prove/keys/fact";
import { CLOCK } from "../../../../lib/iam/prove/keys/known-keys";
import { allowedTokens } from "../../../../lib/iam/prove/tokens/allowed-tokens";
import { findToken } from "../../../../lib/iam/prove/tokens/find-token";
import { readProvider } from "../../../../lib/iam/prove/tokens/provider";
import { TokenSpace } from "../../../../lib/iam/prove/tokens/space";
import type { ConditionJson } from "../requests/write";

/** The time at which a counterexample holds, in milliseconds since 1970. Undefined: at any time. */
function requestTimeOf({ facts }: { readonly facts: readonly Fact[] }): number | undefined {
  const fact = facts.find(({ key }) => CLOCK.includes(key.toLowerCase()));
  return fact?.values === undefined || fact.values === "absent"
    ? undefined
    : parseInstant(fact.values[0] ?? "");
}

const ARN =
  "arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";

/**
 * The moment at which a policy does not do what it should before a moment, over all tokens and all
 * dates.
 */
function momentOfDifference(
  condition: ConditionJson,
  end: string,
): { readonly early: number | string | undefined; readonly late: number | string | undefined } {
  const Statement = {
    Effect: "Allow",
    Principal: { Federated: ARN },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  };
  const policy = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
  const provider = readProvider(ARN);
  if (provider === undefined) throw new Error("a provider");
  const space = new TokenSpace(provider, "issued", [policy], new Budget());
  const [allowed, meant] = [allowedTokens(policy, space), space.keys.isBefore(end)];
  const momentFor = (goal: Formula): number | string | undefined => {
    const found = findToken(space, goal, "possibly");
    return found === undefined ? "none" : requestTimeOf(found);
  };
  return { early: momentFor(and(meant, not(allowed))), late: momentFor(and(allowed, not(meant))) };
}

const before = (moment: string): ConditionJson => ({ DateLessThan: { "aws:CurrentTime": moment } });
const JUNE = "2026-06-01T00:00:00Z";

test("a policy that ends with its grant is equal to it at all times", () => {
  const same = { early: "none", late: "none" };
  expect(momentOfDifference(before(JUNE), JUNE)).toEqual(same);
  expect(momentOfDifference(before("1780272000"), "2026-06-01T02:00:00+02:00")).toEqual(same);
  expect(
    momentOfDifference(
      { DateLessThan: { "aws:EpochTime": JUNE }, Null: { "aws:CurrentTime": "false" } },
      JUNE,
    ).late,
  ).toBe("none");
});

test("one that ends later, earlier or never differs, with an example time", () => {
  const { late } = momentOfDifference(before("2026-07-01"), JUNE);
  expect(new Date(Number(late)).toISOString()).toBe("2026-06-16T00:00:00.000Z");
  const { early } = momentOfDifference(before("2026-05-01"), JUNE);
  expect(new Date(Number(early)).toISOString()).toBe("2026-05-16T00:00:00.000Z");
  expect(momentOfDifference({ Null: { "aws:CurrentTime": "false" } }, JUNE)).toEqual({
    early: "none",
    late: Date.parse("2026-06-02T00:00:00Z"),
  });
});

test("one that ends a second later, or includes its last second", () => {
  expect(momentOfDifference(before("2026-06-01T00:00:01Z"), JUNE).late).toBe(Date.parse(JUNE));
  expect(momentOfDifference({ DateLessThanEquals: { "aws:CurrentTime": JUNE } }, JUNE)).toEqual({
    early: "none",
    late: Date.parse(JUNE),
  });
});
