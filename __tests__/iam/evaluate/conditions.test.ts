import { decideCondition } from "./decide-on";

type Row = readonly [
  operator: string,
  wanted: unknown,
  found: string | readonly string[],
  verdict: "allowed" | "denied" | "unknown",
];

const ARN = "arn:aws:iam::123456789012:role/a";

describe.each<readonly [family: string, rows: readonly Row[]]>([
  [
    "text",
    [
      ["StringEquals", "a", "a", "allowed"],
      ["StringEquals", "a", "A", "denied"],
      ["StringEquals", "a*", "ab", "denied"],
      ["StringEquals", "a*", "a*", "allowed"],
      ["StringEquals", ["a", "b"], "b", "allowed"],
      ["StringEquals", ["a", "b"], "c", "denied"],
      ["StringNotEquals", ["a", "b"], "c", "allowed"],
      ["StringNotEquals", ["a", "b"], "b", "denied"],
      ["StringEqualsIgnoreCase", "Straße", "sTRAßE", "allowed"],
      ["StringEqualsIgnoreCase", "a", "b", "denied"],
      ["StringNotEqualsIgnoreCase", "a", "A", "denied"],
      ["StringNotEqualsIgnoreCase", "a", "b", "allowed"],
      ["StringLike", "a*c?", "a/b:cd", "allowed"],
      ["StringLike", "a*c?", "a/b:c", "denied"],
      ["StringLike", "?", "🚀", "allowed"],
      ["StringLike", "??", "🚀", "denied"],
      ["StringLike", "${*}${?}", "*?", "allowed"],
      ["StringLike", "${*}${?}", "ab", "denied"],
      ["StringLike", "A*", "ab", "denied"],
      ["StringNotLike", "a*", "b", "allowed"],
      ["StringNotLike", "a*", "ab", "denied"],
    ],
  ],
  [
    "numbers",
    [
      ["NumericEquals", 10, "10.0", "allowed"],
      ["NumericEquals", 10, "10.01", "denied"],
      ["NumericNotEquals", "10", "11", "allowed"],
      ["NumericNotEquals", "10", "10", "denied"],
      ["NumericLessThan", "10", "9", "allowed"],
      ["NumericLessThan", "10", "10", "denied"],
      ["NumericLessThanEquals", "10", "10", "allowed"],
      ["NumericLessThanEquals", "10", "10.1", "denied"],
      ["NumericGreaterThan", "-1", "0", "allowed"],
      ["NumericGreaterThan", "-1", "-1", "denied"],
      ["NumericGreaterThanEquals", "9", "10", "allowed"],
      ["NumericGreaterThanEquals", "9", "8", "denied"],
      ["NumericEquals", "10", "ten", "unknown"],
      ["NumericNotEquals", "10", "ten", "unknown"],
    ],
  ],
  [
    "dates",
    [
      ["DateLessThan", "2026-07-01T00:00:00Z", "2026-06-30T23:59:59Z", "allowed"],
      ["DateLessThan", "2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z", "denied"],
      ["DateLessThanEquals", "2026-07-01T00:00:00Z", "2026-07-01T02:00:00+02:00", "allowed"],
      ["DateGreaterThan", "2026-07-01", "2026-07-01T00:00:01Z", "allowed"],
      ["DateGreaterThan", "2026-07-01", "2026-07-01T00:00:00Z", "denied"],
      ["DateGreaterThanEquals", 1767225600, "2026-01-01T00:00:00Z", "allowed"],
      ["DateEquals", "2026-01-01", "1767225600", "allowed"],
      ["DateEquals", "2026-01-01", "1767225601", "denied"],
      ["DateNotEquals", "2026-01-01", "1767225601", "allowed"],
      ["DateNotEquals", "2026-01-01", "today", "unknown"],
    ],
  ],
  [
    "booleans and bytes",
    [
      ["Bool", true, "true", "allowed"],
      ["Bool", "true", "false", "denied"],
      ["Bool", "false", "False", "allowed"],
      ["Bool", "false", "0", "unknown"],
      ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", "allowed"],
      ["BinaryEquals", "QmluYXJ5", "qmluyxj5", "denied"],
    ],
  ],
  [
    "addresses",
    [
      ["IpAddress", "203.0.113.0/24", "203.0.113.9", "allowed"],
      ["IpAddress", "203.0.113.0/24", "203.0.114.9", "denied"],
      ["IpAddress", ["10.0.0.0/8", "2001:db8::/32"], "2001:db8::1", "allowed"],
      ["IpAddress", "2001:db8::/32", "203.0.113.9", "denied"],
      ["NotIpAddress", "203.0.113.0/24", "203.0.114.9", "allowed"],
      ["NotIpAddress", "203.0.113.0/24", "203.0.113.9", "denied"],
      ["NotIpAddress", "203.0.113.0/24", "not an address", "unknown"],
    ],
  ],
  [
    "ARNs",
    [
      ["ArnEquals", "arn:aws:iam::*:role/*", ARN, "allowed"],
      ["ArnLike", "arn:aws:iam::123456789012:role/?", ARN, "allowed"],
      ["ArnLike", "arn:aws:iam::123456789012:role/?", `${ARN}b`, "denied"],
      ["ArnLike", "arn:aws:*:role/a:b:c", ARN, "denied"],
      ["ArnLike", "arn:aws:iam:*:role/a", ARN, "unknown"],
      ["ArnLike", "arn:aws:sns:*:*:a*", "arn:aws:sns:eu-west-1:123456789012:a:b", "allowed"],
      ["ArnNotEquals", ARN, `${ARN}b`, "allowed"],
      ["ArnNotLike", "arn:aws:iam::*:role/*", ARN, "denied"],
      ["ArnLike", "*", ARN, "allowed"],
      ["ArnLike", "*", "no ARN", "unknown"],
    ],
  ],
  [
    "several values",
    [
      ["ForAnyValue:StringEquals", "a", ["b", "a"], "allowed"],
      ["ForAnyValue:StringEquals", "a", ["b", "c"], "denied"],
      ["ForAllValues:StringEquals", ["a", "b"], ["b", "a"], "allowed"],
      ["ForAllValues:StringEquals", ["a", "b"], ["b", "c"], "denied"],
      ["ForAnyValue:StringNotEquals", "a", ["a", "b"], "allowed"],
      ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "b"], "denied"],
      ["ForAllValues:StringNotEquals", "a", ["b", "c"], "allowed"],
      ["ForAllValues:StringNotEquals", "a", ["b", "a"], "denied"],
      ["ForAllValues:StringLike", "a*", [], "allowed"],
      ["ForAllValues:StringLike", "a*", "", "allowed"],
      ["ForAllValues:StringEquals", "a", [""], "allowed"],
      ["ForAllValues:StringEquals", "a", ["", ""], "allowed"],
      ["ForAllValues:StringNotEquals", "", [""], "allowed"],
      ["ForAllValues:NumericLessThan", "3", "", "allowed"],
      ["ForAllValues:StringEquals", "a", ["", "b"], "denied"],
      ["ForAllValues:StringEquals", "a", ["", "a"], "unknown"],
      ["ForAllValues:StringEquals", ["a", ""], ["", "a"], "allowed"],
      ["ForAnyValue:StringEquals", "a", "", "denied"],
      ["ForAnyValue:StringLike", "a*", [], "denied"],
    ],
  ],
])("%s", (_, rows) => {
  test.each(rows)("%s %j, found %j: %s", (operator, wanted, found, verdict) => {
    expect(decideCondition(operator, wanted, found).verdict).toBe(verdict);
  });
});

describe("a missing key", () => {
  const values: readonly (readonly [base: string, negated: string | undefined, wanted: string])[] = [
    ["StringEquals", "StringNotEquals", "a"],
    ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "a"],
    ["StringLike", "StringNotLike", "a"],
    ["NumericEquals", "NumericNotEquals", "1"],
    ["NumericLessThan", undefined, "1"],
    ["NumericLessThanEquals", undefined, "1"],
    ["NumericGreaterThan", undefined, "1"],
    ["NumericGreaterThanEquals", undefined, "1"],
    ["DateEquals", "DateNotEquals", "2026"],
    ["DateLessThan", undefined, "2026"],
    ["DateLessThanEquals", undefined, "2026"],
    ["DateGreaterThan", undefined, "2026"],
    ["DateGreaterThanEquals", undefined, "2026"],
    ["Bool", undefined, "true"],
    ["BinaryEquals", undefined, "QQ=="],
    ["IpAddress", "NotIpAddress", "10.0.0.0/8"],
    ["ArnEquals", "ArnNotEquals", ARN],
    ["ArnLike", "ArnNotLike", ARN],
  ];

  test.each(values)("%s fails; with IfExists, and as %s, it passes", (base, negated, wanted) => {
    const verdictOf = (operator: string): string => decideCondition(operator, wanted, "absent").verdict;
    expect(verdictOf(base)).toBe("denied");
    expect(verdictOf(`${base}IfExists`)).toBe("allowed");
    expect(verdictOf(`ForAllValues:${base}`)).toBe("allowed");
    expect(verdictOf(`ForAnyValue:${base}`)).toBe("denied");
    if (negated === undefined) return;
    expect(verdictOf(negated)).toBe("allowed");
    expect(verdictOf(`ForAnyValue:${negated}`)).toBe("denied");
  });

  test.each(values)("%s on an open key is unknown, and names the key", (base, _, wanted) => {
    for (const operator of [base, `${base}IfExists`, `ForAllValues:${base}`, `ForAnyValue:${base}`]) {
      const decision = decideCondition(operator, wanted, "open");
      expect([decision.verdict, decision.dependsOn]).toEqual(["unknown", ["aws:Key"]]);
    }
  });

  test("Null tests for it", () => {
    expect(decideCondition("Null", "true", "absent").verdict).toBe("allowed");
    expect(decideCondition("Null", "true", "a").verdict).toBe("denied");
    expect(decideCondition("Null", false, "absent").verdict).toBe("denied");
    expect(decideCondition("Null", false, "a").verdict).toBe("allowed");
    expect(decideCondition("Null", "false", "open").verdict).toBe("unknown");
    expect(decideCondition("Null", ["true", "false"], "open").verdict).toBe("allowed");
  });
});

describe("policy variables", () => {
  test("are replaced by the request's value, whose characters are never wildcards", () => {
    expect(
      decideCondition("StringLike", "${aws:username}/*", "ann/x", { "aws:username": "ann" }).verdict,
    ).toBe("allowed");
    expect(
      decideCondition("StringLike", "${aws:username}/*", "bob/x", { "aws:username": "ann" }).verdict,
    ).toBe("denied");
    expect(decideCondition("StringLike", "${aws:username}/*", "bob/x", { "aws:username": "*" }).verdict).toBe(
      "denied",
    );
  });

  test("use their default if the key is missing, and match nothing without a default", () => {
    expect(decideCondition("StringEquals", "${aws:username, 'x'}", "x").verdict).toBe("allowed");
    expect(decideCondition("StringEquals", "${aws:username, 'x'}", "y").verdict).toBe("denied");
    expect(decideCondition("StringEquals", "${aws:username}", "").verdict).toBe("denied");
    expect(decideCondition("StringNotEquals", "${aws:username}", "x").verdict).toBe("allowed");
  });
});
