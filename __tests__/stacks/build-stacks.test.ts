import { aBucket, aGrant, anAccess, anAccount, aProject, aRole, organization } from "../fixtures/access";
import { type StackJson, synth } from "./synth";

const production = anAccount({
  key: "prod",
  id: "999988887777",
  region: "eu-west-1",
  stateBucket: "acme-prod-state",
});
const main = anAccount();

function clientIds({ resource }: StackJson): unknown {
  return resource?.aws_iam_openid_connect_provider?.circleci;
}

describe("one account, one project", () => {
  const built = synth(anAccess({ projects: [aProject({ roles: [aRole({ bucket: aBucket() })] })] }));

  test("three stacks: the state first, then the provider, then the project", () => {
    expect(built.manifest).toEqual([
      { name: "main-identity", dependencies: ["main-state"] },
      { name: "main-state", dependencies: [] },
      { name: "main-website", dependencies: ["main-identity"] },
    ]);
  });

  test("the identity stack, whole", () => {
    expect(built.json("main-identity")).toEqual({
      provider: { aws: [providerOf("main-identity")] },
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

  test("the state stack takes over the bucket that holds the states, and keeps lost ones for a year", () => {
    const { resource, ...others } = built.json("main-state");
    expect(others).toEqual({
      provider: { aws: [providerOf("main-state")] },
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

  test("the project's stack tells a pipeline each role's ARN and bucket", () => {
    const { output, provider, terraform, ...others } = built.json("main-website");
    expect({ output, provider, terraform }).toEqual({
      provider: { aws: [providerOf("main-website")] },
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

describe("several accounts", () => {
  const roles = [
    aRole({ key: "deploy", account: production, bucket: aBucket() }),
    aRole({
      key: "preview",
      name: "website-preview",
      bucket: aBucket({ name: "acme-preview", forceDestroy: true }),
    }),
  ];
  const onlyMain = aProject({ key: "api", roles: [aRole({ name: "api-deploy" })] });
  const built = synth(anAccess({ accounts: [main, production], projects: [onlyMain, aProject({ roles })] }));

  test("have nothing to do with each other", () => {
    expect(built.manifest).toEqual([
      { name: "main-api", dependencies: ["main-identity"] },
      { name: "main-identity", dependencies: ["main-state"] },
      { name: "main-state", dependencies: [] },
      { name: "main-website", dependencies: ["main-identity"] },
      { name: "prod-identity", dependencies: ["prod-state"] },
      { name: "prod-state", dependencies: [] },
      { name: "prod-website", dependencies: ["prod-identity"] },
    ]);
  });

  test("each get the roles that are theirs and no other", () => {
    expect(Object.keys(built.json("main-website").resource?.aws_iam_role ?? {})).toEqual(["preview"]);
    expect(Object.keys(built.json("prod-website").resource?.aws_iam_role ?? {})).toEqual(["deploy"]);
  });

  test("are each refused to the other's credentials, by provider and by backend", () => {
    const refusing = { allowed_account_ids: ["999988887777"], region: "eu-west-1" };
    for (const stack of ["prod-state", "prod-identity", "prod-website"]) {
      expect(built.json(stack)).toMatchObject({
        provider: { aws: [refusing] },
        terraform: { backend: { s3: { ...refusing, bucket: "acme-prod-state", key: `${stack}.tfstate` } } },
      });
    }
  });

  test("trust the provider of their own account", () => {
    expect(built.text("prod-website")).toContain("arn:aws:iam::999988887777:oidc-provider/");
    expect(built.text("prod-website")).not.toContain("123456789012");
    expect(built.text("main-website")).toContain("arn:aws:iam::123456789012:oidc-provider/");
  });

  test("protect a bucket unless the file gives it up", () => {
    const buckets = ["prod-website", "main-website"].map(
      (stack) => built.json(stack).resource?.aws_s3_bucket,
    );
    expect(buckets).toEqual([
      {
        deploy_bucket: expect.objectContaining({
          force_destroy: false,
          lifecycle: { prevent_destroy: true },
        }),
      },
      { preview_bucket: expect.not.objectContaining({ lifecycle: expect.anything() }) },
    ]);
  });
});

describe("the provider's audiences", () => {
  const asking = (audience: string, account = main) =>
    aProject({ audience, roles: [aRole({ account, grant: aGrant({ audience }) })] });

  test("are those that the account's roles ask for, once each and sorted", () => {
    const projects = [
      { ...asking("zulu"), key: "a" },
      { ...asking("alpha"), key: "b" },
      { ...asking("zulu"), key: "c" },
      { ...asking("other", production), key: "d" },
    ];
    const built = synth(anAccess({ accounts: [main, production], projects }));
    expect(clientIds(built.json("main-identity"))).toMatchObject({ client_id_list: ["alpha", "zulu"] });
    expect(clientIds(built.json("prod-identity"))).toMatchObject({ client_id_list: ["other"] });
  });

  test("are the organization's own where there is no role yet", () => {
    const built = synth(anAccess({ projects: [] }));
    expect(clientIds(built.json("main-identity"))).toMatchObject({ client_id_list: [organization.audience] });
    expect(built.manifest.map(({ name }) => name)).toEqual(["main-identity", "main-state"]);
  });
});

function providerOf(stack: string): unknown {
  return {
    region: "us-east-1",
    allowed_account_ids: ["123456789012"],
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
