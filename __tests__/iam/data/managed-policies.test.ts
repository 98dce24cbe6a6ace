import { awsPoliciesFrom, WELL_KNOWN } from "../../../lib/iam/data/managed-policies";
import { awsPolicies } from "../../../lib/project/aws-data";

const effectOf = (arn: string) => WELL_KNOWN.contentOf(arn)?.statements.map(({ effect }) => effect);

test("without data, only what the name determines is known, in any partition", () => {
  expect(effectOf("arn:aws:iam::aws:policy/AdministratorAccess")).toEqual(["Allow"]);
  expect(effectOf("arn:aws-cn:iam::aws:policy/AdministratorAccess")).toEqual(["Allow"]);
  expect(effectOf("arn:aws:iam::aws:policy/AWSDenyAll")).toEqual(["Deny"]);
  expect(effectOf("arn:aws:iam::aws:policy/ReadOnlyAccess")).toBeUndefined();
  expect(effectOf("arn:aws:iam::123456789012:policy/AdministratorAccess")).toBeUndefined();
});

test("with data, every policy of AWS is known by its contents, and a newer one is not", () => {
  const actionsOf = (arn: string) =>
    awsPolicies.contentOf(arn)?.statements.flatMap(({ actions }) => actions.values.map(({ text }) => text));
  expect(actionsOf("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")).toContain("s3:Get*");
  expect(actionsOf("arn:aws:iam::aws:policy/job-function/Billing")).toContain(
    "account:GetAccountInformation",
  );
  expect(actionsOf("arn:aws:iam::aws:policy/Billing")).toBeUndefined();
  expect(actionsOf("arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess")).toBeUndefined();
  expect(actionsOf("arn:aws:iam::aws:policy/NewerThanTheData")).toBeUndefined();
  expect(awsPolicies.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test("the data are read once they are asked for, and a document that cannot be read is not known", () => {
  let reads = 0;
  const lazy = awsPoliciesFrom(() => {
    reads += 1;
    return { date: "2026-01-01", policies: { Strange: { Statement: "x" } } };
  });
  expect(lazy.contentOf("arn:aws:iam::123456789012:policy/own")).toBeUndefined();
  expect(lazy.contentOf("arn:aws:iam::aws:policy/AdministratorAccess")).toBeDefined();
  expect(reads).toBe(0);
  expect(lazy.contentOf("arn:aws:iam::aws:policy/Strange")).toBeUndefined();
  expect(lazy.contentOf("arn:aws:iam::aws:policy/constructor")).toBeUndefined();
  expect(reads).toBeGreaterThan(0);
});
