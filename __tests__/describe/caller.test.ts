import { describeCaller, withoutIds } from "../../lib/describe/caller";
import { listPhrases } from "../../lib/describe/list";
import { plainText, quoted } from "../../lib/describe/phrase";
import { resourceName, withLeadingName } from "../../lib/describe/resource-name";

test.each([
  ["anyone with an AWS account", ["anyone with an AWS account"]],
  ["any principal in account 444455556666", ["any principal in account ", quoted("444455556666")]],
  ["the root user of 444455556666", ["the root user of ", quoted("444455556666")]],
  ["lambda.amazonaws.com", [quoted("lambda.amazonaws.com")]],
  // Words of a policy are never read as this project's.
  ["any principal in account x`", [quoted("any principal in account x`")]],
])("%s: only what a policy writes is quoted", (caller, phrase) => {
  expect(describeCaller(caller)).toEqual(phrase);
});

test.each<[text: string, isExternal: boolean, line: string]>([
  ["any principal in account 444455556666", true, "another account"],
  ["any principal in account 123456789012", false, "any principal in its account"],
  ["the root user of 444455556666", true, "the root user of another account"],
  ["arn:aws:iam::444455556666:role/ci/auditor", true, "role auditor of another account"],
  ["arn:aws:iam::123456789012:user/eve", false, "user eve"],
  ["arn:aws:sqs:us-east-1:123456789012:orders", false, "orders"],
  ["arn:aws:s3:::acme/*", false, "acme/*"],
  ["arn:aws:glue:us-east-1:123456789012:*", false, "every resource of glue"],
  ["arn:aws:ecr:us-east-1:123456789012:repository/*", false, "repository/*"],
  ["alice", false, "alice"],
])("a headline calls %s (external: %s) %s", (text, isExternal, line) => {
  expect(plainText(withoutIds(describeCaller(text), isExternal))).toBe(line);
});

test.each<[text: string, ids: readonly string[], isExternal: boolean, line: string]>([
  ["sns.amazonaws.com for account ", ["444455556666"], true, "sns.amazonaws.com for another account"],
  ["sns.amazonaws.com for account ", ["123456789012"], false, "sns.amazonaws.com for its account"],
  ["any principal in account ", ["444455556666", "777788889999"], true, "other accounts"],
  [
    "an AWS service for account ",
    ["444455556666", "777788889999"],
    true,
    "an AWS service for other accounts",
  ],
  // A name is not an id.
  ["any principal in account ", ["production"], false, "any principal in account production"],
])("a headline calls %s%j (external: %s) %s", (words, ids, isExternal, line) => {
  const list = listPhrases(
    ids.map((id) => [quoted(id)]),
    { word: "or" },
  );
  expect(plainText(withoutIds([words, ...list], isExternal))).toBe(line);
});

test.each([
  ["https://sqs.us-east-1.amazonaws.com/123456789012/orders", "orders"],
  ["arn:aws:sns:us-east-1:123456789012:alerts", "alerts"],
  ["arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf", "db-AbCdEf"],
  ["arn:aws:dynamodb:us-east-1:123456789012:table/*", "table/*"],
  ["arn:aws:glue:us-east-1:123456789012:*", "arn:aws:glue:us-east-1:123456789012:*"],
  ["acme-website", "acme-website"],
])("%s is called %s", (text, name) => {
  expect(resourceName(text)).toBe(name);
});

test("a row begins with a role by its name and account; resources after it stay exact", () => {
  const [role, other] = [1, 2].map((one) => quoted(`arn:aws:iam::44445555666${one}:role/ci/r${one}`));
  if (role === undefined || other === undefined) throw new Error("two roles");
  expect(plainText(withLeadingName([role, " can now pass ", other]))).toBe(
    "role r1 of account 444455556661 can now pass arn:aws:iam::444455556662:role/ci/r2",
  );
});
