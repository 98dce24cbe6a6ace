import type { ProjectError } from "../../../lib/errors";
import { parsePolicy, readPolicy } from "../../../lib/iam/language/read-policy";
import { growthOfSteps } from "../../fixtures/count-steps";
import { errorOf } from "../../fixtures/project-error";

const PLAIN = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

function policy(statement: object, differences: object = {}): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement], ...differences });
}

function refusalOf(text: string): ProjectError {
  return errorOf(() => parsePolicy(text));
}

function condition(block: unknown): string {
  return policy({ ...PLAIN, Condition: block });
}

test("a complete policy with every element", () => {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Id: "policy",
    Statement: {
      Sid: "One",
      Effect: "Deny",
      NotPrincipal: { AWS: ["123456789012", "*"], Federated: "example.com" },
      NotAction: ["s3:Get*"],
      NotResource: "arn:aws:s3:::b/${aws:username, 'nobody'}/${*}?",
      Condition: {
        "ForAnyValue:StringNotLikeIfExists": { "aws:TagKeys": ["a*", "b"] },
        Bool: { "aws:SecureTransport": true },
      },
    },
  });
  expect(parsePolicy(text)).toEqual({
    version: "2012-10-17",
    id: "policy",
    statements: [
      {
        index: 0,
        path: "Statement",
        sid: "One",
        effect: "Deny",
        principals: {
          path: "Statement.NotPrincipal",
          negated: true,
          members: [
            { path: "Statement.NotPrincipal.AWS[0]", type: "AWS", text: "123456789012" },
            { path: "Statement.NotPrincipal.AWS[1]", type: "AWS", text: "*" },
            { path: "Statement.NotPrincipal.Federated", type: "Federated", text: "example.com" },
          ],
        },
        actions: {
          path: "Statement.NotAction",
          negated: true,
          values: [
            {
              path: "Statement.NotAction[0]",
              text: "s3:Get*",
              pieces: [{ kind: "literal", text: "s3:Get" }, { kind: "any-run" }],
            },
          ],
        },
        resources: {
          path: "Statement.NotResource",
          negated: true,
          values: [
            {
              path: "Statement.NotResource",
              text: "arn:aws:s3:::b/${aws:username, 'nobody'}/${*}?",
              pieces: [
                { kind: "literal", text: "arn:aws:s3:::b/" },
                { kind: "variable", key: "aws:username", default: "nobody" },
                { kind: "literal", text: "/*" },
                { kind: "any-one" },
              ],
            },
          ],
        },
        conditions: [
          {
            path: 'Statement.Condition["ForAnyValue:StringNotLikeIfExists"]["aws:TagKeys"]',
            operator: {
              name: "ForAnyValue:StringNotLikeIfExists",
              base: "StringLike",
              negated: true,
              ifExists: true,
              qualifier: "ForAnyValue",
            },
            key: "aws:TagKeys",
            values: [
              {
                path: 'Statement.Condition["ForAnyValue:StringNotLikeIfExists"]["aws:TagKeys"][0]',
                text: "a*",
                pieces: [{ kind: "literal", text: "a" }, { kind: "any-run" }],
              },
              {
                path: 'Statement.Condition["ForAnyValue:StringNotLikeIfExists"]["aws:TagKeys"][1]',
                text: "b",
                pieces: [{ kind: "literal", text: "b" }],
              },
            ],
          },
          {
            path: 'Statement.Condition.Bool["aws:SecureTransport"]',
            operator: { name: "Bool", base: "Bool", negated: false, ifExists: false, qualifier: "none" },
            key: "aws:SecureTransport",
            values: [
              {
                path: 'Statement.Condition.Bool["aws:SecureTransport"]',
                text: "true",
                pieces: [{ kind: "literal", text: "true" }],
              },
            ],
          },
        ],
      },
    ],
  });
});

test("without Version it is 2008-10-17, where variables are text", () => {
  const { version, statements } = parsePolicy(
    JSON.stringify({ Statement: [{ ...PLAIN, Resource: "${aws:username}${" }] }),
  );
  expect(version).toBe("2008-10-17");
  expect(statements[0]?.resources?.values[0]?.pieces).toEqual([
    { kind: "literal", text: "${aws:username}${" },
  ]);
});

test("paths begin at the policy's place in its document", () => {
  const value = { Statement: [{ ...PLAIN, Effect: "allow" }] };
  expect(() => readPolicy(value, "Role.AssumeRolePolicyDocument")).toThrow(
    /^Role\.AssumeRolePolicyDocument\.Statement\[0\]\.Effect: /,
  );
});

describe("wildcards match other characters only where AWS defines them", () => {
  test.each([
    ["StringLike", true],
    ["StringNotLike", true],
    ["ArnLike", true],
    ["ArnEquals", true],
    ["StringEquals", false],
    ["StringEqualsIgnoreCase", false],
  ])("%s: %s", (operator, isWildcard) => {
    const [one] =
      parsePolicy(condition({ [operator]: { "aws:userid": "a*" } })).statements[0]?.conditions ?? [];
    expect(one?.values[0]?.pieces.some(({ kind }) => kind === "any-run")).toBe(isWildcard);
  });
});

describe("an element or value that the language does not define is an error with its place", () => {
  test.each<[what: string, text: string, path: string]>([
    ["not an object", "[]", "the policy"],
    ["no statement", '{"Version":"2012-10-17"}', "Statement"],
    ["an empty list of statements", '{"Statement":[]}', "Statement"],
    ["another version", policy(PLAIN, { Version: "2012-10-18" }), "Version"],
    ["an unknown element", policy({ ...PLAIN, Conditions: {} }), "Statement[0].Conditions"],
    ["an element in lower case", policy({ ...PLAIN, condition: {} }), "Statement[0].condition"],
    ["an effect in lower case", policy({ ...PLAIN, Effect: "allow" }), "Statement[0].Effect"],
    ["no effect", policy({ Action: "*", Resource: "*" }), "Statement[0].Effect"],
    ["no action", policy({ Effect: "Allow", Resource: "*" }), "Statement[0]"],
    ["both Action and NotAction", policy({ ...PLAIN, NotAction: "a:b" }), "Statement[0]"],
    ["an empty list of actions", policy({ ...PLAIN, Action: [] }), "Statement[0].Action"],
    ["a nested list", policy({ ...PLAIN, Action: [["a:b"]] }), "Statement[0].Action[0]"],
    ["null", policy({ ...PLAIN, Resource: null }), "Statement[0].Resource"],
    ["an empty text", policy({ ...PLAIN, Resource: "" }), "Statement[0].Resource"],
    ["an empty NotPrincipal", policy({ ...PLAIN, NotPrincipal: {} }), "Statement[0].NotPrincipal"],
    [
      "a NotPrincipal with an empty list",
      policy({ ...PLAIN, NotPrincipal: { AWS: [] } }),
      "Statement[0].NotPrincipal.AWS",
    ],
    ["a principal without a type", policy({ ...PLAIN, Principal: "123456789012" }), "Statement[0].Principal"],
    [
      "an unknown type of principal",
      policy({ ...PLAIN, Principal: { Fed: "x" } }),
      "Statement[0].Principal.Fed",
    ],
    [
      "a wildcard in a principal",
      policy({ ...PLAIN, Principal: { AWS: "arn:aws:iam::1*" } }),
      "Statement[0].Principal.AWS",
    ],
    [
      "a wildcard as the service",
      policy({ ...PLAIN, Principal: { Service: "*" } }),
      "Statement[0].Principal.Service",
    ],
    ["an empty condition", condition({}), "Statement[0].Condition"],
    ["an operator without keys", condition({ Bool: {} }), "Statement[0].Condition.Bool"],
    ["an unknown operator", condition({ StringLke: { a: "b" } }), "Statement[0].Condition.StringLke"],
    [
      "an operator in another case",
      condition({ stringlike: { a: "b" } }),
      "Statement[0].Condition.stringlike",
    ],
    ["Null with IfExists", condition({ NullIfExists: { a: "true" } }), "Statement[0].Condition.NullIfExists"],
    [
      "an unknown qualifier",
      condition({ "ForSomeValues:Bool": { a: "true" } }),
      'Statement[0].Condition["ForSomeValues:Bool"]',
    ],
    ["an empty list of values", condition({ StringLike: { a: [] } }), "Statement[0].Condition.StringLike.a"],
    [
      "a value that is an object",
      condition({ StringLike: { a: {} } }),
      "Statement[0].Condition.StringLike.a",
    ],
    [
      "an unterminated variable",
      condition({ StringLike: { a: "${b" } }),
      "Statement[0].Condition.StringLike.a",
    ],
    [
      "an invalid number",
      condition({ NumericEquals: { a: "ten" } }),
      "Statement[0].Condition.NumericEquals.a",
    ],
    ["an invalid boolean", condition({ Bool: { a: "yes" } }), "Statement[0].Condition.Bool.a"],
    [
      "an invalid value of Null",
      condition({ Null: { a: ["true", "maybe"] } }),
      "Statement[0].Condition.Null.a[1]",
    ],
    [
      "an invalid date",
      condition({ DateLessThan: { a: "2026-02-30" } }),
      "Statement[0].Condition.DateLessThan.a",
    ],
    [
      "an invalid address",
      condition({ IpAddress: { a: "10.0.0.256" } }),
      "Statement[0].Condition.IpAddress.a",
    ],
    ["invalid Base64", condition({ BinaryEquals: { a: "?" } }), "Statement[0].Condition.BinaryEquals.a"],
  ])("%s", (_, text, path) => {
    const error = refusalOf(text);
    expect(error.code).toBe("policy-not-read");
    expect(error.message.slice(0, error.message.indexOf(": "))).toBe(path);
    expect(error.exitCode).toBe(2);
    expect(error.fix).toBeDefined();
  });

  test("two statements with the same Sid", () => {
    const one = { ...PLAIN, Sid: "A" };
    const text = JSON.stringify({ Statement: [one, { ...one, Sid: "a" }, one] });
    expect(refusalOf(text).message).toContain("Statement[2].Sid");
  });

  test("a duplicate condition, of which JSON.parse would keep one", () => {
    const text = condition({ StringEquals: { a: "b" } }).replace(
      '{"a":"b"}',
      '{"a":"b"},"StringEquals":{"a":"*"}',
    );
    expect(refusalOf(text).code).toBe("json-not-read");
  });

  test("an error for a misspelled name suggests the correct one", () => {
    expect(refusalOf(condition({ StringLke: { a: "b" } })).fix).toBe("did you mean StringLike?");
  });
});

test("a policy of the maximum size, only stars and question marks, is read in linear steps", () => {
  const read = (pairs: number) => parsePolicy(condition({ StringLike: { a: "*?".repeat(pairs) } }));
  expect(read(3_000).statements[0]?.conditions[0]?.values[0]?.pieces).toHaveLength(6_000);
  expect(growthOfSteps(1_500, read)).toBeLessThan(2.5);
});

test("a policy of more than a million characters is rejected unread", () => {
  expect(refusalOf(policy({ ...PLAIN, Sid: "a".repeat(1_000_000) })).message).toContain(
    "at most 1000000 characters",
  );
});
