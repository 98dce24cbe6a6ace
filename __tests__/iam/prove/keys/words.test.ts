import { describeValues } from "../../../../lib/describe/condition-keys";
import { describeFact, describeFacts } from "../../../../lib/describe/counterexample";
import { plainText } from "../../../../lib/describe/phrase";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { comparePermissions } from "../../../../lib/iam/prove/requests/compare-permissions";
import { compare } from "../../../../lib/iam/prove/tokens/compare";
import { allow, type ConditionJson, deny, readable, type StatementJson } from "../requests/write";

const PROVIDER =
  "arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";

const where = (condition?: ConditionJson): StatementJson => allow("s3:GetObject", "*", condition);
const unless = (condition: ConditionJson): StatementJson => deny("*", "*", condition);

function trustOf(statements: readonly StatementJson[]) {
  const Statement = statements.map(({ Effect, Condition }) => ({
    Effect,
    Principal: { Federated: PROVIDER },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(Condition === undefined ? {} : { Condition }),
  }));
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}

/** What a difference needs of open keys, in a trust policy and in permissions. */
function gained(before: readonly StatementJson[], after: readonly StatementJson[]): readonly string[] {
  const trust = compare(trustOf(before), trustOf(after)).gained;
  const request = comparePermissions(
    { identity: [readable(...before)] },
    { identity: [readable(...after)] },
  ).gained;
  return [trust, request].map((counterexample) =>
    counterexample === undefined ? "nothing" : describeFacts(counterexample.facts),
  );
}

const ip = (...SourceIp: readonly string[]) => ({ IpAddress: { "aws:SourceIp": SourceIp } });
const before = (moment: string) => ({ DateLessThan: { "aws:CurrentTime": moment } });
const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

const SAID: readonly (readonly [
  words: string,
  before: readonly StatementJson[],
  after: readonly StatementJson[],
])[] = [
  [
    "for requests from outside 10.0.0.0/8, such as aws:SourceIp = 203.0.113.7",
    [where(ip("10.0.0.0/8"))],
    [where()],
  ],
  [
    "for requests from outside 10.0.0.0/8 and 203.0.113.0/24, such as aws:SourceIp = 198.51.100.7",
    [where(ip("10.0.0.0/8", "203.0.113.0/24"))],
    [where()],
  ],
  [
    "for requests from 10.0.0.0/8 but outside 10.1.0.0/16, such as aws:SourceIp = 10.0.0.1",
    [where(ip("10.1.0.0/16"))],
    [where(ip("10.0.0.0/8"))],
  ],
  [
    "for requests from any IPv6 address, such as aws:SourceIp = 2001:db8::7",
    [where(ip("0.0.0.0/0"))],
    [where()],
  ],
  [
    "for requests from 2001:db8::/32, such as aws:SourceIp = 2001:db8::7",
    [where(ip("10.0.0.0/8"))],
    [where(ip("10.0.0.0/8", "10.3.0.0/16", "2001:db8::/32"))],
  ],
  [
    "for requests from 1 January 2026 on and before 2027-01-01T12:00:00Z, such as aws:CurrentTime = 2026-07-02T00:00:00Z",
    [where(before("2026-01-01"))],
    [where(before("2027-01-01T13:00:00+01:00"))],
  ],
  [
    "for requests before 1 January 2026, such as aws:CurrentTime = 2025-12-31T00:00:00Z",
    [where(), unless(before("2026-01-01"))],
    [where()],
  ],
  [
    "for requests at 1 January 2026 exactly, such as aws:EpochTime = 1767225600",
    [where({ DateLessThan: { "aws:EpochTime": "2026-01-01" } })],
    [where({ DateLessThanEquals: { "aws:EpochTime": "2026-01-01" } })],
  ],
  ["for requests without MFA", [where(mfa)], [where()]],
  [
    "for requests with MFA",
    [where(mfa), unless({ Null: { "aws:MultiFactorAuthPresent": "false" } })],
    [where(mfa)],
  ],
  ["for requests without TLS", [where({ Bool: { "aws:SecureTransport": "true" } })], [where()]],
  [
    "for requests without MFA and over TLS",
    [where(mfa)],
    [where(mfa), where({ Bool: { "aws:SecureTransport": "true" } })],
  ],
  [
    "for requests with aws:MultiFactorAuthAge >= 3600 and < 7200, such as aws:MultiFactorAuthAge = 3601",
    [where({ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } })],
    [where({ NumericLessThan: { "aws:MultiFactorAuthAge": "7200" } })],
  ],
  [
    "for requests without aws:MultiFactorAuthAge",
    [where({ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } })],
    [where()],
  ],
  [
    "for requests with aws:TokenIssueTime before 1 January 2026, such as aws:TokenIssueTime = 2025-12-31T00:00:00Z",
    [where({ DateGreaterThanEquals: { "aws:TokenIssueTime": "2026-01-01" } })],
    [where({ Null: { "aws:TokenIssueTime": "false" } })],
  ],
  [
    "for requests from 11.0.0.0/8 and before 1 January 2026 and with MFA, such as aws:SourceIp = 11.0.0.1 and aws:CurrentTime = 2025-12-31T00:00:00Z",
    [where({ ...ip("10.0.0.0/8"), ...before("2026-01-01"), ...mfa })],
    [where({ ...ip("11.0.0.0/8"), ...before("2026-01-01"), ...mfa })],
  ],
];

test.each(SAID)("%s", (words, was, is) => {
  const [trust = "", request = ""] = gained(was, is);
  // Trust policies and permissions differ in which of the keys they settle first, and in no word.
  expect([trust, request]).toEqual([words, words]);
});

test("for texts, trust policies show the condition, and requests show the value", () => {
  const vpc = (operator: string, ...texts: readonly string[]) =>
    where({ [operator]: { "aws:SourceVpc": texts } });
  expect(gained([vpc("StringEquals", "vpc-1", "vpc-2")], [vpc("StringLike", "vpc-*")])).toEqual([
    "for requests with aws:SourceVpc like vpc-* and other than vpc-1 or vpc-2, such as aws:SourceVpc = vpc-other",
    "",
  ]);
  expect(gained([vpc("StringEquals", "vpc-1")], [vpc("StringEquals", "vpc-1", "vpc-2")])[0]).toBe(
    "for requests from VPC vpc-2",
  );
});

test("claims of a token, and organizations of any id, are said in words; another key is named", () => {
  const like = (key: string, text: string) => where({ StringLike: { [key]: text } });
  const said = (key: string, text: string) => gained([deny("*", "*")], [like(key, text)])[0];
  const claim = (name: string) =>
    plainText(describeValues(`token.actions.githubusercontent.com:${name}`, ["a"]));
  expect(["sub", "aud", "actor"].map(claim)).toEqual([
    "with subject equal to a",
    "with audience equal to a",
    "with claim actor equal to a",
  ]);
  expect(said("aws:PrincipalOrgID", "o-*")).toMatch(/^for requests from any AWS organization, such as/);
  expect(said("aws:PrincipalOrgID", "o-1*")).toMatch(/^for requests from organization o-1\*, such as/);
  expect(plainText(describeValues("acme:Ticket", ["T-1"]))).toBe("with acme:Ticket equal to T-1");
});

test("each fact has example values", () => {
  const { gained: counterexample } = compare(
    trustOf([where({ ...ip("10.0.0.0/8"), ...mfa })]),
    trustOf([where(ip("10.0.0.0/8"))]),
  );
  expect((counterexample?.facts ?? []).map(describeFact)).toEqual([
    "from 10.0.0.0/8 (aws:SourceIp = 10.0.0.1)",
    "without MFA",
  ]);
});

test("a request that is denied everywhere and allowed nowhere requires no key", () => {
  expect(
    gained([where(ip("10.0.0.0/8"))], [where(ip("10.0.0.0/8")), unless(ip("0.0.0.0/0", "::/0"))]),
  ).toEqual(["nothing", "nothing"]);
});
