import type { Organization } from "../../lib/config/model/model";
import { aBucket, aGrant, anAccess, anAccount, aProject, aRole, organization } from "../fixtures/access";
import { type StackJson, synth } from "./synth";

const main = anAccount();
const production = anAccount({
  key: "prod",
  id: "999988887777",
  region: "eu-west-1",
  stateBucket: "acme-prod-state",
});

function clientIds({ resource }: StackJson): unknown {
  return resource?.aws_iam_openid_connect_provider?.circleci;
}

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

  test("are independent", () => {
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

  test("each get only their own roles", () => {
    expect(Object.keys(built.json("main-website").resource?.aws_iam_role ?? {})).toEqual(["preview"]);
    expect(Object.keys(built.json("prod-website").resource?.aws_iam_role ?? {})).toEqual(["deploy"]);
  });

  test("each reject the other's credentials, in provider and backend", () => {
    const denying = { allowed_account_ids: ["999988887777"], region: "eu-west-1" };
    for (const stack of ["prod-state", "prod-identity", "prod-website"]) {
      expect(built.json(stack)).toMatchObject({
        provider: { aws: [denying, denying] },
        terraform: { backend: { s3: { ...denying, bucket: "acme-prod-state", key: `${stack}.tfstate` } } },
      });
    }
  });

  test("trust the provider of their own account", () => {
    expect(built.text("prod-website")).toContain("arn:aws:iam::999988887777:oidc-provider/");
    expect(built.text("prod-website")).not.toContain("123456789012");
    expect(built.text("main-website")).toContain("arn:aws:iam::123456789012:oidc-provider/");
  });

  test("protect a bucket unless the file disables it", () => {
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

test("in another partition every policy names that partition only", () => {
  const china = anAccount({ region: "cn-north-1", partition: "aws-cn" });
  const roles = [aRole({ account: china, bucket: aBucket() })];
  const built = synth(anAccess({ accounts: [china], projects: [aProject({ roles })] }));
  for (const stack of ["main-state", "main-website"]) {
    const partitions = new Set(built.text(stack).match(/arn:[a-z-]+:/g));
    expect([...partitions]).toEqual(["arn:aws-cn:"]);
  }
});

test("a role's tags are also set on its bucket", () => {
  const role = aRole({ bucket: aBucket(), awsTags: { team: "web" } });
  const { resource } = synth(anAccess({ projects: [aProject({ roles: [role] })] })).json("main-website");
  expect(resource).toMatchObject({
    aws_iam_role: { deploy: { tags: { team: "web" } } },
    aws_s3_bucket: { deploy_bucket: { tags: { team: "web" } } },
  });
});

describe("the provider's audiences", () => {
  const asking = (audience: string, account = main) =>
    aProject({ audience, roles: [aRole({ account, grant: aGrant({ audience }) })] });

  test("are those that the account's roles require, unique and sorted", () => {
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

  test("are the organization's own without a role", () => {
    const built = synth(anAccess({ projects: [] }));
    expect(clientIds(built.json("main-identity"))).toMatchObject({ client_id_list: [organization.audience] });
    expect(built.manifest.map(({ name }) => name)).toEqual(["main-identity", "main-state"]);
  });
});

describe("several organizations", () => {
  const partner: Organization = {
    key: "partner",
    isDefault: false,
    id: "12345678-0d5b-4a52-9e7d-0c6f0b7a1d12",
    audience: "12345678-0d5b-4a52-9e7d-0c6f0b7a1d12",
  };
  const acme: Organization = { ...organization, key: "acme" };
  const shop = aProject({
    key: "shop",
    id: "88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f04",
    organization: partner,
    audience: partner.audience,
    roles: [
      aRole({
        name: "shop-deploy",
        grant: aGrant({
          organization: partner.id,
          audience: partner.audience,
          project: "88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f04",
        }),
      }),
    ],
  });
  const one = synth(anAccess());
  const both = synth(
    anAccess({ organizations: [acme, partner], projects: [shop, aProject({ organization: acme })] }),
  );

  test("an account has the provider of each, and the default one keeps its address", () => {
    const before = one.json("main-identity").resource?.aws_iam_openid_connect_provider;
    const after = both.json("main-identity").resource?.aws_iam_openid_connect_provider;
    expect(after).toEqual({
      ...before,
      circleci_partner: {
        url: `https://oidc.circleci.com/org/${partner.id}`,
        client_id_list: [partner.audience],
      },
    });
  });

  test("one by a name writes the bytes of a file with `organization`, in every stack", () => {
    const only = { ...acme, isDefault: true };
    const named = synth(anAccess({ organizations: [only], projects: [aProject({ organization: only })] }));
    const texts = (from: typeof one) => from.manifest.map(({ name }) => [name, from.text(name)]);
    expect(texts(named)).toEqual(texts(one));
    expect(texts(one).map(([name]) => name)).toEqual(["main-identity", "main-state", "main-website"]);
  });

  test("leave the stacks of projects as they are in a file with one", () => {
    expect(both.text("main-website")).toBe(one.text("main-website"));
    expect(both.text("main-shop")).not.toContain(organization.id);
  });
});
