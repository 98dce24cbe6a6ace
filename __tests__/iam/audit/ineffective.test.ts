import { auditTrustPolicy, reachOf } from "../../../lib/iam/audit/audit-trust-policy";
import type { AuditContext } from "../../../lib/iam/audit/core/context";
import type { Finding } from "../../../lib/iam/audit/core/finding";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { findAllowed } from "../../../lib/iam/prove/tokens/find-allowed";
import {
  ACCOUNT,
  AUD,
  asking,
  deny,
  documentOf,
  exact,
  HOST,
  JOB,
  type Json,
  MAIN,
  MISTAKES,
  ORG,
  OTHER,
  PROVIDER,
  SUB,
  statement,
  withKeys,
} from "./mistakes";

function audit(statements: readonly Json[], context?: AuditContext): readonly Finding[] {
  return auditTrustPolicy(parsePolicy(JSON.stringify(documentOf(...statements))), context);
}

const read = (statements: readonly Json[]) => parsePolicy(JSON.stringify(documentOf(...statements)));

test("the policy that the cases misspell is exact", () => {
  expect([audit(exact), reachOf(read(exact))]).toEqual([[], "allows"]);
});

describe("a policy that names CircleCI and allows no token has one finding, which names the mistake", () => {
  test.each(
    Object.entries(MISTAKES).flatMap(([id, cases]) =>
      cases.map(([what, says, statements, corrected]) => [what, id, says, statements, corrected] as const),
    ),
  )("%s: %s", (_, id, says, statements, corrected) => {
    const policy = read(statements);
    const found = audit(statements);
    expect(found.map((one) => one.id)).toEqual([id]);
    expect(found[0]?.message).toContain(says);
    expect(found[0]?.counterexample).toBeUndefined();
    expect(reachOf(policy)).toBe("allows-none");
    const text = found[0]?.corrected;
    if (corrected === "none") expect(text).toBeUndefined();
    else expect(JSON.parse(text ?? "null")).toEqual(JSON.parse(JSON.stringify(documentOf(...corrected))));
  });

  test("placeholders in several places are one finding", () => {
    const text = JSON.stringify(statement()).replaceAll(ORG, "<ORG>").replaceAll(ACCOUNT, "123456789");
    const [found, ...others] = audit([JSON.parse(text)]);
    expect([found?.id, others]).toEqual(["placeholder-id", []]);
    expect(found?.message).toContain('"<ORG>" is not a valid organization id');
    expect(found?.message).toContain('"123456789" is not an account ID');
    const zeros = JSON.stringify(statement()).replaceAll(ORG, "00000000-0000-0000-0000-000000000000");
    expect(audit([JSON.parse(zeros)]).map(({ id }) => id)).toEqual(["placeholder-id"]);
  });

  test.each<[what: string, statements: readonly Json[], corrected: readonly Json[] | undefined]>([
    [
      "a negated condition",
      [statement({}, { StringNotEquals: { [`https://${AUD}`]: OTHER } })],
      [statement({}, { StringNotEquals: { [AUD]: OTHER } })],
    ],
    [
      "one that holds without the key",
      [statement({}, { StringLikeIfExists: { [`http://${SUB}`]: MAIN } })],
      [statement({}, { StringLikeIfExists: { [SUB]: MAIN } })],
    ],
    [
      "a Deny",
      [statement(), deny({ StringEquals: { [`https://${AUD}`]: OTHER } })],
      [statement(), deny({ StringEquals: { [AUD]: OTHER } })],
    ],
    ["another statement than the open one", [asking("*"), withKeys(AUD, `https://${SUB}`)], undefined],
  ])("IAM rejects the whole policy for a scheme in the key of %s", (_, statements, corrected) => {
    const found = audit(statements);
    expect(found.map(({ id }) => id)).toEqual(["key-with-scheme"]);
    const shown = found[0]?.corrected;
    expect(shown === undefined ? undefined : JSON.parse(shown)).toEqual(
      corrected === undefined ? undefined : documentOf(...corrected),
    );
    expect(reachOf(read(statements))).toBe("allows-none");
  });

  test("two mistakes are two findings, each with the policy that corrects both", () => {
    const found = audit([{ ...withKeys(AUD, `https://${SUB}`), Action: "sts:AssumeRole" }]);
    expect(found.map(({ id }) => id)).toEqual(["key-with-scheme", "wrong-action"]);
    for (const { corrected = "" } of found) expect(JSON.parse(corrected)).toEqual(documentOf(statement()));
  });
});

describe("the context of a policy", () => {
  test("the correction of a principal uses the account's provider", () => {
    const [found] = audit([statement({ Principal: { Federated: HOST } })], { providers: [PROVIDER] });
    expect(JSON.parse(found?.corrected ?? "null")).toEqual(documentOf(statement()));
  });
});

describe("a correction allows what the policy states, and nothing else", () => {
  const shared = statement({ Condition: { StringEquals: { "oidc.circleci.com:sub": ORG } } });
  const everyone = (condition: Json): Json =>
    statement({ Principal: "*", Action: "sts:AssumeRole", Condition: condition });
  const offers = (statements: readonly Json[]): readonly unknown[] => {
    const found = audit(statements).find(({ id }) => id === "wrong-action");
    return [found?.message.split("With this alone corrected, ")[1], found?.corrected !== undefined];
  };
  const written = { StringLike: { [SUB]: MAIN }, StringEquals: { [AUD]: ORG } };

  test("none is shown that tokens without the key pass: those of other organizations and issuers", () => {
    const passing = everyone({ "ForAllValues:StringLike": { [SUB]: MAIN } });
    const other = expect.stringContaining("the policy would allow tokens of other issuers");
    for (const policy of [[passing], [shared, passing]]) expect(offers(policy)).toEqual([other, false]);
    // The nearest: every token must have the key.
    for (const policy of [[everyone(written)], [shared, everyone(written)]])
      expect(offers(policy)).toEqual([undefined, true]);
  });

  test("none is shown with a finding that the policy does not have; its message names that", () => {
    const [one, another] = [statement({ Action: "sts:AssumeRole" }), statement()];
    const noAudience = { Condition: { StringLike: { [SUB]: MAIN } } };
    const own = (id: string) => `the policy would have the finding "${id}": correct it too`;
    expect(offers([one])).toEqual([undefined, true]);
    expect(offers([{ ...one, ...noAudience }])).toEqual([own("audience-missing"), false]);
    // The same finding of another statement does not excuse it, and does not stop a clean
    // correction.
    expect(
      offers([
        { ...another, ...noAudience },
        { ...one, ...noAudience },
      ]),
    ).toEqual([own("audience-missing"), false]);
    expect(offers([{ ...another, ...noAudience }, one])).toEqual([undefined, true]);
  });

  test("no correction is shown that would allow every project, or tokens without a subject condition", () => {
    for (const subject of [`org/${ORG}/*`, `org/${ORG}/project/*`]) {
      const [found] = audit([{ ...asking(subject), Action: "sts:AssumeRole" }]);
      expect([found?.id, found?.corrected]).toEqual(["wrong-action", undefined]);
    }
    const [found] = audit([
      statement({ Action: "sts:AssumeRole", Condition: { StringEquals: { [AUD]: ORG } } }),
    ]);
    expect([found?.id, found?.corrected]).toEqual(["wrong-action", undefined]);
  });

  test("no correction is shown that would repeat a key", () => {
    const [found] = audit([statement({}, { StringLike: { sub: MAIN, [SUB]: MAIN } })]);
    expect([found?.id, found?.corrected]).toEqual(["condition-never-true", undefined]);
  });
});

describe("with another statement that allows tokens", () => {
  test("a statement that allows no token has its finding, and the tokens that the other allows are reported", () => {
    const found = audit([
      statement({ Sid: "Wide", Condition: { StringEquals: { [AUD]: ORG } } }),
      statement({ Action: "sts:AssumeRole" }),
    ]);
    expect(found.map(({ id, path }) => `${id} ${path}`)).toEqual(
      expect.arrayContaining(["no-subject-condition Statement[0]", "wrong-action Statement[1].Action"]),
    );
    expect(reachOf(read([statement(), statement({ Action: "sts:AssumeRole" })]))).toBe("allows");
  });

  test("one of several values is not a valid subject", () => {
    const values = (other: string): Json => statement({}, { StringLike: { [SUB]: [MAIN, other] } });
    expect(audit([values(`org/${ORG}/project/PROJECT_ID/user/*`)]).map(({ id }) => id)).toEqual([
      "placeholder-id",
    ]);
    expect(audit([values("repo:acme/site")]).map(({ id }) => id)).toEqual(["subject-never-issued"]);
  });
});

describe("values that are compared ignoring case", () => {
  const person = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
  const own = `${JOB}/${person}/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main`;

  test("may be CircleCI subjects in capitals, and name the project", () => {
    expect(audit([asking(own.toUpperCase(), "StringEqualsIgnoreCase")])).toEqual([]);
    expect(audit([asking(own.toUpperCase(), "StringEquals")]).map(({ id }) => id)).toEqual([
      "subject-never-issued",
    ]);
  });
});

describe("policies that concern other principals", () => {
  test.each<[what: string, statements: readonly Json[]]>([
    [
      "an account that may assume the role",
      [{ Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" }],
    ],
    [
      "a SAML provider that is called CircleCI",
      [
        {
          Effect: "Allow",
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/CircleCI` },
          Action: "sts:AssumeRoleWithSAML",
        },
      ],
    ],
    [
      "a tag that is called circleci",
      [
        {
          Effect: "Allow",
          Principal: { AWS: ACCOUNT },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:PrincipalTag/circleci": "yes" } },
        },
      ],
    ],
  ])("%s is not reported as allowing no token", (_, statements) => {
    expect([audit(statements), reachOf(read(statements))]).toEqual([[], "other-issuer"]);
  });

  const ofServer = (change: Json = {}): Json =>
    JSON.parse(
      JSON.stringify(statement(change)).replaceAll("oidc.circleci.com/org", "circleci.acme.example/org"),
    );

  test("a provider that may belong to a CircleCI Server is undetermined", () => {
    expect(audit([ofServer({ Action: "sts:AssumeRole" })]).map(({ id }) => id)).toEqual([
      "policy-not-decided",
    ]);
    expect(reachOf(read([ofServer()]))).toBe("not-decided");
  });

  test("a known CircleCI Server has the same findings as the cloud", () => {
    const servers = ["circleci.acme.example"];
    expect(audit([ofServer()], { servers })).toEqual([]);
    expect(reachOf(read([ofServer()]), servers)).toBe("allows");
    const [found, ...others] = audit([ofServer({ Action: "sts:AssumeRole" })], { servers });
    expect([found?.id, others]).toEqual(["wrong-action", []]);
    expect(JSON.parse(found?.corrected ?? "null")).toEqual(documentOf(ofServer()));
    const text = JSON.stringify(ofServer()).replace(
      /"Federated":"[^"]*"/,
      '"AWS":"arn:aws:iam::123456789012:root"',
    );
    expect(audit([JSON.parse(text)], { servers }).map(({ id }) => id)).toEqual(["principal-not-provider"]);
    const placeholder = JSON.stringify(ofServer()).replaceAll(ORG, "ORG_ID");
    expect(audit([JSON.parse(placeholder)], { servers }).map(({ id }) => id)).toEqual(["placeholder-id"]);
  });

  test("an account listed with CircleCI's provider is allowed by sts:AssumeRole, and that is reported", () => {
    const both = { Federated: PROVIDER, AWS: ACCOUNT };
    const found = audit([statement({ Principal: both, Action: "sts:AssumeRole", Condition: undefined })]);
    expect(found.map(({ id }) => id)).toEqual(["wrong-action", "others-let-in"]);
    // With a key that only tokens have, no principal of the account is allowed.
    expect(audit([statement({ Principal: both, Action: "sts:AssumeRole" })]).map(({ id }) => id)).toEqual([
      "wrong-action",
    ]);
  });
});

test.each([
  ["Resource", "*"],
  ["Resource", "arn:aws:iam::123456789012:role/deploy"],
  ["NotResource", "arn:aws:iam::123456789012:role/other"],
])(
  "%s %s in a trust policy, which IAM rejects, is a finding; the rest is audited without it",
  (element, text) => {
    expect(audit([statement({ [element]: text })]).map(({ id }) => id)).toEqual(["resource-in-trust-policy"]);
    expect(reachOf(read([statement({ [element]: text })]))).toBe("allows");
    const wide = statement({ [element]: text, Condition: { StringEquals: { [AUD]: ORG } } });
    expect(audit([wide]).map(({ id }) => id)).toEqual(
      expect.arrayContaining(["no-subject-condition", "resource-in-trust-policy"]),
    );
  },
);

test("a provider whose account or organization is not an id allows no token; the real one does", () => {
  for (const [arn, result] of [
    [PROVIDER, "found"],
    [PROVIDER.replace(ACCOUNT, "123456789"), "none"],
    [PROVIDER.replace(ORG, "ORG_ID"), "none"],
    [PROVIDER.replace(ORG, "00000000-0000-0000-0000-000000000000"), "none"],
  ] as const) {
    const policy = read([{ Effect: "Allow", Principal: { Federated: arn }, Action: "sts:*" }]);
    expect([arn, findAllowed(policy, arn).result]).toEqual([arn, result]);
  }
});
