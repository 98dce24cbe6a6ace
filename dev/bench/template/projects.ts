// What this project declares for `generateAccess(BENCH_PROJECTS)`, with every value a literal: the
// yardstick of a large synth. Both outputs are equal in resources, outputs, providers and backends.
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const org = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const issuer = `oidc.circleci.com/org/${org}`;
const anyone = "????????-????-????-????-????????????";

class MyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const account = { region: "us-east-1", allowedAccountIds: ["123456789012"] };
    const tags = {
      "managed-by": "cdktf-circleci-oidc",
      "managed-from": "access.yaml",
      "terraform-state": `s3://bench-state/${id}.tfstate`,
    };
    new AwsProvider(this, "aws", { ...account, defaultTags: [{ tags }] });
    new AwsProvider(this, "aws-without-tags", { ...account, alias: "without_default_tags" });
    const backend = new S3Backend(this, {
      bucket: "bench-state",
      key: `${id}.tfstate`,
      region: "us-east-1",
      encrypt: true,
      allowedAccountIds: ["123456789012"],
    });
    backend.addOverride("use_lockfile", true);
  }

  bucket(id: string, name: string, days: number) {
    const { bucket } = new S3Bucket(this, id, {
      bucket: name,
      forceDestroy: false,
      lifecycle: { preventDestroy: true },
      lifecycleRule: [
        {
          id: "expire-old-versions",
          enabled: true,
          prefix: "",
          noncurrentVersionExpiration: { days },
          abortIncompleteMultipartUploadDays: 7,
        },
      ],
    });
    const access = new S3BucketPublicAccessBlock(this, `${id}_public_access`, {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, `${id}_ownership`, {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketVersioningA(this, `${id}_versioning`, {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, `${id}_encryption`, {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false }],
    });
    new S3BucketPolicy(this, `${id}_tls_only`, {
      bucket,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
      dependsOn: [access],
    });
    return bucket;
  }

  role(id: string, project: string, bucketName: string, condition: object) {
    const role = new IamRole(this, id, {
      name: `${project}-${id}`,
      path: "/",
      description: `CircleCI ${project}/${id}, managed by cdktf-circleci-oidc`,
      maxSessionDuration: 3600,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: condition,
          },
        ],
      }),
    });
    const policy = new IamRolePolicy(this, `${id}_inline_bucket`, {
      role: role.name,
      name: "bucket",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ListOwnBucket",
            Effect: "Allow",
            Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
            Resource: `arn:aws:s3:::${bucketName}`,
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
            Resource: `arn:aws:s3:::${bucketName}/*`,
          },
        ],
      }),
    });
    new IamRolePoliciesExclusive(this, `${id}_only_these_inline`, {
      roleName: role.name,
      policyNames: [policy.name],
    });
    new IamRolePolicyAttachmentsExclusive(this, `${id}_only_these_attached`, {
      roleName: role.name,
      policyArns: [],
    });
    new TerraformOutput(this, `${id}_role_arn`, { value: role.arn });
    const bucket = this.bucket(`${id}_bucket`, bucketName, 30);
    new TerraformOutput(this, `${id}_bucket_name`, { value: bucket });
  }
}

const app = new App();
const state = new MyStack(app, "main-state");
const stateBucket = state.bucket("state", "bench-state", 365);
new TerraformOutput(state, "state_bucket", { value: stateBucket });

const identity = new MyStack(app, "main-identity");
new IamOpenidConnectProvider(identity, "circleci", {
  url: `https://${issuer}`,
  clientIdList: [org],
});
identity.addDependency(state);

const projects = Number(process.env.BENCH_PROJECTS);
for (let number = 0; number < projects; number += 1) {
  const name = `project-${number}`;
  const stack = new MyStack(app, `main-${name}`);
  const id = `org/${org}/project/bbbbbbbb-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const origin = `vcs-origin/github.com/acme/${name}/vcs-ref`;
  const people = [...new Set(["0", "1", "2", String(number % 50)])]
    .sort()
    .map((person) => `aaaaaaaa-0000-4000-8000-${person.padStart(12, "0")}`);
  const subjects = people.map((person) => `${id}/user/${person}/${origin}/refs/heads/main`);
  stack.role("deploy", name, `bench-deploy-${number}`, {
    StringEquals: { [`${issuer}:aud`]: org, [`${issuer}:sub`]: subjects },
  });
  stack.role("preview", name, `bench-preview-${number}`, {
    StringEquals: { [`${issuer}:aud`]: org },
    StringLike: { [`${issuer}:sub`]: `${id}/user/${anyone}/${origin}/*` },
  });
  stack.addDependency(identity);
}

app.synth();
