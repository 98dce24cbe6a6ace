import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { type Comparison, compare } from "../../../../lib/iam/prove/tokens/compare";
import { countSteps } from "../../../fixtures/count-steps";

const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const HOST = `oidc.circleci.com/org/${ORGANIZATION}`;

function policyOf(subjects: readonly string[], operator = "StringLike") {
  return parsePolicy(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${HOST}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${HOST}:aud`]: ORGANIZATION },
          [operator]: { [`${HOST}:sub`]: subjects },
        },
      },
    }),
  );
}

/**
 * A hundred subjects in the shapes that this project writes: ten people, ten branches, some of them
 * patterns.
 */
function hundred(first: number): readonly string[] {
  return Array.from({ length: 100 }, (_, index) => {
    const user = `0000000${index % 10}-93a4-4a39-8f3f-2d1f2f0c7a01`;
    const branch = Math.floor(index / 10) + first;
    const ref = branch % 3 === 0 ? `release/${branch}/*` : `branch-${branch}`;
    return `org/${ORGANIZATION}/project/77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03/user/${user}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/${ref}`;
  });
}

function counted(
  before: readonly string[],
  after: readonly string[],
): { readonly steps: number; readonly relation: Comparison["relation"]; readonly comparison: Comparison } {
  const [was, is] = [policyOf(before), policyOf(after)];
  const done: Comparison[] = [];
  const steps = countSteps(() => done.push(compare(was, is)));
  const [comparison] = done;
  if (comparison === undefined) throw new Error("it was not compared");
  return { steps, relation: comparison.relation, comparison };
}

/** Some three times what it takes. How long that is, `npm run bench` says. */
const MOST_STEPS = 10_000_000;
const MOST_HARD_STEPS = 250_000_000;

test("a hundred patterns of generated forms compared with a hundred", () => {
  const pairs = [
    [hundred(0), [...hundred(0)].reverse(), "same"],
    [hundred(0), hundred(1), "both-ways"],
    [hundred(0), hundred(0).slice(1), "narrower"],
  ] as const;
  for (const [before, after, relation] of pairs) {
    const found = counted(before, after);
    expect(found.relation).toBe(relation);
    expect(found.steps).toBeLessThan(MOST_STEPS);
  }
});

test("hard pairs end within their budget: with an answer, or with unknown and the reason", () => {
  const letters = "abcdefghijklmnopqrst";
  const scattered = (offset: number): readonly string[] =>
    Array.from(
      { length: 60 },
      (_, index) =>
        `*${letters[(index + offset) % 20]}*${letters[(index * 7) % 20]}${"?".repeat(index % 13)}*${letters[(index * 3 + offset) % 20]}*`,
    );
  const pairs = [
    [scattered(0), scattered(1)],
    [[`*${"a?".repeat(500)}*`], [`*${"?a".repeat(500)}*`]],
    [["*?".repeat(3_000)], ["?*".repeat(2_999)]],
    [
      Array.from({ length: 30 }, (_, index) => `*a${"?".repeat(index + 5)}`),
      Array.from({ length: 30 }, (_, index) => `*b${"?".repeat(index + 5)}`),
    ],
  ] as const;
  for (const [before, after] of pairs) {
    const { steps, comparison } = counted(before, after);
    if (comparison.relation === "unknown") expect(comparison.reason).toContain("steps");
    expect(steps).toBeLessThan(MOST_HARD_STEPS);
  }
});
