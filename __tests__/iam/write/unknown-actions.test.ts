import { knownActions } from "../../../lib/iam/data/actions";
import { deployStatements } from "../../../lib/iam/write/deploys/deploy-permissions";
import { checkActions, unknownServiceWarning } from "../../../lib/iam/write/unknown-actions";
import { anAccount } from "../../fixtures/access";
import { everyPreset } from "./deploys/every-preset";

const list = knownActions();

function check(Action: string | readonly string[], knownServices: readonly string[] = []) {
  const statements = [{ Effect: "Allow" as const, Action, Resource: "*" }];
  return checkActions({ statements }, { knownServices }, list);
}

test.each([
  "*",
  "s3:*",
  "s3:PutObject",
  "S3:putobject",
  "s3:Put*",
  "s3:?utObject",
  "s3:*ut*bject?cl",
  "s3:*",
  "cloudfront:CreateInvalidation",
])("%s exists", (action) => {
  expect(check(action)).toEqual({ problems: [], unknownServices: [] });
});

test.each([
  ["s3:PutObjekt", 's3 has no such action; did you mean "s3:PutObject"?'],
  ["s3:Putt*", 'no action of s3 matches this pattern; did you mean "s3:Put*"?'],
  [`s3:${"*a".repeat(40)}`, "no action of s3 matches this pattern"],
  ["ec2:Describe", "ec2 has no such action"],
  ["iam:PassRoles", 'iam has no such action; did you mean "iam:PassRole"?'],
])("%s does not: %s", (action, says) => {
  const { problems } = check(action);
  expect(problems).toHaveLength(1);
  expect(`${problems[0]?.message}; ${problems[0]?.fix}`.startsWith(says.replace(/;$/, ""))).toBe(true);
  expect(problems[0]).toMatchObject({ code: "unknown-action", found: action });
});

test("each problem has its place", () => {
  expect(check(["s3:GetObject", "s3:GetObjekt"]).problems.map(({ at }) => at)).toEqual([
    ["statements", 0, "Action", 1],
  ]);
  expect(check("s3:GetObjekt").problems.map(({ at }) => at)).toEqual([["statements", 0, "Action"]]);
});

test("a service that the list does not have is a warning, unless the file knows it", () => {
  expect(check("newservice:DoIt")).toEqual({ problems: [], unknownServices: ["newservice"] });
  expect(check("newservice:DoIt", ["newservice"]).unknownServices).toEqual([]);
  expect(check("s3:BrandNew", ["s3"]).problems).toEqual([]);
  expect(unknownServiceWarning("cloudfrnt", list)).toContain("Did you mean `cloudfront`?");
});

test("every action of a preset is in the list", () => {
  const statements = deployStatements(everyPreset, anAccount());
  for (const action of statements.flatMap(({ Action }) => [Action ?? []].flat())) {
    const [service = "", name] = action.split(":");
    expect(list.namesOf(service)).toContain(name);
  }
});
