import { isIncompleteArn, withCompleteArns } from "../../../lib/iam/language/complete-arn";
import type { Piece, Policy, Value } from "../../../lib/iam/language/policy";
import { parsePolicy } from "../../../lib/iam/language/read-policy";

function policyOn(Resource: string, element = "Resource"): Policy {
  const Statement = { Effect: "Allow", Action: "*", [element]: Resource };
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}

function valueIn({ statements }: Policy): Value {
  const value = statements[0]?.resources?.values[0];
  if (value === undefined) throw new Error("no resource");
  return value;
}

function written({ pieces }: Value): string {
  const textOf = (piece: Piece): string => {
    if (piece.kind === "literal") return piece.text;
    if (piece.kind === "variable") return `\${${piece.key}}`;
    return piece.kind === "any-one" ? "?" : "*";
  };
  return pieces.map(textOf).join("");
}

test.each([
  ["arn:aws:sqs", "arn:aws:sqs:*:*:*"],
  ["arn:aws:sqs:us-east-2", "arn:aws:sqs:us-east-2:*:*"],
  ["arn:aws:sqs:us-east-2:123456789012", "arn:aws:sqs:us-east-2:123456789012:*"],
  ["arn:aws:s3*", "arn:aws:s3*:*:*:*"],
  ["arn:aws:s3::site/*", "arn:aws:s3::site/*:*"],
  ["arn", "arn:*:*:*:*:*"],
  ["arn:*", "arn:*:*:*:*:*"],
  ["arn:aws:sqs:us-east-2:${aws:PrincipalAccount}", "arn:aws:sqs:us-east-2:${aws:PrincipalAccount}:*"],
])("%s is completed to %s in every element", (text, complete) => {
  for (const element of ["Resource", "NotResource"]) {
    const policy = policyOn(text, element);
    expect(isIncompleteArn(valueIn(policy))).toBe(true);
    const value = valueIn(withCompleteArns(policy));
    expect([written(value), value.text, isIncompleteArn(value)]).toEqual([complete, text, false]);
  }
});

test.each(["*", "arn:aws:s3:::site", "arn:aws:s3:::site/*", "arn:aws:sns:us-east-2:1:a:b:c", "a*"])(
  "%s stays as it is",
  (text) => {
    const policy = policyOn(text);
    expect(isIncompleteArn(valueIn(policy))).toBe(false);
    expect(withCompleteArns(policy)).toBe(policy);
  },
);

test.each(["arn:aws:sqs:", "arn:aws:s3::"])(
  "%s: whether its empty field is missing is not documented",
  (text) => {
    const value = valueIn(withCompleteArns(policyOn(text)));
    expect([written(value), isIncompleteArn(value)]).toEqual([text, true]);
  },
);
