import { auditTrustPolicy, reachOf } from "../../../lib/iam/audit/audit-trust-policy";
import type { AuditContext } from "../../../lib/iam/audit/core/context";
import type { Finding, FindingId } from "../../../lib/iam/audit/core/finding";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { findAllowed } from "../../../lib/iam/prove/tokens/find-allowed";

const ORG = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const OTHER = "11112c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const ACCOUNT = "123456789012";
const HOST = `oidc.circleci.com/org/${ORG}`;
const OF_ACCOUNT = `arn:aws:iam::${ACCOUNT}:oidc-provider`;
const PROVIDER = `${OF_ACCOUNT}/${HOST}`;
const GITHUB = "token.actions.githubusercontent.com";
const ANYONE = "????????-????-????-????-????????????";
const JOB = `org/${ORG}/project/${PROJECT}/user`;
const MAIN = `${JOB}/${ANYONE}/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main`;
const [SUB, AUD] = [`${HOST}:sub`, `${HOST}:aud`];
const VCS = `${HOST}:oidc.circleci.com`;

type Json = Readonly<Record<string, unknown>>;

/** A statement that lets in the jobs on one branch, with some of it in another way. */
function statement(change: Json = {}, condition: Json = {}): Json {
  return {
    Effect: "Allow",
    Principal: { Federated: PROVIDER },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [AUD]: ORG }, StringLike: { [SUB]: MAIN }, ...condition },
    ...change,
  };
}

const asking = (subject: string, operator = "StringLike"): Json =>
  operator === "StringEquals"
    ? statement({ Condition: { StringEquals: { [AUD]: ORG, [SUB]: subject } } })
    : statement({ Condition: { StringEquals: { [AUD]: ORG }, [operator]: { [SUB]: subject } } });
const withKeys = (aud: string, sub: string): Json =>
  statement({ Condition: { StringEquals: { [aud]: ORG }, StringLike: { [sub]: MAIN } } });
const deny = (condition: Json | undefined): Json =>
  statement({ Effect: "Deny", ...(condition === undefined ? {} : { Condition: condition }) });
const everyDeny: Json = {
  Effect: "Deny",
  Principal: { Federated: PROVIDER },
  Action: "sts:AssumeRoleWithWebIdentity",
};

function documentOf(...statements: readonly Json[]): Json {
  return { Version: "2012-10-17", Statement: statements };
}

function audit(statements: readonly Json[], context?: AuditContext): readonly Finding[] {
  return auditTrustPolicy(parsePolicy(JSON.stringify(documentOf(...statements))), context);
}

const read = (statements: readonly Json[]) => parsePolicy(JSON.stringify(documentOf(...statements)));
const exact = [statement()];

test("the policy that the cases misspell is exact", () => {
  expect([audit(exact), reachOf(read(exact))]).toEqual([[], "allows"]);
});

describe("a policy that names CircleCI and allows no token has one finding, which names the mistake", () => {
  test.each<
    [
      what: string,
      id: FindingId,
      says: string,
      statements: readonly Json[],
      corrected: readonly Json[] | "none",
    ]
  >([
    ["https:// in a key", "key-with-scheme", `Write "${SUB}"`, [withKeys(AUD, `https://${SUB}`)], exact],
    [
      "https:// in two keys",
      "key-with-scheme",
      "contain only one colon",
      [withKeys(`https://${AUD}`, `https://${SUB}`)],
      exact,
    ],
    ["http:// in a key", "key-with-scheme", `Write "${AUD}"`, [withKeys(`http://${AUD}`, SUB)], exact],
    ["sub without a prefix", "condition-never-true", `Write "${SUB}"`, [withKeys(AUD, "sub")], exact],
    ["aud without a prefix", "condition-never-true", `Write "${AUD}"`, [withKeys("aud", SUB)], exact],
    [
      "the shared issuer's keys",
      "condition-never-true",
      `Write "${AUD}" and "${SUB}"`,
      [withKeys("oidc.circleci.com:aud", "oidc.circleci.com:sub")],
      exact,
    ],
    [
      "a slash instead of the colon",
      "condition-never-true",
      `Write "${SUB}"`,
      [withKeys(AUD, `${HOST}/sub`)],
      exact,
    ],
    ["an unknown prefix", "condition-never-true", `Write "${SUB}"`, [withKeys(AUD, "circleci:sub")], exact],
    [
      "another name for the claim",
      "condition-never-true",
      `Write "${SUB}"`,
      [withKeys(AUD, `${HOST}:subject`)],
      exact,
    ],
    [
      "keys of another organization, while the subject is of the provider's",
      "condition-never-true",
      `Write "${AUD}" and "${SUB}"`,
      [withKeys(AUD.replace(ORG, OTHER), SUB.replace(ORG, OTHER))],
      exact,
    ],
    [
      "the provider of another organization",
      "condition-never-true",
      "Use the provider of the organization",
      [statement({ Principal: { Federated: PROVIDER.replace(ORG, OTHER) } })],
      "none",
    ],
    [
      "condition keys for origin and ref, which AWS does not have",
      "condition-never-true",
      "part of the subject",
      [
        statement({
          Condition: {
            StringEquals: {
              [AUD]: ORG,
              [`${VCS}/vcs-origin`]: "github.com/acme/site",
              [`${VCS}/vcs-ref`]: "refs/heads/main",
            },
            StringLike: { [SUB]: `${JOB}/*` },
          },
        }),
      ],
      exact,
    ],
    [
      "a condition on the ref alone, which names no repository",
      "condition-never-true",
      "part of the subject",
      [statement({}, { StringEquals: { [AUD]: ORG, [`${VCS}/vcs-ref`]: "refs/heads/main" } })],
      "none",
    ],
    [
      "a claim without a key",
      "condition-never-true",
      "sets only aud, sub and",
      [statement({}, { Bool: { [`${VCS}/ssh-rerun`]: "false" } })],
      "none",
    ],
    ["sts:AssumeRole", "wrong-action", "AWS principals", [statement({ Action: "sts:AssumeRole" })], exact],
    [
      "sts:AssumeRoleWithSAML",
      "wrong-action",
      "SAML",
      [statement({ Action: ["sts:AssumeRoleWithSAML"] })],
      exact,
    ],
    [
      "a misspelled action",
      "wrong-action",
      "not an AWS action",
      [statement({ Action: "sts:AssumeRoleWithWebIdentities" })],
      exact,
    ],
    [
      "NotAction",
      "wrong-action",
      "NotAction excludes",
      [statement({ Action: undefined, NotAction: "sts:*" })],
      exact,
    ],
    ["no principal", "principal-missing", "IAM rejects", [statement({ Principal: undefined })], "none"],
    [
      "an empty principal",
      "principal-missing",
      "<ACCOUNT>",
      [statement({ Principal: { Federated: [] } })],
      "none",
    ],
    [
      "a URL instead of the ARN",
      "principal-not-provider",
      `oidc-provider/${HOST}"`,
      [statement({ Principal: { Federated: `https://${HOST}` } })],
      "none",
    ],
    [
      "an ARN with a URL in it",
      "principal-not-provider",
      PROVIDER,
      [statement({ Principal: { Federated: `${OF_ACCOUNT}/https://${HOST}` } })],
      exact,
    ],
    [
      "a slash at the end",
      "principal-not-provider",
      PROVIDER,
      [statement({ Principal: { Federated: `${PROVIDER}/` } })],
      exact,
    ],
    [
      "AWS instead of Federated",
      "principal-not-provider",
      PROVIDER,
      [statement({ Principal: { AWS: PROVIDER } })],
      exact,
    ],
    ["the account", "principal-not-provider", PROVIDER, [statement({ Principal: { AWS: ACCOUNT } })], exact],
    [
      "the account's root",
      "principal-not-provider",
      PROVIDER,
      [statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })],
      exact,
    ],
    [
      "a service",
      "principal-not-provider",
      "<ACCOUNT>",
      [statement({ Principal: { Service: "oidc.circleci.com" } })],
      "none",
    ],
    [
      "a SAML provider",
      "principal-not-provider",
      PROVIDER,
      [statement({ Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/CircleCI` } })],
      exact,
    ],
    [
      "NotPrincipal",
      "principal-not-provider",
      "NotPrincipal",
      [statement({ Principal: undefined, NotPrincipal: { Federated: PROVIDER } })],
      "none",
    ],
    [
      "two issuers' keys in one statement",
      "two-issuers",
      "one statement for each issuer",
      [
        statement(
          { Principal: { Federated: [PROVIDER, `${OF_ACCOUNT}/${GITHUB}`] } },
          { StringLike: { [SUB]: MAIN, [`${GITHUB}:sub`]: "repo:acme/site:*" } },
        ),
      ],
      [
        statement(),
        {
          ...statement({ Principal: { Federated: `${OF_ACCOUNT}/${GITHUB}` } }),
          Condition: { StringLike: { [`${GITHUB}:sub`]: "repo:acme/site:*" } },
        },
      ],
    ],
    [
      "a key of an issuer that is not federated",
      "two-issuers",
      GITHUB,
      [statement({}, { StringEquals: { [AUD]: ORG, [`${GITHUB}:aud`]: "sts.amazonaws.com" } })],
      exact,
    ],
    [
      "an id in capitals",
      "subject-never-issued",
      `Write "${MAIN}"`,
      [asking(MAIN.replace(PROJECT, PROJECT.toUpperCase()))],
      exact,
    ],
    [
      "a field name in capitals",
      "subject-never-issued",
      `Write "${MAIN}"`,
      [asking(MAIN.replace("org/", "Org/"))],
      exact,
    ],
    [
      "organization/ instead of org/",
      "subject-never-issued",
      `Write "${MAIN}"`,
      [asking(MAIN.replace("org/", "organization/"))],
      exact,
    ],
    [
      "a subject that begins with a slash",
      "subject-never-issued",
      `Write "${MAIN}"`,
      [asking(`/${MAIN}`)],
      exact,
    ],
    [
      "without its organization",
      "subject-never-issued",
      `Write "${MAIN}"`,
      [asking(MAIN.replace(`org/${ORG}/`, ""))],
      exact,
    ],
    [
      "a branch instead of a ref",
      "subject-never-issued",
      `Write "${MAIN}"`,
      [asking(MAIN.replace("refs/heads/", ""))],
      exact,
    ],
    ["GitHub's form", "subject-never-issued", "org/<ORG>/project/", [asking("repo:acme/site:*")], "none"],
    [
      "a subject of another organization",
      "subject-never-issued",
      `the provider is for ${ORG}`,
      [asking(MAIN.replace(ORG, OTHER))],
      "none",
    ],
    [
      "a wildcard under StringEquals",
      "subject-never-issued",
      "Write StringLike",
      [asking(MAIN, "StringEquals")],
      exact,
    ],
    [
      "a placeholder for the project",
      "placeholder-id",
      '"PROJECT_ID" is not a valid project id',
      [asking(`org/${ORG}/project/PROJECT_ID/user/*`)],
      "none",
    ],
    [
      "a name instead of the user's ID",
      "placeholder-id",
      '"ann" is not a valid user id',
      [asking(`${JOB}/ann`)],
      "none",
    ],
    [
      "an account of nine digits",
      "placeholder-id",
      '"123456789" is not an account ID',
      [statement({ Principal: { Federated: PROVIDER.replace(ACCOUNT, "123456789") } })],
      "none",
    ],
    [
      "a Deny that is always true, of the repository",
      "deny-always-true",
      "this Deny denies every token",
      [asking(`${JOB}/*`), deny({ StringNotEquals: { [`${VCS}/vcs-origin`]: "github.com/acme/site" } })],
      [asking(`${JOB}/${ANYONE}/vcs-origin/github.com/acme/site/vcs-ref/*`)],
    ],
    [
      "a Deny that is always true, of the ref",
      "deny-always-true",
      "write origin and ref",
      [statement(), deny({ StringNotLike: { [`${VCS}/vcs-ref`]: "refs/heads/*" } })],
      "none",
    ],
    [
      "a Deny that is always true, on a key without a prefix",
      "deny-always-true",
      "AWS never sets",
      [statement(), deny({ StringNotEquals: { sub: MAIN } })],
      "none",
    ],
    ["a Deny of all principals", "deny-always-true", "denies every token", [statement(), everyDeny], "none"],
    [
      "two Deny statements that together deny every token",
      "deny-always-true",
      "together",
      [
        statement(),
        deny({ StringLike: { [SUB]: `${JOB}/0*` } }),
        deny({ StringNotLike: { [SUB]: `${JOB}/0*` } }),
      ],
      "none",
    ],
    ["a Deny alone", "no-token-matches", "no Allow statement", [everyDeny], "none"],
    [
      "conditions that exclude each other",
      "no-token-matches",
      "at the same time",
      [statement({}, { StringNotEquals: { [AUD]: ORG } })],
      "none",
    ],
    [
      "a condition that requires no subject",
      "no-token-matches",
      "is never true",
      [statement({}, { Null: { [SUB]: "true" } })],
      "none",
    ],
    [
      "another project by its key",
      "no-token-matches",
      "at the same time",
      [statement({}, { StringEquals: { [AUD]: ORG, [`${VCS}/project-id`]: OTHER } })],
      "none",
    ],
  ])("%s: %s", (_, id, says, statements, corrected) => {
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
