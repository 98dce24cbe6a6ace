import { describeConditionsOf } from "../../lib/describe/condition";
import { plainText } from "../../lib/describe/phrase";
import { parsePolicy } from "../../lib/iam/language/read-policy";

function said(...conditions: readonly (readonly [operator: string, key: string, value: unknown])[]): string {
  const statements = conditions.map(([operator, key, value]) => ({
    Effect: "Allow",
    Action: "*",
    Resource: "*",
    Condition: { [operator]: { [key]: value } },
  }));
  const policy = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  return plainText(describeConditionsOf(policy.statements.flatMap((one) => one.conditions)));
}

const TLS = "aws:SecureTransport";
const MFA = "aws:MultiFactorAuthPresent";
const NETWORK = "10.0.0.0/8";
const DAY = "2027-03-01T00:00:00Z";

test.each<[operator: string, key: string, value: unknown, words: string]>([
  ["Bool", TLS, "true", "over TLS"],
  ["Bool", TLS, "false", "without TLS"],
  ["Bool", MFA, true, "with MFA"],
  // An access key has no MFA: the key is missing then.
  ["BoolIfExists", MFA, "true", `with MFA, or without ${MFA}`],
  ["BoolIfExists", MFA, "false", "without MFA"],
  ["Bool", "aws:ViaAWSService", "false", "not through an AWS service"],
  ["Bool", "kms:GrantIsForAWSResource", "true", "with kms:GrantIsForAWSResource equal to true"],
  ["IpAddress", "aws:SourceIp", [NETWORK, "192.0.2.0/24"], `from ${NETWORK} or 192.0.2.0/24`],
  ["NotIpAddress", "aws:SourceIp", NETWORK, `from outside ${NETWORK}`],
  ["NotIpAddress", "aws:SourceIp", [NETWORK, "192.0.2.0/24"], `from outside ${NETWORK} and 192.0.2.0/24`],
  ["IpAddressIfExists", "AWS:SOURCEIP", NETWORK, `from ${NETWORK}, or without AWS:SOURCEIP`],
  ["DateLessThan", "aws:CurrentTime", DAY, "before 1 March 2027"],
  ["DateLessThanEquals", "aws:CurrentTime", DAY, "until 1 March 2027"],
  ["DateGreaterThan", "aws:CurrentTime", DAY, "after 1 March 2027"],
  ["DateGreaterThanEquals", "aws:EpochTime", "1803859200", "from 1 March 2027 on"],
  ["DateNotEquals", "aws:CurrentTime", DAY, "at any time other than 1 March 2027"],
  ["DateGreaterThan", "aws:TokenIssueTime", DAY, "with aws:TokenIssueTime after 1 March 2027"],
  ["NumericLessThan", "aws:MultiFactorAuthAge", "3600", "with aws:MultiFactorAuthAge below 3600"],
  [
    "NumericGreaterThanEqualsIfExists",
    "s3:max-keys",
    10,
    "with s3:max-keys at least 10, or without s3:max-keys",
  ],
  ["NumericNotEquals", "s3:max-keys", "10", "with s3:max-keys other than 10"],
  ["StringEquals", "aws:RequestedRegion", ["eu-west-1", "eu-west-3"], "in region eu-west-1 or eu-west-3"],
  [
    "StringNotEquals",
    "aws:RequestedRegion",
    ["eu-west-1", "eu-west-3"],
    "outside region eu-west-1 and eu-west-3",
  ],
  ["StringEqualsIgnoreCase", "aws:PrincipalOrgID", "o-1", "from organization o-1 (in any letter case)"],
  ["StringNotLike", "s3:prefix", "private/*", "with s3:prefix unlike private/*"],
  ["StringEquals", "ec2:ResourceTag/team", "web", "on resources with tag team equal to web"],
  ["StringLike", "aws:ResourceTag/team", "web-*", "on resources with tag team like web-*"],
  ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::1:role/*", "by arn:aws:iam::1:role/*"],
  ["ArnNotEquals", "aws:SourceArn", "arn:aws:s3:::b", "on behalf of resources other than arn:aws:s3:::b"],
  ["StringEquals", "iam:PassedToService", "ec2.amazonaws.com", "that pass the role to ec2.amazonaws.com"],
  ["BinaryEquals", "app:Key", "QmluYXJ5", "with app:Key equal to QmluYXJ5"],
  ["Null", "aws:ResourceTag/owner", "true", "without aws:ResourceTag/owner"],
  ["Null", "aws:ResourceTag/owner", "false", "with any aws:ResourceTag/owner"],
  ["Null", "aws:ResourceTag/owner", ["true", "false"], "with or without aws:ResourceTag/owner"],
  // A request without the key passes, which is what ForAllValues is known for.
  [
    "ForAllValues:StringLike",
    "aws:TagKeys",
    "cost-*",
    "with every value of aws:TagKeys like cost-*, or without aws:TagKeys",
  ],
  [
    "ForAllValues:StringEquals",
    "aws:PrincipalOrgID",
    "o-1",
    "from organization o-1, or without aws:PrincipalOrgID",
  ],
  ["ForAnyValue:StringEquals", "aws:TagKeys", ["a", "b"], "with a value of aws:TagKeys equal to a or b"],
  [
    "ForAnyValue:StringNotEquals",
    "aws:TagKeys",
    ["a", "b"],
    "with a value of aws:TagKeys other than a and b",
  ],
  [
    "ForAnyValue:StringEqualsIfExists",
    "aws:TagKeys",
    "a",
    "with a value of aws:TagKeys equal to a, or without aws:TagKeys",
  ],
  ["StringEquals", "sts:ExternalId", "${aws:PrincipalAccount}", "with external ID ${aws:PrincipalAccount}"],
])("%s of %s", (operator, key, value, words) => {
  expect(said([operator, key, value])).toBe(words);
});

test("conditions are joined, and the fifth is counted", () => {
  expect(said(["Bool", TLS, "true"], ["NotIpAddress", "aws:SourceIp", NETWORK])).toBe(
    `over TLS and from outside ${NETWORK}`,
  );
  const many = ["a", "b", "c", "d", "e"].map((name) => ["StringEquals", `app:${name}`, "1"] as const);
  expect(said(...many)).toMatch(/equal to 1 and under 1 more condition$/);
  expect(describeConditionsOf([])).toEqual([]);
});

const NEGATABLE = ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"];

test("an operator and its negation never read the same, under any qualifier", () => {
  const value = "arn:aws:iam::1:role/x";
  for (const base of NEGATABLE)
    for (const key of ["aws:PrincipalArn", "app:Key", "aws:TagKeys"])
      for (const qualifier of ["", "ForAllValues:", "ForAnyValue:"])
        for (const suffix of ["", "IfExists"]) {
          const negation = base.replace(/^(?:String|Arn)/, "$&Not");
          const [is, isNot] = [base, negation].map((one) => said([qualifier + one + suffix, key, value]));
          expect(is).not.toBe(isNot);
        }
});

test("an unknown operator is said to be unknown, by name", () => {
  expect(() => said(["StringResembles", "app:Key", "1"])).toThrow(/unknown condition operator/);
  expect(() => said(["StringResembles", "app:Key", "1"])).toThrow(
    expect.objectContaining({ found: expect.stringContaining("StringResembles") }),
  );
});
