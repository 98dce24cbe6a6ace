import { describeRequest } from "../../../../lib/describe/counterexample";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type PermissionsComparison,
} from "../../../../lib/iam/prove/requests/compare-permissions";
import { allow, deny, managed, readable, type StatementJson } from "./write";

const OBJECTS = "arn:aws:s3:::acme-website/*";
const INDEX = "arn:aws:s3:::acme-website/index.html";
const FROM_VPC = { StringEquals: { "aws:SourceVpc": "vpc-1" } };
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

interface Said {
  readonly relation: PermissionsComparison["relation"];
  readonly gained?: string;
  readonly lost?: string;
  readonly reason?: string;
}

function said({ relation, gained, lost, reason }: PermissionsComparison): Said {
  return {
    relation,
    ...(gained === undefined ? {} : { gained: describeRequest(gained) }),
    ...(lost === undefined ? {} : { lost: describeRequest(lost) }),
    ...(reason === undefined ? {} : { reason }),
  };
}

type Side = readonly StatementJson[];

function compareStatements(before: Side, after: Side): Said {
  const [was, is] = [before, after].map((side) => ({
    identity: side.length === 0 ? [] : [readable(...side)],
  }));
  return said(comparePermissions(was ?? { identity: [] }, is ?? { identity: [] }));
}

function permissions(identity: readonly PermissionSource[], boundary?: PermissionSource): Permissions {
  return { identity, ...(boundary === undefined ? {} : { boundary }) };
}

const notAction = (NotAction: string | readonly string[]): StatementJson => ({
  Effect: "Allow",
  NotAction,
  Resource: "*",
});
const notResource = (NotResource: string): StatementJson => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  NotResource,
});
const read = (condition?: StatementJson["Condition"]): StatementJson =>
  allow("s3:GetObject", OBJECTS, condition);
const vpc = (operator: string, ...values: readonly string[]): StatementJson =>
  read({ [operator]: { "aws:SourceVpc": values } });

/**
 * Each change that lets more through; the other way round it lets less through, by the same
 * request.
 */
const BROADER: readonly (readonly [name: string, before: Side, after: Side, gained: string])[] = [
  ["a first policy", [], [read()], `s3:GetObject on ${INDEX}`],
  ["one more action", [read()], [read(), allow("s3:PutObject", OBJECTS)], `s3:PutObject on ${INDEX}`],
  ["an action with a wildcard", [read()], [allow("s3:Get*", OBJECTS)], `s3:GetObjectVersion on ${INDEX}`],
  [
    "every action",
    [allow("s3:*", "*")],
    [allow("*", "*")],
    "iam:PassRole on arn:aws:iam::123456789012:role/some-role",
  ],
  [
    "a resource with a wildcard",
    [allow("s3:GetObject", INDEX)],
    [read()],
    "s3:GetObject on arn:aws:s3:::acme-website/some/index.html",
  ],
  [
    "another bucket, by a missing slash",
    [read()],
    [allow("s3:GetObject", "arn:aws:s3:::acme-website*")],
    "s3:GetObject on arn:aws:s3:::acme-website-other/index.html",
  ],
  [
    "NotAction with fewer actions",
    [notAction(["iam:*", "s3:*"])],
    [notAction("iam:*")],
    "s3:GetObject on arn:aws:s3:::some-bucket/index.html",
  ],
  [
    "NotResource with fewer resources",
    [notResource("arn:aws:s3:::acme-*")],
    [notResource(OBJECTS)],
    "s3:GetObject on arn:aws:s3:::acme-/index.html",
  ],
  [
    "a removed Deny",
    [allow("s3:*", OBJECTS), deny("s3:DeleteObject", OBJECTS)],
    [allow("s3:*", OBJECTS)],
    `s3:DeleteObject on ${INDEX}`,
  ],
  [
    "a Deny of fewer actions",
    [allow("*", OBJECTS), deny("s3:Delete*", "*")],
    [allow("*", OBJECTS), deny("s3:DeleteObject", "*")],
    `s3:DeleteObjectVersion on ${INDEX}`,
  ],
  [
    "a Deny under a condition",
    [allow("s3:*", OBJECTS), deny("s3:DeleteObject", OBJECTS)],
    [
      allow("s3:*", OBJECTS),
      deny("s3:DeleteObject", OBJECTS, { StringNotEquals: { "aws:SourceVpc": "vpc-1" } }),
    ],
    `s3:DeleteObject on ${INDEX} with aws:SourceVpc = vpc-1`,
  ],
  ["a removed condition", [read(FROM_VPC)], [read()], `s3:GetObject on ${INDEX} without aws:SourceVpc`],
  [
    "one more value",
    [read(FROM_VPC)],
    [vpc("StringEquals", "vpc-1", "vpc-2")],
    `s3:GetObject on ${INDEX} with aws:SourceVpc = vpc-2`,
  ],
  [
    "a pattern instead of a text",
    [vpc("StringEquals", "vpc-*")],
    [vpc("StringLike", "vpc-*")],
    `s3:GetObject on ${INDEX} with aws:SourceVpc = vpc-other`,
  ],
  [
    "IfExists",
    [read(FROM_VPC)],
    [vpc("StringEqualsIfExists", "vpc-1")],
    `s3:GetObject on ${INDEX} without aws:SourceVpc`,
  ],
  [
    "IgnoreCase",
    [vpc("StringEquals", "Vpc-1")],
    [vpc("StringEqualsIgnoreCase", "Vpc-1", "vpc-1")],
    `s3:GetObject on ${INDEX} with aws:SourceVpc = vpc-1`,
  ],
  [
    "a negated operator instead of a positive one",
    [vpc("StringEquals", "vpc-1")],
    [vpc("StringNotEquals", "vpc-2")],
    `s3:GetObject on ${INDEX} without aws:SourceVpc`,
  ],
  [
    "any of the tags instead of all of them",
    [
      read({
        "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] },
        "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] },
      }),
    ],
    [read({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] } })],
    `s3:GetObject on ${INDEX} with aws:TagKeys = a and another-value`,
  ],
  [
    "a key without a value, of which ForAllValues is true",
    [read({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] } })],
    [
      read({ "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] }, Null: { "aws:TagKeys": "false" } }),
      read({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] } }),
    ],
    `s3:GetObject on ${INDEX} with aws:TagKeys = ""`,
  ],
  [
    "a service by its incomplete ARN",
    [allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1")],
    [allow("sqs:SendMessage", "arn:aws:sqs")],
    "sqs:SendMessage on arn:aws:sqs:us-east-1:123456789012:some-name",
  ],
  [
    "an ARN with a wildcard",
    [read({ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:a" } })],
    [read({ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:a*" } })],
    `s3:GetObject on ${INDEX} with aws:SourceArn = arn:aws:sns:other:other:aother`,
  ],
  [
    "TLS that is no longer required",
    [read({ Bool: { "aws:SecureTransport": "true" } })],
    [read()],
    `s3:GetObject on ${INDEX} (for requests without TLS)`,
  ],
  [
    "a removed policy variable",
    [allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*")],
    [allow("s3:GetObject", "arn:aws:s3:::home/*")],
    "s3:GetObject on arn:aws:s3:::home/index.html",
  ],
];

test.each(BROADER)("%s is broader; in the other direction it is narrower", (_name, before, after, gained) => {
  expect(compareStatements(before, after)).toEqual({ relation: "broader", gained });
  expect(compareStatements(after, before)).toEqual({ relation: "narrower", lost: gained });
});

const SAME: readonly (readonly [name: string, before: Side, after: Side])[] = [
  ["an incomplete ARN, completed", [allow("sqs:*", "arn:aws:sqs")], [allow("sqs:*", "arn:aws:sqs:*:*:*")]],
  [
    "an incomplete ARN that ends with a wildcard, completed",
    [allow("sqs:*", "arn:aws:sqs:eu-*")],
    [allow("sqs:*", "arn:aws:sqs:eu-*:*:*")],
  ],
  [
    "everything but an incomplete ARN",
    [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:sqs" }],
    [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:sqs:*:*:*" }],
  ],
  [
    "an empty text under ForAllValues, which passes in any case",
    [read({ "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } })],
    [read({ "ForAllValues:StringEquals": { "aws:TagKeys": ["a", ""] } })],
  ],
  [
    "the order of statements, a list instead of a value, a Sid",
    [read(), deny("s3:*", "*")],
    [deny(["s3:*"], ["*"]), read()],
  ],
  ["the case of actions", [read()], [allow("S3:getobject", OBJECTS)]],
  ["the case of a condition's key", [read(FROM_VPC)], [read({ StringEquals: { "AWS:sourcevpc": "vpc-1" } })]],
  [
    "a statement split by its actions",
    [allow(["s3:GetObject", "s3:PutObject"], OBJECTS)],
    [read(), allow("s3:PutObject", OBJECTS)],
  ],
  [
    "a statement split by its resources",
    [allow("s3:GetObject", [INDEX, "*"])],
    [allow("s3:GetObject", "*"), allow("s3:GetObject", INDEX)],
  ],
  ["a statement covered by another one", [allow("s3:*", "*")], [allow("s3:*", "*"), read(FROM_VPC)]],
  ["a Deny of what no statement allows", [read()], [read(), deny("s3:PutObject", "*")]],
  [
    "an Allow of what is denied",
    [read(), deny("iam:*", "*")],
    [read(), deny("iam:*", "*"), allow("iam:PassRole", "*")],
  ],
  ["StringLike without a wildcard", [vpc("StringEquals", "vpc-1")], [vpc("StringLike", "vpc-1")]],
  [
    "a Deny of everything else",
    [read(FROM_VPC)],
    [read(), deny("*", "*", { StringNotEquals: { "aws:SourceVpc": "vpc-1" } })],
  ],
  [
    "a Deny with NotAction instead of an Allow with Action",
    [allow("*", "*"), { Effect: "Deny", NotAction: "s3:*", Resource: "*" }],
    [allow("s3:*", "*")],
  ],
  [
    "the same variable",
    [allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*"), read()],
    [read(), allow(["s3:GetObject"], "arn:aws:s3:::home/${aws:username}/*"), read(FROM_VPC)],
  ],
  [
    "the same variable in a condition",
    [
      read({ StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } }),
      allow("s3:PutObject", OBJECTS),
    ],
    [
      allow("s3:PutObject", OBJECTS),
      read({
        StringEquals: { "aws:ResourceAccount": ["${aws:PrincipalAccount}"] },
        StringLike: { "aws:SourceVpc": "*" },
      }),
      read({
        StringEquals: { "aws:ResourceAccount": ["${aws:PrincipalAccount}"] },
        Null: { "aws:SourceVpc": "true" },
      }),
    ],
  ],
];

test.each(SAME)("%s makes no difference", (_name, before, after) => {
  expect(compareStatements(before, after)).toEqual({ relation: "same" });
  expect(compareStatements(after, before)).toEqual({ relation: "same" });
});

test("a gain and a loss together are both", () => {
  expect(compareStatements([read()], [allow("s3:PutObject", OBJECTS)])).toEqual({
    relation: "both-ways",
    gained: `s3:PutObject on ${INDEX}`,
    lost: `s3:GetObject on ${INDEX}`,
  });
});

test("a statement with a policy variable is unknown; the result names the variable and its place", () => {
  const home = allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*");
  const text = "arn:aws:s3:::home/${aws:username}/*";
  const reason = `it depends on the policy variable \${aws:username} in "${text}" (Statement[0].Resource)`;
  expect(compareStatements([], [home])).toEqual({ relation: "unknown", reason });
  expect(compareStatements([home], [])).toEqual({ relation: "unknown", reason });
  expect(
    compareStatements([home], [allow("s3:GetObject", "arn:aws:s3:::home/${aws:userid}/*")]).relation,
  ).toBe("unknown");
});

test("a difference without variables is found beside one that depends on a variable", () => {
  const home = allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*");
  const { relation, gained, reason } = compareStatements([], [home, allow("s3:PutObject", OBJECTS)]);
  expect({ relation, gained, reason }).toEqual({
    relation: "broader",
    gained: `s3:PutObject on ${INDEX}`,
    reason: undefined,
  });
});

test("`${` is a variable in a 2012 policy and text in a 2008 policy, and the two are never confused", () => {
  const home = allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}");
  const text: PermissionSource = {
    kind: "policy",
    policy: parsePolicy(JSON.stringify({ Version: "2008-10-17", Statement: home })),
  };
  const gained = "s3:GetObject on arn:aws:s3:::home/${aws:username}";
  for (const before of [[readable(home)], [readable(read()), readable(home)]]) {
    expect(said(comparePermissions(permissions(before), permissions([...before, text])))).toEqual({
      relation: "unknown",
      reason: expect.stringContaining("${aws:username}"),
    });
  }
  expect(said(comparePermissions(permissions([]), permissions([text])))).toEqual({
    relation: "broader",
    gained,
  });
});

test("an action that matches only when case is ignored counts", () => {
  const kelvin = "\u212ams:Decrypt";
  expect(compareStatements([], [allow(kelvin, "*")]).relation).toBe("broader");
  expect(compareStatements([allow("kms:Decrypt", "*")], [allow(kelvin, "*")])).toEqual({ relation: "same" });
});

describe("a permissions boundary", () => {
  const all = readable(allow("*", "*"));
  const reading = readable(allow("s3:Get*", "*"));
  const passRole = "iam:PassRole on arn:aws:iam::123456789012:role/some-role";

  test("when removed is broader, when added is narrower", () => {
    expect(said(comparePermissions(permissions([all], reading), permissions([all])))).toMatchObject({
      relation: "broader",
      gained: "s3:PutObject on arn:aws:s3:::some-bucket/index.html",
    });
    expect(said(comparePermissions(permissions([all]), permissions([all], reading))).relation).toBe(
      "narrower",
    );
  });

  test("that allows more is broader if the role's policies allow it too, and otherwise the same", () => {
    const wider = readable(allow(["s3:Get*", "iam:PassRole"], "*"));
    expect(said(comparePermissions(permissions([all], reading), permissions([all], wider)))).toEqual({
      relation: "broader",
      gained: passRole,
    });
    expect(comparePermissions(permissions([reading], reading), permissions([reading], wider))).toEqual({
      relation: "same",
    });
  });

  test("with a Deny denies like any other policy", () => {
    const without = readable(allow("*", "*"), deny("iam:PassRole", "*"));
    expect(said(comparePermissions(permissions([all], without), permissions([all], all)))).toEqual({
      relation: "broader",
      gained: passRole,
    });
  });

  test("allows nothing by itself", () => {
    expect(comparePermissions(permissions([]), permissions([], all))).toEqual({ relation: "same" });
  });
});

describe("a policy with unknown contents", () => {
  const opaque = managed("ReadOnlyAccess");

  test("that becomes attached may allow more", () => {
    expect(said(comparePermissions(permissions([]), permissions([opaque])))).toMatchObject({
      relation: "broader",
      gained: `s3:GetObject on arn:aws:s3:::some-bucket/index.html (if ${READ_ONLY} allows it, and unless ${READ_ONLY} denies it)`,
    });
    expect(comparePermissions(permissions([opaque]), permissions([])).relation).toBe("narrower");
  });

  test("may deny what another policy allows", () => {
    const reading = readable(read());
    const { relation, lost } = said(
      comparePermissions(permissions([reading]), permissions([reading, opaque])),
    );
    expect(relation).toBe("both-ways");
    expect(lost).toBe(`s3:GetObject on ${INDEX} (if ${READ_ONLY} denies it)`);
  });

  test("is the same on both sides, and another unknown policy is not", () => {
    const reading = readable(read());
    expect(
      comparePermissions(permissions([opaque, reading]), permissions([reading, opaque, reading])),
    ).toEqual({ relation: "same" });
    const both = comparePermissions(
      permissions([opaque, reading]),
      permissions([opaque, readable(allow("s3:Get*", OBJECTS))]),
    );
    expect(said(both)).toEqual({
      relation: "broader",
      gained: `s3:GetObjectVersion on ${INDEX} (unless ${READ_ONLY} allows it, and unless ${READ_ONLY} denies it)`,
    });
    expect(comparePermissions(permissions([opaque]), permissions([managed("SecurityAudit")])).relation).toBe(
      "both-ways",
    );
  });

  test("can be a boundary as well as a policy", () => {
    const all = readable(allow("*", "*"));
    expect(comparePermissions(permissions([all], opaque), permissions([all])).relation).toBe("broader");
    expect(comparePermissions(permissions([all]), permissions([all], opaque)).relation).toBe("narrower");
  });
});

describe("elements that an identity-based policy cannot have are unknown", () => {
  const strange: readonly (readonly [string, StatementJson, string])[] = [
    [
      "a principal",
      { ...read(), Principal: "*" },
      "a policy of a role must not name a principal (Statement[0].Principal)",
    ],
    [
      "no resource",
      { Effect: "Allow", Action: "s3:GetObject" },
      "the statement has no Resource (Statement[0])",
    ],
  ];
  test.each(strange)("%s", (_name, statement, reason) => {
    expect(compareStatements([], [statement])).toEqual({ relation: "unknown", reason });
    expect(compareStatements([statement], [statement])).toEqual({ relation: "same" });
  });
});

test("a search that exceeds its budget reports that and never `same`", () => {
  const [before, after] = [
    permissions([readable(read())]),
    permissions([readable(allow("s3:Get*", OBJECTS))]),
  ];
  expect(comparePermissions(before, after, { steps: 10 })).toEqual({
    relation: "unknown",
    reason: "the proof needs more than 10 steps",
  });
});
