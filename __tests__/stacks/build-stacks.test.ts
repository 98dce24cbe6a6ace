import { aBucket, anAccess, aProject, aRole, organization } from "../fixtures/access";
import { synth } from "./synth";

describe("one account, one project", () => {
  const built = synth(anAccess({ projects: [aProject({ roles: [aRole({ bucket: aBucket() })] })] }));

  test("three stacks: the state first, then the provider, then the project", () => {
    expect(built.manifest).toEqual([
      { name: "main-identity", dependencies: ["main-state"] },
      { name: "main-state", dependencies: [] },
      { name: "main-website", dependencies: ["main-identity"] },
    ]);
  });

  test("the identity stack, complete", () => {
    expect(built.json("main-identity")).toEqual({
      provider: { aws: providersOf("main-identity") },
      terraform: terraformOf("main-identity"),
      resource: {
        aws_iam_openid_connect_provider: {
          circleci: {
            url: `https://oidc.circleci.com/org/${organization.id}`,
            client_id_list: [organization.audience],
          },
        },
      },
    });
  });

  test("the state stack imports the state bucket, and keeps old state versions for a year", () => {
    const { resource, ...others } = built.json("main-state");
    expect(others).toEqual({
      provider: { aws: providersOf("main-state") },
      terraform: terraformOf("main-state"),
      import: [{ to: "aws_s3_bucket.state", id: "acme-terraform-state" }],
      output: { state_bucket: { value: "${aws_s3_bucket.state.bucket}" } },
    });
    expect(resource?.aws_s3_bucket).toEqual({
      state: {
        bucket: "acme-terraform-state",
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
        lifecycle_rule: [
          {
            id: "expire-old-versions",
            enabled: true,
            prefix: "",
            noncurrent_version_expiration: { days: 365 },
            abort_incomplete_multipart_upload_days: 7,
          },
        ],
      },
    });
  });

  test("the project's stack outputs each role's ARN and bucket", () => {
    const { output, provider, terraform, ...others } = built.json("main-website");
    expect({ output, provider, terraform }).toEqual({
      provider: { aws: providersOf("main-website") },
      terraform: terraformOf("main-website"),
      output: {
        deploy_role_arn: { value: "${aws_iam_role.deploy.arn}" },
        deploy_bucket_name: { value: "${aws_s3_bucket.deploy_bucket.bucket}" },
      },
    });
    expect(Object.keys(others)).toEqual(["resource"]);
  });

  test("every address", () => {
    expect(built.addresses).toEqual([
      "main-identity: aws_iam_openid_connect_provider.circleci",
      "main-state: aws_s3_bucket.state",
      "main-state: aws_s3_bucket_ownership_controls.state_ownership",
      "main-state: aws_s3_bucket_policy.state_tls_only",
      "main-state: aws_s3_bucket_public_access_block.state_public_access",
      "main-state: aws_s3_bucket_server_side_encryption_configuration.state_encryption",
      "main-state: aws_s3_bucket_versioning.state_versioning",
      "main-state: output.state_bucket",
      "main-website: aws_iam_role.deploy",
      "main-website: aws_iam_role_policies_exclusive.deploy_only_these_inline",
      "main-website: aws_iam_role_policy.deploy_inline_bucket",
      "main-website: aws_iam_role_policy_attachments_exclusive.deploy_only_these_attached",
      "main-website: aws_s3_bucket.deploy_bucket",
      "main-website: aws_s3_bucket_ownership_controls.deploy_bucket_ownership",
      "main-website: aws_s3_bucket_policy.deploy_bucket_tls_only",
      "main-website: aws_s3_bucket_public_access_block.deploy_bucket_public_access",
      "main-website: aws_s3_bucket_server_side_encryption_configuration.deploy_bucket_encryption",
      "main-website: aws_s3_bucket_versioning.deploy_bucket_versioning",
      "main-website: output.deploy_bucket_name",
      "main-website: output.deploy_role_arn",
    ]);
  });
});

function providersOf(stack: string): readonly unknown[] {
  const account = { region: "us-east-1", allowed_account_ids: ["123456789012"] };
  const tagged = {
    ...account,
    default_tags: [
      {
        tags: {
          "managed-by": "cdktf-circleci-oidc",
          "managed-from": "access.yaml",
          "terraform-state": `s3://acme-terraform-state/${stack}.tfstate`,
        },
      },
    ],
  };
  return [tagged, { ...account, alias: "without_default_tags" }];
}

function terraformOf(stack: string): unknown {
  return {
    backend: {
      s3: {
        bucket: "acme-terraform-state",
        key: `${stack}.tfstate`,
        region: "us-east-1",
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: ["123456789012"],
      },
    },
    required_providers: { aws: { source: "aws", version: "5.100.0" } },
  };
}
