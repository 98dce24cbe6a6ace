import { isSamePolicy } from "../../../lib/iam/language/same-policy";

const one = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "A", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::a/*" },
    {
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
};
const [first, second] = one.Statement;

function same(other: object): boolean {
  return isSamePolicy(JSON.stringify(one), JSON.stringify(other));
}

test.each([
  ["white space", JSON.parse(JSON.stringify(one, null, 4))],
  ["the order of keys", { Statement: one.Statement, Version: one.Version }],
  ["the order of statements", { ...one, Statement: [second, first] }],
  [
    "the order of values",
    { ...one, Statement: [{ ...first, Action: ["s3:PutObject", "s3:GetObject"] }, second] },
  ],
  [
    "one value or a list with it",
    { ...one, Statement: [{ ...first, Resource: ["arn:aws:s3:::a/*"] }, second] },
  ],
  [
    "a boolean or its text",
    { ...one, Statement: [first, { ...second, Condition: { Bool: { "aws:SecureTransport": false } } }] },
  ],
])("Terraform sees no difference in %s", (_, other) => {
  expect(same(other)).toBe(true);
});

test.each([
  ["a Sid", { ...one, Statement: [{ ...first, Sid: "B" }, second] }],
  ["a removed Sid", { ...one, Statement: [{ ...first, Sid: undefined }, second] }],
  ["the version", { ...one, Version: "2008-10-17" }],
  [
    "letter case of an action",
    { ...one, Statement: [{ ...first, Action: ["s3:getobject", "s3:PutObject"] }, second] },
  ],
  [
    "letter case of an operator's key",
    { ...one, Statement: [first, { ...second, Condition: { Bool: { "aws:securetransport": "false" } } }] },
  ],
  ["a removed value", { ...one, Statement: [{ ...first, Action: "s3:GetObject" }, second] }],
  ["a duplicate statement", { ...one, Statement: [first, second, { ...second }] }],
  ["an Id", { ...one, Id: "x" }],
])("Terraform may see a difference in %s", (_, other) => {
  expect(same(other)).toBe(false);
});

test("texts that are not policies are the same only if identical", () => {
  expect([isSamePolicy("{", "{"), isSamePolicy("{", "{ ")]).toEqual([true, false]);
});
