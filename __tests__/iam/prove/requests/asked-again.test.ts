import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { comparePermissions } from "../../../../lib/iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../../../lib/iam/prove/requests/compare-resource-policies";
import { allow, readable } from "./write";

// Ways to be in lists of actions are remembered for later questions; the answers must not show
// it.

/**
 * A service that no other question of this file names, so that the first question about it is a
 * first one.
 */
function asking(service: string, steps?: number) {
  const before = { identity: [readable(allow([`${service}:Get*`, `${service}:List*`], "*"))] };
  const after = { identity: [readable(allow([`${service}:Get*`, `${service}:Li*`, "sqs:*"], "*"))] };
  return comparePermissions(before, after, steps === undefined ? {} : { steps });
}

const asTold = (service: string, found: unknown): string =>
  JSON.stringify(found).replaceAll(service, "SERVICE");

test("the same question gets the same answer and example each time", () => {
  const first = asking("alpha");
  expect(first.relation).toBe("broader");
  expect([asking("alpha"), asking("alpha")]).toEqual([first, first]);
});

test("an action that no policy names is found for the second question as for the first", () => {
  const nobodyKnows = (service: string) =>
    comparePermissions({ identity: [] }, { identity: [readable(allow(`${service}:Get*`, "*"))] });
  const first = nobodyKnows("bravo");
  expect(first.gained?.action).toMatch(/^bravo:get/i);
  expect(nobodyKnows("bravo")).toEqual(first);
});

test("earlier questions save no steps: for each budget the answer is that of the first question", () => {
  const budgets = [50, 200, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 64_000];
  const names = budgets.map((_, at) => `charlie${String.fromCharCode("a".charCodeAt(0) + at)}`);
  const first = budgets.map((steps, at) => asTold(names[at] ?? "", asking(names[at] ?? "", steps)));
  // With all that it takes, so that everything is remembered.
  const [whole] = names.map((name) => asTold(name, asking(name)));
  const again = budgets.map((steps, at) => asTold(names[at] ?? "", asking(names[at] ?? "", steps)));
  expect(again).toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(1);
  expect(first.at(-1)).toBe(whole);
});

test("lists that differ only in resources or callers are distinguished", () => {
  const policy = (Principal: unknown, Resource: string) =>
    parsePolicy(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal, Action: "delta:Read*", Resource }],
      }),
    );
  const [mine, theirs] = ["111111111111", "222222222222"].map((account) => ({ AWS: account }));
  const one = policy(mine, "arn:aws:delta:::one");
  expect(compareResourcePolicies(one, policy(mine, "arn:aws:delta:::one")).relation).toBe("same");
  expect(compareResourcePolicies(one, policy(theirs, "arn:aws:delta:::one")).relation).toBe("both-ways");
  expect(compareResourcePolicies(one, policy(mine, "arn:aws:delta:::two")).relation).toBe("both-ways");
});
