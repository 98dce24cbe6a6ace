import { describeRequest } from "../../../../lib/describe/counterexample";
import { compileAccess } from "../../../../lib/iam/evaluate/access";
import { requestKeys } from "../../../../lib/iam/evaluate/request";
import type { PermissionsComparison } from "../../../../lib/iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../../../lib/iam/prove/requests/compare-resource-policies";
import { allow, deny, policyOf, type StatementJson } from "./write";

const OBJECTS = "arn:aws:s3:::acme-website/*";
const INDEX = "arn:aws:s3:::acme-website/index.html";
const GET = `s3:GetObject on ${INDEX}`;
const DEPLOY = "arn:aws:iam::123456789012:role/deploy";
const PREVIEW = "arn:aws:iam::123456789012:role/team/preview";
const IF_ALLOWED = "identity policies of the caller allow it";

type Side = readonly StatementJson[];

function compareStatements(before: Side, after: Side): object {
  const [was, is] = [before, after].map((side) => (side.length === 0 ? undefined : policyOf(...side)));
  return said(compareResourcePolicies(was, is));
}

function said({ relation, gained, lost, reason }: PermissionsComparison): object {
  return {
    relation,
    ...(gained === undefined ? {} : { gained: describeRequest(gained) }),
    ...(lost === undefined ? {} : { lost: describeRequest(lost) }),
    ...(reason === undefined ? {} : { reason }),
  };
}

const readBy = (Principal: unknown, condition?: StatementJson["Condition"]): StatementJson => ({
  ...allow("s3:GetObject", OBJECTS, condition),
  Principal,
});
const aws = (...names: readonly string[]): object => ({ AWS: names });
const denied = (who: object, condition?: StatementJson["Condition"]): StatementJson => ({
  ...deny("s3:*", OBJECTS, condition),
  ...who,
});
const EVERYBODY = { Principal: "*" };

const BROADER: readonly (readonly [name: string, before: Side, after: Side, gained: string])[] = [
  ["a policy for a role", [], [readBy(aws(DEPLOY))], `${GET} by ${DEPLOY}`],
  ["one more role", [readBy(aws(DEPLOY))], [readBy(aws(DEPLOY, PREVIEW))], `${GET} by ${PREVIEW}`],
  ["everyone instead of a role", [readBy(aws(DEPLOY))], [readBy("*")], `${GET} by anyone`],
  [
    "an account instead of one of its roles",
    [readBy(aws(DEPLOY))],
    [readBy(aws("123456789012"))],
    `${GET} by any principal in account 123456789012`,
  ],
  [
    "another account's root",
    [],
    [readBy(aws("arn:aws:iam::210987654321:root"))],
    `${GET} by any principal in account 210987654321`,
  ],
  [
    "a user",
    [],
    [readBy(aws("arn:aws:iam::123456789012:user/bob"))],
    `${GET} by arn:aws:iam::123456789012:user/bob`,
  ],
  [
    "a role instead of one of its sessions",
    [readBy(aws("arn:aws:sts::123456789012:assumed-role/preview/ci"))],
    [readBy(aws(PREVIEW))],
    `${GET} by ${PREVIEW}`,
  ],
  ["a service", [], [readBy({ Service: "cloudfront.amazonaws.com" })], `${GET} by cloudfront.amazonaws.com`],
  ["a canonical user", [], [readBy({ CanonicalUser: "79a59df9" })], `${GET} by the canonical user 79a59df9`],
  [
    "a service for any distribution",
    [
      readBy(
        { Service: "cloudfront.amazonaws.com" },
        { StringEquals: { "AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/E1" } },
      ),
    ],
    [readBy({ Service: "cloudfront.amazonaws.com" })],
    `${GET} by cloudfront.amazonaws.com without AWS:SourceArn`,
  ],
  [
    "everyone outside of an organization",
    [readBy("*", { StringEquals: { "aws:PrincipalOrgID": "o-acme" } })],
    [readBy("*", { StringLike: { "aws:PrincipalOrgID": "o-*" } })],
    `${GET} by anyone with aws:PrincipalOrgID = o-other`,
  ],
  [
    "a Deny with NotPrincipal that lists one more role",
    [
      readBy("*"),
      denied({
        NotPrincipal: aws("123456789012", DEPLOY, "arn:aws:sts::123456789012:assumed-role/deploy/ci"),
      }),
    ],
    [
      readBy("*"),
      denied({
        NotPrincipal: aws(
          "123456789012",
          DEPLOY,
          "arn:aws:sts::123456789012:assumed-role/deploy/ci",
          "arn:aws:iam::123456789012:user/bob",
        ),
      }),
    ],
    `${GET} by arn:aws:iam::123456789012:user/bob (unless permissions boundary of the caller is attached)`,
  ],
  [
    "TLS that is no longer required",
    [denied(EVERYBODY, { Bool: { "aws:SecureTransport": "false" } })],
    [],
    `s3:GetObject on ${INDEX} by anyone with an AWS account (for requests without TLS, if ${IF_ALLOWED})`,
  ],
  [
    "a removed Deny of a principal that only its own policies allow",
    [denied({ Principal: aws(DEPLOY) })],
    [],
    `s3:GetObject on ${INDEX} by ${DEPLOY} (if ${IF_ALLOWED})`,
  ],
];

test.each(BROADER)("%s is broader; in the other direction it is narrower", (_name, before, after, gained) => {
  expect(compareStatements(before, after)).toEqual({ relation: "broader", gained });
  expect(compareStatements(after, before)).toEqual({ relation: "narrower", lost: gained });
});

const SAME: readonly (readonly [name: string, before: Side, after: Side])[] = [
  ["no policy on either side", [], []],
  [
    "the order of statements, a list instead of a value",
    [readBy(aws(DEPLOY)), readBy("*")],
    [readBy({ AWS: "*" }), readBy({ AWS: DEPLOY })],
  ],
  [
    "an account by its ID or by its root ARN",
    [readBy(aws("123456789012"))],
    [readBy(aws("arn:aws:iam::123456789012:root"))],
  ],
  ["a role in addition to its account", [readBy(aws("123456789012"))], [readBy(aws("123456789012", DEPLOY))]],
  [
    "a session in addition to its role",
    [readBy(aws(PREVIEW))],
    [readBy(aws(PREVIEW, "arn:aws:sts::123456789012:assumed-role/preview/ci"))],
  ],
  [
    "a statement split by its principals",
    [readBy(aws(DEPLOY, PREVIEW))],
    [readBy(aws(DEPLOY)), readBy(aws(PREVIEW))],
  ],
  [
    "one principal in addition to everyone",
    [readBy("*")],
    [readBy("*"), readBy({ Service: "cloudfront.amazonaws.com" })],
  ],
];

test.each(SAME)("%s makes no difference", (_name, before, after) => {
  expect(compareStatements(before, after)).toEqual({ relation: "same" });
  expect(compareStatements(after, before)).toEqual({ relation: "same" });
});

test("exchanged principals are broader and narrower", () => {
  expect(compareStatements([readBy(aws(DEPLOY))], [readBy(aws(PREVIEW))])).toEqual({
    relation: "both-ways",
    gained: `${GET} by ${PREVIEW}`,
    lost: `${GET} by ${DEPLOY}`,
  });
});

test("a statement without a principal applies to no principal", () => {
  for (const nobody of [{}, { Principal: {} }, { Principal: { AWS: [] } }]) {
    expect(compareStatements([], [{ ...allow("s3:GetObject", OBJECTS), ...nobody }])).toEqual({
      relation: "same",
    });
  }
});

test("NotPrincipal with Allow is unknown, except for the listed principals", () => {
  const except = (...names: readonly string[]): StatementJson => ({
    ...allow("s3:GetObject", OBJECTS),
    NotPrincipal: aws(...names),
  });
  const reason =
    "it depends on NotPrincipal with Allow, which AWS does not support (Statement[0].NotPrincipal)";
  expect(compareStatements([], [except(DEPLOY)])).toEqual({ relation: "unknown", reason });
  expect(compareStatements([readBy(aws(PREVIEW))], [except(DEPLOY)])).toMatchObject({ relation: "unknown" });
  // What everybody may do in any case does not depend on it.
  expect(compareStatements([readBy("*")], [except(DEPLOY), readBy("*")])).toEqual({ relation: "same" });
});

test("an incomplete ARN is unknown, and so is a statement that names no resource", () => {
  expect(compareStatements([], [{ ...readBy("*"), Resource: "arn:aws:s3" }])).toEqual({
    relation: "unknown",
    reason: 'AWS does not document what the incomplete ARN "arn:aws:s3" matches here (Statement[0].Resource)',
  });
  expect(compareStatements([], [{ Effect: "Allow", Action: "s3:GetObject", Principal: "*" }])).toEqual({
    relation: "unknown",
    reason: "the statement has no Resource (Statement[0])",
  });
});

test("the evaluator allows what a role gains after the change, and not before", () => {
  const [before, after] = [policyOf(readBy(aws(PREVIEW))), policyOf(readBy(aws(PREVIEW, DEPLOY)))];
  const { gained } = compareResourcePolicies(before, after);
  expect(gained?.caller).toBe(DEPLOY);
  const caller = {
    type: "AWS",
    account: "123456789012",
    role: DEPLOY,
    arn: "arn:aws:sts::123456789012:assumed-role/deploy/ci",
  } as const;
  const request = {
    action: gained?.action ?? "",
    resource: gained?.resource ?? "",
    keys: requestKeys([], "absent"),
  };
  const verdicts = [before, after].map(
    (resource) => compileAccess({ identity: [], resource }, caller)(request).verdict,
  );
  expect(verdicts).toEqual(["denied", "allowed"]);
});
