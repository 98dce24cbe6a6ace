import type { FindingId } from "../../../lib/iam/audit/core/finding";

export const ORG = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
export const OTHER = "11112c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
export const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
export const ACCOUNT = "123456789012";
export const HOST = `oidc.circleci.com/org/${ORG}`;
export const OF_ACCOUNT = `arn:aws:iam::${ACCOUNT}:oidc-provider`;
export const PROVIDER = `${OF_ACCOUNT}/${HOST}`;
export const GITHUB = "token.actions.githubusercontent.com";
export const ANYONE = "????????-????-????-????-????????????";
export const JOB = `org/${ORG}/project/${PROJECT}/user`;
export const MAIN = `${JOB}/${ANYONE}/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main`;
export const [SUB, AUD] = [`${HOST}:sub`, `${HOST}:aud`];
export const VCS = `${HOST}:oidc.circleci.com`;

export type Json = Readonly<Record<string, unknown>>;

/** A statement that lets in the jobs on one branch, with some of it in another way. */
export function statement(change: Json = {}, condition: Json = {}): Json {
  return {
    Effect: "Allow",
    Principal: { Federated: PROVIDER },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [AUD]: ORG }, StringLike: { [SUB]: MAIN }, ...condition },
    ...change,
  };
}

export const asking = (subject: string, operator = "StringLike"): Json =>
  operator === "StringEquals"
    ? statement({ Condition: { StringEquals: { [AUD]: ORG, [SUB]: subject } } })
    : statement({ Condition: { StringEquals: { [AUD]: ORG }, [operator]: { [SUB]: subject } } });
export const withKeys = (aud: string, sub: string): Json =>
  statement({ Condition: { StringEquals: { [aud]: ORG }, StringLike: { [sub]: MAIN } } });
export const deny = (condition: Json | undefined): Json =>
  statement({ Effect: "Deny", ...(condition === undefined ? {} : { Condition: condition }) });
export const everyDeny: Json = {
  Effect: "Deny",
  Principal: { Federated: PROVIDER },
  Action: "sts:AssumeRoleWithWebIdentity",
};

export function documentOf(...statements: readonly Json[]): Json {
  return { Version: "2012-10-17", Statement: statements };
}

/** A mistake, what its message says, and the corrected statements. */
type Mistake = readonly [
  what: string,
  says: string,
  statements: readonly Json[],
  corrected: readonly Json[] | "none",
];

export const exact = [statement()];

/** Policies that name CircleCI and allow no token, by the one finding that each has. */
export const MISTAKES: Readonly<Partial<Record<FindingId, readonly Mistake[]>>> = {
  "key-with-scheme": [
    ["https:// in a key", `Write "${SUB}"`, [withKeys(AUD, `https://${SUB}`)], exact],
    ["https:// in two keys", "contain only one colon", [withKeys(`https://${AUD}`, `https://${SUB}`)], exact],
    ["http:// in a key", `Write "${AUD}"`, [withKeys(`http://${AUD}`, SUB)], exact],
  ],
  "condition-never-true": [
    ["sub without a prefix", `Write "${SUB}"`, [withKeys(AUD, "sub")], exact],
    ["aud without a prefix", `Write "${AUD}"`, [withKeys("aud", SUB)], exact],
    [
      "the shared issuer's keys",
      `Write "${AUD}" and "${SUB}"`,
      [withKeys("oidc.circleci.com:aud", "oidc.circleci.com:sub")],
      exact,
    ],
    ["a slash instead of the colon", `Write "${SUB}"`, [withKeys(AUD, `${HOST}/sub`)], exact],
    ["an unknown prefix", `Write "${SUB}"`, [withKeys(AUD, "circleci:sub")], exact],
    ["another name for the claim", `Write "${SUB}"`, [withKeys(AUD, `${HOST}:subject`)], exact],
    [
      "keys of another organization, while the subject is of the provider's",
      `Write "${AUD}" and "${SUB}"`,
      [withKeys(AUD.replace(ORG, OTHER), SUB.replace(ORG, OTHER))],
      exact,
    ],
    [
      "the provider of another organization",
      "Use the provider of the organization",
      [statement({ Principal: { Federated: PROVIDER.replace(ORG, OTHER) } })],
      "none",
    ],
    [
      "condition keys for origin and ref, which AWS does not have",
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
      "part of the subject",
      [statement({}, { StringEquals: { [AUD]: ORG, [`${VCS}/vcs-ref`]: "refs/heads/main" } })],
      "none",
    ],
    [
      "a claim without a key",
      "sets only aud, sub and",
      [statement({}, { Bool: { [`${VCS}/ssh-rerun`]: "false" } })],
      "none",
    ],
  ],
  "wrong-action": [
    ["sts:AssumeRole", "AWS principals", [statement({ Action: "sts:AssumeRole" })], exact],
    ["sts:AssumeRoleWithSAML", "SAML", [statement({ Action: ["sts:AssumeRoleWithSAML"] })], exact],
    [
      "a misspelled action",
      "not an AWS action",
      [statement({ Action: "sts:AssumeRoleWithWebIdentities" })],
      exact,
    ],
    ["NotAction", "NotAction excludes", [statement({ Action: undefined, NotAction: "sts:*" })], exact],
  ],
  "principal-missing": [
    ["no principal", "IAM rejects", [statement({ Principal: undefined })], "none"],
    ["an empty principal", "<ACCOUNT>", [statement({ Principal: { Federated: [] } })], "none"],
  ],
  "principal-not-provider": [
    [
      "a URL instead of the ARN",
      `oidc-provider/${HOST}"`,
      [statement({ Principal: { Federated: `https://${HOST}` } })],
      "none",
    ],
    [
      "an ARN with a URL in it",
      PROVIDER,
      [statement({ Principal: { Federated: `${OF_ACCOUNT}/https://${HOST}` } })],
      exact,
    ],
    ["a slash at the end", PROVIDER, [statement({ Principal: { Federated: `${PROVIDER}/` } })], exact],
    ["AWS instead of Federated", PROVIDER, [statement({ Principal: { AWS: PROVIDER } })], exact],
    ["the account", PROVIDER, [statement({ Principal: { AWS: ACCOUNT } })], exact],
    [
      "the account's root",
      PROVIDER,
      [statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })],
      exact,
    ],
    ["a service", "<ACCOUNT>", [statement({ Principal: { Service: "oidc.circleci.com" } })], "none"],
    [
      "a SAML provider",
      PROVIDER,
      [statement({ Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/CircleCI` } })],
      exact,
    ],
    [
      "NotPrincipal",
      "NotPrincipal",
      [statement({ Principal: undefined, NotPrincipal: { Federated: PROVIDER } })],
      "none",
    ],
  ],
  "two-issuers": [
    [
      "two issuers' keys in one statement",
      "Write one statement for each issuer. With this alone corrected, the policy would allow tokens of other issuers",
      [
        statement(
          { Principal: { Federated: [PROVIDER, `${OF_ACCOUNT}/${GITHUB}`] } },
          { StringLike: { [SUB]: MAIN, [`${GITHUB}:sub`]: "repo:acme/site:*" } },
        ),
      ],
      "none",
    ],
    [
      "a key of an issuer that is not federated",
      GITHUB,
      [statement({}, { StringEquals: { [AUD]: ORG, [`${GITHUB}:aud`]: "sts.amazonaws.com" } })],
      exact,
    ],
  ],
  "subject-never-issued": [
    ["an id in capitals", `Write "${MAIN}"`, [asking(MAIN.replace(PROJECT, PROJECT.toUpperCase()))], exact],
    ["a field name in capitals", `Write "${MAIN}"`, [asking(MAIN.replace("org/", "Org/"))], exact],
    [
      "organization/ instead of org/",
      `Write "${MAIN}"`,
      [asking(MAIN.replace("org/", "organization/"))],
      exact,
    ],
    ["a subject that begins with a slash", `Write "${MAIN}"`, [asking(`/${MAIN}`)], exact],
    ["without its organization", `Write "${MAIN}"`, [asking(MAIN.replace(`org/${ORG}/`, ""))], exact],
    ["a branch instead of a ref", `Write "${MAIN}"`, [asking(MAIN.replace("refs/heads/", ""))], exact],
    ["GitHub's form", "org/<ORG>/project/", [asking("repo:acme/site:*")], "none"],
    [
      "a subject of another organization",
      `the provider is for ${ORG}`,
      [asking(MAIN.replace(ORG, OTHER))],
      "none",
    ],
    ["a wildcard under StringEquals", "Write StringLike", [asking(MAIN, "StringEquals")], exact],
  ],
  "placeholder-id": [
    [
      "a placeholder for the project",
      '"PROJECT_ID" is not a valid project id',
      [asking(`org/${ORG}/project/PROJECT_ID/user/*`)],
      "none",
    ],
    ["a name instead of the user's ID", '"ann" is not a valid user id', [asking(`${JOB}/ann`)], "none"],
    [
      "an account of nine digits",
      '"123456789" is not an account ID',
      [statement({ Principal: { Federated: PROVIDER.replace(ACCOUNT, "123456789") } })],
      "none",
    ],
  ],
  "deny-always-true": [
    [
      "a Deny that is always true, of the repository",
      "this Deny denies every token",
      [asking(`${JOB}/*`), deny({ StringNotEquals: { [`${VCS}/vcs-origin`]: "github.com/acme/site" } })],
      [asking(`${JOB}/${ANYONE}/vcs-origin/github.com/acme/site/vcs-ref/*`)],
    ],
    [
      "a Deny that is always true, of the ref",
      "write origin and ref",
      [statement(), deny({ StringNotLike: { [`${VCS}/vcs-ref`]: "refs/heads/*" } })],
      "none",
    ],
    [
      "a Deny that is always true, on a key without a prefix",
      "AWS never sets",
      [statement(), deny({ StringNotEquals: { sub: MAIN } })],
      "none",
    ],
    ["a Deny of all principals", "denies every token", [statement(), everyDeny], "none"],
    [
      "two Deny statements that together deny every token",
      "together",
      [
        statement(),
        deny({ StringLike: { [SUB]: `${JOB}/0*` } }),
        deny({ StringNotLike: { [SUB]: `${JOB}/0*` } }),
      ],
      "none",
    ],
  ],
  "no-token-matches": [
    ["a Deny alone", "no Allow statement", [everyDeny], "none"],
    [
      "conditions that exclude each other",
      "at the same time",
      [statement({}, { StringNotEquals: { [AUD]: ORG } })],
      "none",
    ],
    [
      "a condition that requires no subject",
      "is never true",
      [statement({}, { Null: { [SUB]: "true" } })],
      "none",
    ],
    [
      "another project by its key",
      "at the same time",
      [statement({}, { StringEquals: { [AUD]: ORG, [`${VCS}/project-id`]: OTHER } })],
      "none",
    ],
  ],
};
