import { describeCallers } from "../../lib/describe/callers";
import { plainText } from "../../lib/describe/phrase";
import { requiredOfCallers } from "../../lib/diff/requests/required-of-gains";
import { parsePolicy } from "../../lib/iam/language/read-policy";

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

const ORGANIZATION = "o-a1b2c3d4e5";

function policyOf(Condition: Conditions, denied: Conditions | undefined, Principal: unknown = "*") {
  const statement = { Action: "s3:GetObject", Resource: "arn:aws:s3:::acme/*" };
  const Statement = [
    {
      ...statement,
      Effect: "Allow",
      Principal,
      ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
    },
    ...(denied === undefined ? [] : [{ ...statement, Effect: "Deny", Principal: "*", Condition: denied }]),
  ];
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}

function who(caller: string, allowed: Conditions, denied?: Conditions, principal?: unknown): string {
  return plainText(
    describeCallers(caller, requiredOfCallers(undefined, policyOf(allowed, denied, principal))).who,
  );
}

// Beside each condition that lets in some stands its nearest that lets in anyone.
test.each<[allowed: Conditions, denied: Conditions | undefined, who: string]>([
  [
    { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } },
    undefined,
    `every account of organization ${ORGANIZATION}`,
  ],
  [{ StringLike: { "aws:PrincipalOrgID": "o-*" } }, undefined, "every account of any AWS organization"],
  [{ StringEqualsIfExists: { "aws:PrincipalOrgID": ORGANIZATION } }, undefined, "anyone"],
  [{ StringNotEquals: { "aws:PrincipalOrgID": ORGANIZATION } }, undefined, "anyone"],
  [
    {},
    { StringNotEquals: { "aws:principalorgid": ORGANIZATION } },
    `every account of organization ${ORGANIZATION}`,
  ],
  [
    {},
    { StringNotEqualsIfExists: { "aws:PrincipalOrgID": ORGANIZATION } },
    `every account of organization ${ORGANIZATION}`,
  ],
  [{}, { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } }, "anyone"],
  [
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": `${ORGANIZATION}/r-ab12/ou-1/*` } },
    undefined,
    `every account under ${ORGANIZATION}/r-ab12/ou-1/*`,
  ],
  [{ "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": `${ORGANIZATION}/*` } }, undefined, "anyone"],
  [
    { StringEquals: { "aws:PrincipalAccount": ["111122223333", "444455556666"] } },
    undefined,
    "any principal in account 111122223333 or 444455556666",
  ],
  [
    { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci-*" } },
    undefined,
    "roles like ci-* in account 111122223333",
  ],
  [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci" } }, undefined, "role ci of any account"],
  // It is every principal, but for those who do not sign their requests.
  [{ StringLike: { "aws:PrincipalArn": "*" } }, undefined, "anyone with an AWS account"],
  [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, undefined, "anyone from 203.0.113.0/24"],
  [{ NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, undefined, "anyone"],
  [{ StringEquals: { "aws:SourceVpce": "vpce-1a2b" } }, undefined, "anyone through VPC endpoint vpce-1a2b"],
  [
    { ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:news" } },
    undefined,
    "an AWS service for arn:aws:sns:us-east-1:111122223333:news",
  ],
  [{ StringEquals: { "aws:UserAgent": "acme" } }, undefined, "anyone"],
])("%j, denied: %j: lets in %s", (allowed, denied, expected) => {
  expect(who("anyone", allowed, denied)).toBe(expected);
});

test("a service is named with those for whom it calls", () => {
  const s3 = { Service: "s3.amazonaws.com" };
  const own = { StringEquals: { "aws:SourceAccount": "111122223333" } };
  expect(who("s3.amazonaws.com", own, undefined, s3)).toBe("s3.amazonaws.com for account 111122223333");
  expect(who("s3.amazonaws.com", {}, undefined, s3)).toBe("s3.amazonaws.com for any account");
});
