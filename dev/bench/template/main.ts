// The talk's example written straight into what `cdktf init --template=typescript` gives: the
// yardstick of `npm run bench`.
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
const project = `org/${org}/project/77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03`;
const anyone = "????????-????-????-????-????????????";

class MyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1", allowedAccountIds: ["123456789012"] });
    new S3Backend(this, {
      bucket: "acme-terraform-state",
      key: `${id}.tfstate`,
      region: "us-east-1",
      encrypt: true,
    });
  }

  bucket(id: string, name: string) {
    const { bucket } = new S3Bucket(this, id, {
      bucket: name,
      lifecycle: { preventDestroy: true },
      lifecycleRule: [{ id: "old", enabled: true, prefix: "", noncurrentVersionExpiration: { days: 30 } }],
    });
    new S3BucketPublicAccessBlock(this, `${id}-access`, {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, `${id}-owner`, {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketVersioningA(this, `${id}-versions`, {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, `${id}-encryption`, {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketPolicy(this, `${id}-tls`, {
      bucket,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    });
    return bucket;
  }

  role(id: string, bucketName: string, condition: object) {
    const role = new IamRole(this, id, {
      name: `website-${id}`,
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
    const policy = new IamRolePolicy(this, `${id}-policy`, {
      role: role.name,
      name: "bucket",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["s3:ListBucket"], Resource: `arn:aws:s3:::${bucketName}` },
          {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject"],
            Resource: `arn:aws:s3:::${bucketName}/*`,
          },
        ],
      }),
    });
    new IamRolePoliciesExclusive(this, `${id}-inline`, { roleName: role.name, policyNames: [policy.name] });
    new IamRolePolicyAttachmentsExclusive(this, `${id}-attached`, { roleName: role.name, policyArns: [] });
    new TerraformOutput(this, `${id}-arn`, { value: role.arn });
    new TerraformOutput(this, `${id}-bucket-name`, { value: this.bucket(`${id}-bucket`, bucketName) });
  }
}

const app = new App();
const state = new MyStack(app, "main-state");
new TerraformOutput(state, "bucket-name", { value: state.bucket("state", "acme-terraform-state") });

const identity = new MyStack(app, "main-identity");
new IamOpenidConnectProvider(identity, "circleci", { url: `https://${issuer}`, clientIdList: [org] });

const website = new MyStack(app, "main-website");
website.role("deploy", "acme-website", {
  StringEquals: {
    [`${issuer}:aud`]: org,
    [`${issuer}:sub`]: `${project}/user/0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
  },
});
website.role("preview", "acme-website-preview", {
  StringEquals: { [`${issuer}:aud`]: org },
  StringLike: {
    [`${issuer}:sub`]: [
      `${project}/user/${anyone}`,
      `${project}/user/${anyone}/vcs-origin/github.com/acme/website/vcs-ref/*`,
    ],
  },
});
identity.addDependency(state);
website.addDependency(identity);

app.synth();
