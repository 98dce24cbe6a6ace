import type { LiveAccount, LiveBucket } from "../../../dev/demo/account/read-back";
import type { Access } from "../../../lib/config/model/model";
import { aBucket, anAccess, aProject, aRole } from "../../fixtures/access";

const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const ISSUER = `oidc.circleci.com/org/${ORGANIZATION}`;
export const ALICE_ON_MAIN = `org/${ORGANIZATION}/project/77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03/user/0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`;

/**
 * One role with a bucket, and what an account that is as this says looks like, written out by hand.
 */
export const access: Access = anAccess({
  projects: [aProject({ roles: [aRole({ bucket: aBucket() })] })],
});

export function trust(subject: unknown, audience: unknown = ORGANIZATION): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${ISSUER}:aud`]: audience, [`${ISSUER}:sub`]: subject } },
      },
    ],
  });
}

function bucket(name: string, objects: readonly string[]): LiveBucket {
  const arn = `arn:aws:s3:::${name}`;
  const statement = {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return {
    name,
    publicAccessBlocked: true,
    versioned: true,
    encryption: "AES256",
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    objects,
  };
}

export const live: LiveAccount = {
  providers: [{ arn: "arn", url: ISSUER, audiences: [ORGANIZATION] }],
  roles: [
    {
      name: "website-deploy",
      arn: "arn:aws:iam::123456789012:role/website-deploy",
      trust: trust(ALICE_ON_MAIN),
      inlinePolicies: ["bucket"],
    },
  ],
  buckets: [
    bucket("acme-terraform-state", ["main-identity.tfstate", "main-state.tfstate", "main-website.tfstate"]),
    bucket("acme-website", []),
  ],
};
