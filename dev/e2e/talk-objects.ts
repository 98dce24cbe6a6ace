/**
 * What the talk's access.yaml must come to in AWS, written out by hand: nothing here is computed by
 * the project itself.
 */
const ACCOUNT = "123456789012";
const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const ISSUER = `oidc.circleci.com/org/${ORGANIZATION}`;
const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const ALICE = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
const ANYONE = "????????-????-????-????-????????????";
const PROVIDER_ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;

export const provider = {
  arn: PROVIDER_ARN,
  url: ISSUER,
  audiences: [ORGANIZATION],
  thumbprints: [],
  tags: defaultTags("main-identity"),
};

/** Only alice, from main. */
export const deployRole = {
  arn: `arn:aws:iam::${ACCOUNT}:role/website-deploy`,
  id: expect.any(String),
  description: "CircleCI website/deploy, managed by cdktf-circleci-oidc",
  maxSessionDuration: 3600,
  trust: trust({
    StringEquals: {
      [`${ISSUER}:aud`]: ORGANIZATION,
      [`${ISSUER}:sub`]: `org/${ORGANIZATION}/project/${PROJECT}/user/${ALICE}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
    },
  }),
  inline: { bucket: ownBucketOnly("acme-website") },
  attached: [],
  tags: defaultTags("main-website"),
};

/** Everyone of the project, from any ref of its own repository. */
export const previewRole = {
  arn: `arn:aws:iam::${ACCOUNT}:role/website-preview`,
  id: expect.any(String),
  description: "CircleCI website/preview, managed by cdktf-circleci-oidc",
  maxSessionDuration: 3600,
  trust: trust({
    StringEquals: { [`${ISSUER}:aud`]: ORGANIZATION },
    StringLike: {
      [`${ISSUER}:sub`]: `org/${ORGANIZATION}/project/${PROJECT}/user/${ANYONE}/vcs-origin/github.com/acme/website/vcs-ref/*`,
    },
  }),
  inline: { bucket: ownBucketOnly("acme-website-preview") },
  attached: [],
  tags: defaultTags("main-website"),
};

/** What bootstrap sets by itself, and every stack for its buckets. */
export function hardened(name: string): object {
  const arn = `arn:aws:s3:::${name}`;
  return {
    publicAccess: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    ownership: [{ ObjectOwnership: "BucketOwnerEnforced" }],
    encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }],
    versioning: "Enabled",
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
  };
}

/** A bucket as its stack leaves it. */
export function managedBucket(name: string, stack: string, days: number): object {
  return {
    ...hardened(name),
    lifecycle: [
      {
        ID: "expire-old-versions",
        Status: "Enabled",
        Filter: { Prefix: "" },
        NoncurrentVersionExpiration: { NoncurrentDays: days },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ],
    tags: defaultTags(stack),
  };
}

function trust(condition: object): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: PROVIDER_ARN },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  };
}

function ownBucketOnly(bucket: string): object {
  const arn = `arn:aws:s3:::${bucket}`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ListOwnBucket",
        Effect: "Allow",
        Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: arn,
      },
      {
        Sid: "UseObjectsInIt",
        Effect: "Allow",
        Action: [
          "s3:GetObject",
          "s3:PutObject",
          "s3:DeleteObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts",
        ],
        Resource: `${arn}/*`,
      },
    ],
  };
}

function defaultTags(stack: string): object {
  return {
    "managed-by": "cdktf-circleci-oidc",
    "managed-from": "access.yaml",
    "terraform-state": `s3://acme-terraform-state/${stack}.tfstate`,
  };
}
