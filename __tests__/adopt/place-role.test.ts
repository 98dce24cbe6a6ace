import { printProposal } from "../../lib/adopt/print/proposal";
import { printPolicy } from "../../lib/iam/language/document";
import { trustPolicyOf } from "../../lib/iam/write/trust/trust-policy";
import { issuerHost } from "../../lib/token/issuer";
import { fileOf, fileWithRole, ids } from "../config/sample";
import { aGrant, aRole } from "../fixtures/access";
import { aFoundRole, anInventory } from "./an-inventory";
import { importsIn, proposed } from "./proposed";

test("a role that equals a grant for another repository than the file's stays hand-written", async () => {
  const text = fileWithRole("{ people: [alice], branches: [main] }").replace(
    "github.com/acme/website",
    "github.com/acme/other",
  );
  const { roles, changes } = await proposed(text);
  expect(roles[0]).toMatchObject({
    project: "website",
    kept: expect.stringContaining("github.com/acme/other"),
  });
  expect(roles[0]).not.toHaveProperty("grant");
  expect(changes.map(({ file }) => file)).toContain("adopted/main/ci-deploy/trust.json");
});

test("a role that every project may assume goes to --project, to the only project, or to a project of its own", async () => {
  const wide = aFoundRole()
    .trust.replaceAll("StringEquals", "StringLike")
    .replace(/(org\/[0-9a-f-]+\/project\/)[^"]+/, "$1*");
  const inventory = anInventory({ roles: [aFoundRole({ name: "wide", trust: wide })] });
  const one = fileWithRole("{ people: [alice], branches: [main] }");
  const homeOf = async (text: string, project?: string) => {
    const options = project === undefined ? {} : { project };
    const { roles, access } = await proposed(text, { inventory }, options);
    expect(roles[0]).not.toHaveProperty("grant");
    expect(
      access.projects.find(({ key }) => key === roles[0]?.project)?.roles.map(({ name }) => name),
    ).toContain("wide");
    return roles[0]?.project;
  };
  expect(await homeOf(fileOf())).toBe("shared");
  expect(await homeOf(one)).toBe("website");
  expect(await homeOf(one, "platform")).toBe("platform");
  // One letter beside a project of the file is no new one.
  await expect(homeOf(one, "webiste")).rejects.toMatchObject({ code: "unknown-project", found: "webiste" });
});

test("a role that every project may assume is worse if it is an administrator, by what its policies contain", async () => {
  const host = issuerHost({ organization: ids.organization });
  const everyProject = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${host}:aud`]: ids.organization },
        StringLike: { [`${host}:sub`]: `org/${ids.organization}/project/*` },
      },
    },
  });
  const own = "arn:aws:iam::123456789012:policy/own";
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" },
  });
  const policies = [{ arn: own, name: "own", path: "/", document }];
  const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
  const roles = [
    aFoundRole({ name: "admin", trust: everyProject, attached: [administrator] }),
    aFoundRole({ name: "bounded", trust: everyProject, attached: [administrator], boundary: own }),
    aFoundRole({ name: "reader", trust: everyProject, attached: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
  ];
  const { roles: placed } = await proposed(
    fileOf(),
    { inventory: anInventory({ roles, policies }) },
    { project: "website" },
  );
  const worse = placed.filter(
    ({ understanding }) =>
      understanding.kind === "hand-written" &&
      understanding.findings.some(({ id }) => id === "project-wildcard-with-admin"),
  );
  expect(worse.map(({ found }) => found.name)).toEqual(["admin"]);
  expect(placed).toHaveLength(3);
});

describe("several organizations", () => {
  const partner = "11111111-2222-4333-8444-555555555555";
  const unknown = "22222222-3333-4444-8555-666666666666";
  const text = fileWithRole("{ people: [alice], branches: [main] }").replace(
    `organization: { id: ${ids.organization} }`,
    `organizations: { acme: { id: ${ids.organization}, default: true }, partner: { id: ${partner} } }`,
  );
  const trustOf = (organization: string, project: string = ids.shop) =>
    printPolicy(trustPolicyOf(aRole({ grant: aGrant({ organization, audience: organization, project }) })));
  const arnOf = (organization: string) =>
    `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${organization}`;
  const aProvider = (organization: string, audiences: readonly string[] = [organization]) => ({
    arn: arnOf(organization),
    url: `https://oidc.circleci.com/org/${organization}`,
    kind: "own" as const,
    audiences,
    thumbprints: [],
    tags: {},
  });
  // Every project of the organization: no grant describes it.
  const openTo = (organization: string) =>
    trustOf(organization).replaceAll(`/project/${ids.shop}/`, "/project/*/");

  test("each role goes to the organization whose provider its trust policy names", async () => {
    const inventory = anInventory({
      providers: [aProvider(ids.organization, [ids.organization, "extra"]), aProvider(partner)],
      roles: [
        aFoundRole({ name: "of-partner", trust: trustOf(partner) }),
        aFoundRole({ name: "of-acme", trust: trustOf(ids.organization, ids.website) }),
        aFoundRole({ name: "open-to-partner", trust: openTo(partner) }),
        aFoundRole({ name: "open-to-acme", trust: openTo(ids.organization) }),
      ],
    });
    const { access, roles, changes, takesProvider } = await proposed(text, { inventory });
    const organizationOf = (key: string) => access.projects.find((one) => one.key === key)?.organization.key;
    expect(
      roles.map(({ found, project, grant }) => [
        found.name,
        organizationOf(project),
        project,
        grant !== undefined,
      ]),
    ).toEqual([
      ["of-partner", "partner", "project-88c2a8e4", true],
      ["of-acme", "acme", "website", true],
      ["open-to-partner", "partner", "project-88c2a8e4", false],
      ["open-to-acme", "acme", "website", false],
    ]);
    expect(takesProvider).toBe(true);
    expect(access.accounts[0]?.provider.audiences).toEqual(["extra"]);
    expect(importsIn(changes)).toMatchObject({
      main: {
        "main-identity": {
          "aws_iam_openid_connect_provider.circleci": arnOf(ids.organization),
          "aws_iam_openid_connect_provider.circleci_partner": arnOf(partner),
        },
      },
    });
  });

  test("a role of two organizations, or of one that is not in the file, stays as it is, and that is said", async () => {
    const [first, second] = [trustOf(ids.organization), trustOf(partner)].map((one) => JSON.parse(one));
    const both = JSON.stringify({ ...first, Statement: [...first.Statement, ...second.Statement] });
    const inventory = anInventory({
      roles: [
        aFoundRole({ name: "both", trust: both }),
        aFoundRole({ name: "other", trust: trustOf(unknown) }),
      ],
    });
    const { roles } = await proposed(text, { inventory });
    expect(
      roles.map(({ understanding }) => (understanding.kind === "hand-written" ? understanding.reason : "")),
    ).toEqual([
      "it trusts the OIDC providers of 2 organizations of access.yaml",
      `it trusts ${arnOf(unknown)}, the OIDC provider of no organization in access.yaml`,
    ]);
  });

  test("without a default organization, a new project names its own; a provider without roles is not adopted", async () => {
    const inventory = anInventory({
      providers: [aProvider(ids.organization), aProvider(partner)],
      roles: [aFoundRole({ name: "of-partner", trust: trustOf(partner) })],
    });
    const none = fileOf().replace(
      `organization: { id: ${ids.organization} }`,
      `organizations: { acme: { id: ${ids.organization} }, partner: { id: ${partner} } }`,
    );
    const proposal = await proposed(none, { inventory });
    expect(proposal.access.projects.map(({ organization }) => organization.key)).toEqual(["partner"]);
    expect(printProposal(proposal)).toContain(
      `  provider     ${arnOf(ids.organization)}: not adopted: no role of its organization is in this account`,
    );
    expect(printProposal(proposal)).not.toContain(`${arnOf(partner)}: not adopted`);
  });
});
