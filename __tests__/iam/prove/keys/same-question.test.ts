import { sayingOf } from "../../../../lib/describe/counterexample";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { comparePermissions } from "../../../../lib/iam/prove/requests/compare-permissions";
import { compare } from "../../../../lib/iam/prove/tokens/compare";
import { allow, type ConditionJson, deny, readable } from "../requests/write";

const HOST = "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";

function trust(condition: ConditionJson) {
  const Statement = {
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${HOST}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  };
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}

/**
 * What both comparisons say of two conditions: as those of a trust policy, and of a role's
 * permissions.
 */
function compareConditions(before: ConditionJson, after: ConditionJson): readonly string[] {
  const [was, is] = [before, after].map((one) => ({
    identity: [readable(allow("s3:GetObject", "*", one))],
  }));
  if (was === undefined || is === undefined) throw new Error("two conditions");
  return [compare(trust(before), trust(after)).relation, comparePermissions(was, is).relation];
}

const VPC = "aws:SourceVpc";
const TAGS = "aws:TagKeys";
const IP = "aws:SourceIp";
const TIME = "aws:CurrentTime";
const EPOCH = "aws:EpochTime";
const MAX = "sts:DurationSeconds";
const TLS = "aws:SecureTransport";
const NEVER = { Null: { [VPC]: ["true"] }, StringEquals: { [VPC]: "a" } };

const SAME: readonly (readonly [name: string, one: ConditionJson, other: ConditionJson])[] = [
  ["StringLike without a wildcard", { StringEquals: { [VPC]: "vpc-1" } }, { StringLike: { [VPC]: "vpc-1" } }],
  [
    "ForAllValues in another order",
    { "ForAllValues:StringEquals": { [TAGS]: ["a", "b"] } },
    { "ForAllValues:StringEquals": { [TAGS]: ["b", "a"] } },
  ],
  [
    "ForAllValues with a duplicate value",
    { "ForAllValues:StringEquals": { [TAGS]: ["a", "a"] } },
    { "ForAllValues:StringEquals": { [TAGS]: ["a"] } },
  ],
  [
    "ForAnyValue of a key with one value",
    { StringEquals: { [VPC]: "vpc-1" } },
    { "ForAnyValue:StringEquals": { [VPC]: "vpc-1" } },
  ],
  [
    "a network by any of its addresses",
    { IpAddress: { [IP]: "10.0.0.0/8" } },
    { IpAddress: { [IP]: "10.1.2.3/8" } },
  ],
  [
    "a network in two halves",
    { IpAddress: { [IP]: "10.0.0.0/8" } },
    { IpAddress: { [IP]: ["10.128.0.0/9", "10.0.0.0/9"] } },
  ],
  [
    "a network within another",
    { IpAddress: { [IP]: ["10.0.0.0/8", "10.1.0.0/16"] } },
    { IpAddress: { [IP]: "10.0.0.0/8" } },
  ],
  [
    "an IPv6 network in two notations",
    { IpAddress: { [IP]: "2001:db8::/32" } },
    { IpAddress: { [IP]: "2001:0DB8:0::/32" } },
  ],
  [
    "a number with a fraction of zero",
    { NumericLessThan: { [MAX]: "10" } },
    { NumericLessThan: { [MAX]: "10.0" } },
  ],
  [
    "a number of a service's key",
    { NumericLessThan: { "s3:max-keys": "10" } },
    { NumericLessThan: { "s3:max-keys": "10.0" } },
  ],
  ["a number with leading zeros", { NumericEquals: { [MAX]: "10" } }, { NumericEquals: { [MAX]: "+010" } }],
  [
    "the higher of two bounds",
    { NumericLessThan: { [MAX]: ["5", "10"] } },
    { NumericLessThan: { [MAX]: "10" } },
  ],
  [
    "at most and at least one number",
    { NumericLessThanEquals: { [MAX]: "10" }, NumericGreaterThanEquals: { [MAX]: "10" } },
    { NumericEquals: { [MAX]: "10" } },
  ],
  [
    "a time in another time zone",
    { DateLessThan: { [TIME]: "2026-01-01T00:00:00Z" } },
    { DateLessThan: { [TIME]: "2026-01-01T01:00:00+01:00" } },
  ],
  [
    "a time in seconds",
    { DateLessThan: { [TIME]: "2026-01-01T00:00:00Z" } },
    { DateLessThan: { [TIME]: "1767225600" } },
  ],
  [
    "a time as a date",
    { DateLessThan: { [TIME]: "2026-01-01T00:00:00Z" } },
    { DateLessThan: { [TIME]: "2026-01-01" } },
  ],
  [
    "a time under both clock keys",
    { DateLessThan: { [TIME]: "2026-01-01" }, DateGreaterThan: { [EPOCH]: "2026-01-01" } },
    NEVER,
  ],
  [
    "aws:EpochTime under a Numeric operator",
    { DateLessThan: { [EPOCH]: "2026-01-01" } },
    { NumericLessThan: { [EPOCH]: "1767225600" } },
  ],
  ["true under every string operator", { Bool: { [TLS]: "true" } }, { StringEquals: { [TLS]: "true" } }],
  [
    "an address in two disjoint networks",
    { IpAddress: { [IP]: "10.0.0.0/8" }, NotIpAddress: { [IP]: "10.0.0.0/7" } },
    NEVER,
  ],
  [
    "a time before and after",
    { DateLessThan: { [TIME]: "2026-01-01" }, DateGreaterThan: { [TIME]: "2027-01-01" } },
    NEVER,
  ],
  [
    "a number below and above",
    { NumericLessThan: { [MAX]: "5" }, NumericGreaterThan: { [MAX]: "5" } },
    NEVER,
  ],
  [
    "an ARN with stars for all of a part",
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:a" } },
    { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:*:a" } },
  ],
  [
    "an empty list under ForAllValues",
    { "ForAllValues:StringEquals": { [TAGS]: ["a", ""] } },
    { "ForAllValues:StringEquals": { [TAGS]: ["a"] } },
  ],
  [
    "bytes",
    { BinaryEquals: { "sts:Bytes": "QUI=" } },
    { "ForAnyValue:BinaryEquals": { "sts:Bytes": ["QUI=", "QUI="] } },
  ],
];

test.each(SAME)("%s is equivalent", (_name, one, other) => {
  expect(compareConditions(one, other)).toEqual(["same", "same"]);
  expect(compareConditions(other, one)).toEqual(["same", "same"]);
});

const NARROWER: readonly (readonly [name: string, before: ConditionJson, after: ConditionJson])[] = [
  ["a part of a network", { IpAddress: { [IP]: "10.0.0.0/8" } }, { IpAddress: { [IP]: "10.1.0.0/16" } }],
  ["all of IPv4, without IPv6", { Null: { [IP]: "false" } }, { IpAddress: { [IP]: "0.0.0.0/0" } }],
  [
    "everything but a larger network",
    { NotIpAddress: { [IP]: "10.1.0.0/16" } },
    { NotIpAddress: { [IP]: "10.0.0.0/8" } },
  ],
  ["a lower bound", { NumericLessThan: { [MAX]: "10" } }, { NumericLessThan: { [MAX]: "9.999" } }],
  [
    "a bound that excludes its number",
    { NumericLessThanEquals: { [MAX]: "10" } },
    { NumericLessThan: { [MAX]: "10" } },
  ],
  [
    "a bound between two whole numbers",
    { NumericLessThan: { [MAX]: "10" } },
    { NumericLessThanEquals: { [MAX]: "9" } },
  ],
  [
    "an earlier end",
    { DateLessThan: { [TIME]: "2027-01-01" } },
    { DateLessThan: { [TIME]: "2026-12-31T23:59:59Z" } },
  ],
  [
    "an additional end under aws:EpochTime",
    { DateLessThan: { [TIME]: "2027-01-01" } },
    { DateLessThan: { [TIME]: "2027-01-01", [EPOCH]: "1767225600" } },
  ],
  ["a required key", { BoolIfExists: { [TLS]: "true" } }, { Bool: { [TLS]: "true" } }],
  [
    "a required key that may not be empty",
    { NumericNotEquals: { [MAX]: "5" } },
    { NumericNotEquals: { [MAX]: "5" }, Null: { [MAX]: "false" } },
  ],
  [
    "an ARN instead of a pattern",
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:a*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:a" } },
  ],
  [
    "a bound for all values",
    { "ForAnyValue:NumericLessThan": { "sts:Sizes": "5" } },
    {
      "ForAnyValue:NumericLessThan": { "sts:Sizes": "5" },
      "ForAllValues:NumericLessThan": { "sts:Sizes": "5" },
    },
  ],
];

test.each(NARROWER)("%s is narrower, and in the other direction broader", (_name, before, after) => {
  expect(compareConditions(before, after)).toEqual(["narrower", "narrower"]);
  expect(compareConditions(after, before)).toEqual(["broader", "broader"]);
});

const UNKNOWN: readonly (readonly [name: string, before: ConditionJson, after: ConditionJson])[] = [
  [
    "a tag that may not be a number",
    { Null: { "aws:PrincipalTag/level": "false" }, NumericLessThan: { "aws:PrincipalTag/level": "5" } },
    {
      Null: { "aws:PrincipalTag/level": "false" },
      NumericLessThanIfExists: { "aws:PrincipalTag/level": "5" },
      NumericNotEquals: { "aws:PrincipalTag/level": "7" },
    },
  ],
  [
    "an address under a string operator",
    { IpAddress: { [IP]: "10.0.0.0/8" } },
    { IpAddress: { [IP]: "10.0.0.0/8" }, StringLike: { [IP]: "10.*" } },
  ],
  [
    "a number under a date operator",
    { NumericLessThan: { [MAX]: "5" } },
    { NumericLessThan: { [MAX]: "5" }, DateLessThan: { [MAX]: "2026" } },
  ],
  [
    "a part of an ARN",
    { ArnLike: { "aws:SourceArn": "arn:aws:sns" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:sqs" } },
  ],
];

test.each(UNKNOWN)("%s is unknown, and never the same", (_name, before, after) => {
  expect(compareConditions(before, after)).toEqual(["unknown", "unknown"]);
});

describe("a Deny without TLS, and an Allow over TLS", () => {
  const whole = [allow("s3:*", "*"), deny("*", "*", { Bool: { [TLS]: "false" } })];
  const narrow = [allow("s3:*", "*", { BoolIfExists: { [TLS]: "true" } })];
  const site = allow("s3:GetObject", "arn:aws:s3:::acme-website/*");

  test("are the same, because every request is either over TLS or not", () => {
    expect(
      comparePermissions({ identity: [readable(...whole)] }, { identity: [readable(...narrow)] }),
    ).toEqual({
      relation: "same",
    });
  });

  test("differ by what another policy allows, which only the Deny restricted to TLS", () => {
    const { relation, gained, lost } = comparePermissions(
      { identity: [readable(...whole), readable(site)] },
      { identity: [readable(...narrow), readable(site)] },
    );
    expect({ relation, facts: gained?.facts.map(sayingOf), lost }).toEqual({
      relation: "broader",
      facts: ["without TLS"],
      lost: undefined,
    });
  });
});

test("an allowed token is found among undetermined ones", () => {
  const undecided = trust({ IpAddress: { [IP]: "10.0.0.0/8" }, StringLike: { [IP]: "10.*" } });
  const certain = trust({
    StringEquals: { [`${HOST}:sub`]: `org/${HOST.slice(-36)}/file-streaming/audit-logs` },
  });
  const nobody = trust({ StringEquals: { [`${HOST}:sub`]: "nobody" } });
  const both = { ...certain, statements: [...certain.statements, ...undecided.statements] };
  expect(compare(nobody, both)).toMatchObject({
    relation: "broader",
    gained: { claims: { sub: expect.stringContaining("audit-logs") }, facts: [] },
  });
  expect(compare(nobody, undecided).relation).toBe("unknown");
});
