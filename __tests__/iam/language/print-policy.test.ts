import fc from "fast-check";
import { printReadPolicy } from "../../../lib/iam/language/print-policy";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { anyPolicy } from "../prove/tokens/small-world";

test("a printed policy is read back unchanged", () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const read = parsePolicy(printReadPolicy(parsePolicy(JSON.stringify(policy))));
      expect(parsePolicy(printReadPolicy(read))).toEqual(read);
    }),
  );
});

test("a complete policy of another type, element by element", () => {
  const policy = {
    Version: "2008-10-17",
    Id: "id",
    Statement: [
      {
        Sid: "One",
        Effect: "Deny",
        NotPrincipal: { AWS: ["123456789012", "210987654321"], Service: "ec2.amazonaws.com" },
        NotAction: "s3:Get*",
        NotResource: ["a", "b*"],
        Condition: {
          Bool: { "aws:SecureTransport": "true" },
          "ForAllValues:StringLike": { "aws:TagKeys": ["a*", "b"] },
        },
      },
      { Effect: "Allow", Principal: "*", Action: ["s3:ListBucket", "s3:GetObject"], Resource: "*" },
    ],
  };
  expect(JSON.parse(printReadPolicy(parsePolicy(JSON.stringify(policy))))).toEqual(policy);
});
