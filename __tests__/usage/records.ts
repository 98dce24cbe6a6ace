import { accessFromText } from "../../lib/config/load";
import type { Access } from "../../lib/config/model/model";

export const ACCOUNT = "123456789012";
export const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
export const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.circleci.com/org/${ORGANIZATION}`;
const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";

export const USERS = {
  alice: "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01",
  bob: "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02",
  carol: "5f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e03",
  mallory: "00000000-0000-4000-8000-000000000666",
} as const;

/** A website's two roles; `deploy` has a list of people, of branches and of actions. */
export const ACCESS_TEXT = `organization: { id: ${ORGANIZATION} }
accounts:
  main: { id: "${ACCOUNT}", region: us-east-1, state: { bucket: acme-terraform-state } }
people:
  alice: ${USERS.alice}
  bob: ${USERS.bob}
  carol: ${USERS.carol}
groups:
  publishers: [alice, carol]
projects:
  website:
    id: ${PROJECT}
    repository: github.com/acme/website
    roles:
      preview: { people: everyone, branches: any, bucket: acme-website-preview }
      deploy:
        people: [publishers, bob] # who releases
        branches: [main, release/*]
        bucket: acme-website
        statements:
          - Effect: Allow
            Action: [cloudfront:CreateInvalidation, "ecr:*", s3:GetObjectTagging, cloudfront:GetDistribution]
            Resource: "*"
`;

export const access = (text = ACCESS_TEXT): Access => accessFromText(text, "access.yaml");

export function subject(
  user: keyof typeof USERS,
  ref = "refs/heads/main",
  origin = "github.com/acme/website",
) {
  return `org/${ORGANIZATION}/project/${PROJECT}/user/${USERS[user]}/vcs-origin/${origin}/vcs-ref/${ref}`;
}

export const roleArn = (role: string): string => `arn:aws:iam::${ACCOUNT}:role/${role}`;

interface Said {
  readonly time?: string;
  readonly region?: string;
  readonly error?: string;
  readonly category?: string;
}

function event(source: string, name: string, { time, region, error }: Said) {
  return {
    eventTime: time ?? "2026-11-03T10:00:00Z",
    eventSource: source,
    eventName: name,
    awsRegion: region ?? "us-east-1",
    sourceIPAddress: "192.0.2.7",
    userAgent: "aws-cli/2",
    ...(error === undefined ? {} : { errorCode: error, errorMessage: "no" }),
  };
}

function end({ category }: Said) {
  return {
    eventType: "AwsApiCall",
    recipientAccountId: ACCOUNT,
    eventCategory: category ?? "Management",
  };
}

/** An AssumeRoleWithWebIdentity, in the order in which CloudTrail writes a record. */
export function assumption(
  sub: string,
  role: string,
  key: string | undefined,
  { provider = PROVIDER, ...said }: Said & { readonly provider?: string } = {},
) {
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "WebIdentityUser",
      principalId: `${provider}:${ORGANIZATION}:${sub}`,
      userName: sub,
      identityProvider: provider,
    },
    ...event("sts.amazonaws.com", "AssumeRoleWithWebIdentity", said),
    requestParameters: { roleArn: roleArn(role), roleSessionName: "deploy" },
    responseElements: key === undefined ? null : { credentials: { accessKeyId: key }, provider },
    additionalEventData: { identityProviderConnectionVerificationMethod: "IAMTrustStore" },
    ...end(said),
  };
}

/** A call in a session of a role. */
export function call(
  role: string,
  key: string,
  source: string,
  name: string,
  {
    provider = PROVIDER,
    parameters = null,
    ...said
  }: Said & { provider?: string; parameters?: unknown } = {},
) {
  const session = role.slice(role.lastIndexOf("/") + 1);
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${session}/deploy`,
      accountId: ACCOUNT,
      accessKeyId: key,
      sessionContext: {
        sessionIssuer: { type: "Role", arn: roleArn(role), userName: session },
        webIdFederationData: { federatedProvider: provider, attributes: {} },
      },
    },
    ...event(source, name, said),
    requestParameters: parameters,
    responseElements: null,
    ...end(said),
  };
}
