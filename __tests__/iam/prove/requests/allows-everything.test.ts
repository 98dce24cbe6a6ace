import { allowsEverything } from "../../../../lib/iam/prove/requests/allows-everything";
import { allow, deny, policyOf, type StatementJson } from "./write";

test.each<[what: string, statements: readonly StatementJson[], is: boolean]>([
  ["everything", [allow("*", "*")], true],
  ["everything, service by service", [allow("*:*", "*")], true],
  ["everything in the partition, by an incomplete ARN", [allow("*", "arn:aws")], true],
  ["everything of a service, by an incomplete ARN", [allow("*", "arn:aws:s3")], false],
  [
    "everything but IAM, and IAM",
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }, allow("iam:*", "*")],
    true,
  ],
  ["everything but IAM", [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }], false],
  ["everything under a condition", [allow("*", "*", { Bool: { "aws:SecureTransport": "true" } })], false],
  ["everything of a service", [allow("s3:*", "*")], false],
  ["every action on one bucket", [allow("*", "arn:aws:s3:::site/*")], false],
  ["everything, and a Deny", [allow("*", "*"), deny("s3:DeleteBucket", "*")], true],
])("%s", (_, statements, is) => {
  expect(allowsEverything(policyOf(...statements))).toBe(is);
});
