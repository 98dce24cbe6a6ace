import {
  comparePermissions,
  type PermissionsComparison,
} from "../../../../lib/iam/prove/requests/compare-permissions";
import { countSteps } from "../../../fixtures/count-steps";
import { allow, deny, readable, type StatementJson } from "./write";

const SERVICES = ["s3", "iam", "ec2", "dynamodb", "lambda", "sqs", "sns", "kms", "ecr", "ecs"];
const VERBS = ["Get", "List", "Describe", "Put", "Delete", "Create", "Update", "Tag", "Start", "Batch"];

/**
 * A hundred statements as people write them: some actions, some patterns, a resource each, and a
 * condition here and there.
 */
function hundred(first: number): readonly StatementJson[] {
  return Array.from({ length: 100 }, (_, index) => {
    const at = index + first;
    const service = SERVICES[at % 10] ?? "s3";
    const verb = VERBS[Math.floor(at / 10) % 10] ?? "Get";
    const effect = index % 10 === 9 ? deny : allow;
    const condition =
      index % 4 === 0 ? { StringEquals: { "aws:PrincipalTag/team": `team-${at % 7}` } } : undefined;
    return effect(
      [`${service}:${verb}*`, `${service}:${verb}Thing${at}`],
      [`arn:aws:${service}:us-east-1:123456789012:thing-${at}/*`, `arn:aws:${service}:::thing-${at}`],
      condition,
    );
  });
}

function counted(
  before: readonly StatementJson[],
  after: readonly StatementJson[],
): { readonly steps: number; readonly comparison: PermissionsComparison } {
  const [was, is] = [{ identity: [readable(...before)] }, { identity: [readable(...after)] }];
  const done: PermissionsComparison[] = [];
  const steps = countSteps(() => done.push(comparePermissions(was, is)));
  const [comparison] = done;
  if (comparison === undefined) throw new Error("it was not compared");
  return { steps, comparison };
}

/** Some three times what it takes. How long that is, `npm run bench` says. */
const MOST_STEPS = 4_000_000;
const MOST_HARD_STEPS = 250_000_000;

test("a hundred statements compared with a hundred", () => {
  const more = allow("s3:GetThing0", "arn:aws:s3:::thing-0");
  const pairs = [
    [hundred(0), [...hundred(0)].reverse(), "same"],
    [hundred(0), [...hundred(0), more, more], "broader"],
    [hundred(0), hundred(3), "both-ways"],
    [hundred(0), hundred(0).slice(1), "narrower"],
  ] as const;
  for (const [before, after, relation] of pairs) {
    const { steps, comparison } = counted(before, after);
    expect(comparison.relation).toBe(relation);
    expect(steps).toBeLessThan(MOST_STEPS);
  }
});

test("hard pairs end with an answer, or with unknown and the reason", () => {
  const letters = "abcdefghijklmnopqrst";
  const scattered = (offset: number): readonly StatementJson[] =>
    Array.from({ length: 60 }, (_, index) =>
      allow(`s3:*${letters[(index + offset) % 20]}*${letters[(index * 7) % 20]}*`, `*x*${index + offset}*`),
    );
  const far = (letter: string): readonly StatementJson[] =>
    Array.from({ length: 30 }, (_, index) => allow("s3:GetObject", `arn:*${letter}${"?".repeat(index + 5)}`));
  const tags = (step: number): readonly StatementJson[] =>
    Array.from({ length: 20 }, (_, index) =>
      allow("ec2:CreateTags", "*", {
        "ForAllValues:StringEquals": { "aws:TagKeys": [`k${index}`, `k${index + step}`] },
      }),
    );
  const addresses = (first: number): readonly StatementJson[] =>
    Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? allow : deny)("s3:*", "*", {
        IpAddress: { "aws:SourceIp": `10.0.${index + first}.0/24` },
      }),
    );
  for (const [before, after] of [
    [scattered(0), scattered(1)],
    [far("a"), far("b")],
    [tags(1), tags(2)],
    [addresses(0), addresses(1)],
  ] as const) {
    const { steps, comparison } = counted(before, after);
    expect(comparison.relation).not.toBe("same");
    if (comparison.relation === "unknown") expect(comparison.reason).toContain("steps");
    expect(steps).toBeLessThan(MOST_HARD_STEPS);
  }
});
