import { parseImports } from "../../lib/adopt/imports/imports-file";
import { holderKey } from "../../lib/adopt/inventory/states";
import { accessFromText } from "../../lib/config/load";
import { hasGrant } from "../../lib/config/model/grants";
import { printPolicy } from "../../lib/iam/language/document";
import { provenTrustPolicy } from "../../lib/iam/write/trust/proven-trust-policy";
import { trustPolicyOf } from "../../lib/iam/write/trust/trust-policy";
import { issuerHost } from "../../lib/token/issuer";
import { fileOf, fileWithRole, ids, rolesOf } from "../config/sample";
import { aGrant, anyRef, anyRefOrNone, aRole, everyone } from "../fixtures/access";
import { aFoundRole, anInventory } from "./an-inventory";
import { importsIn, proposed } from "./proposed";

const PROJECT = "project-77c2a8e4";

test("a role becomes an entry, and every resource of it an import", async () => {
  const { changes, roles } = await proposed(fileOf());
  expect(roles.map(({ project, key }) => `${project}/${key}`)).toEqual([`${PROJECT}/ci-deploy`]);
  expect(importsIn(changes)).toEqual({
    main: {
      [`main-${PROJECT}`]: {
        "aws_iam_role.ci-deploy": "ci-deploy",
        "aws_iam_role_policies_exclusive.ci-deploy_only_these_inline": "ci-deploy",
        "aws_iam_role_policy_attachments_exclusive.ci-deploy_only_these_attached": "ci-deploy",
      },
    },
  });
  expect(changes.map(({ file }) => file)).toEqual(["imports.json", "access.yaml"]);
});

test.each([
  ["any ref of the repository", anyRef],
  ["any ref, and tokens without an origin", anyRefOrNone],
])("a role for %s is adopted with the access that it allows, as its entry states", async (_, granted) => {
  const trust = printPolicy(trustPolicyOf(aRole({ grant: aGrant({ people: everyone, refs: granted }) })));
  const inventory = anInventory({ roles: [aFoundRole({ trust })] });
  const { changes } = await proposed(fileWithRole("{ people: [alice], branches: [main] }"), { inventory });
  const written = changes.find(({ file }) => file === "access.yaml")?.after ?? "";
  expect(written.includes("tokensWithoutOrigin: true")).toBe(granted.tokensWithoutOrigin);
  const adopted = accessFromText(written, "access.yaml")
    .projects.flatMap(({ roles }) => roles)
    .find(({ name }) => name === "ci-deploy");
  if (adopted === undefined || !hasGrant(adopted)) throw new Error("it was not understood");
  expect(adopted.grant.refs).toEqual(granted);
  expect(JSON.parse(provenTrustPolicy(adopted))).toEqual(JSON.parse(trust));
});

test("an account without CircleCI roles is not changed", async () => {
  const { changes } = await proposed(fileOf(), { inventory: anInventory({ roles: [] }) });
  expect(changes).toEqual([]);
});

test("a resource that is already in the state is not imported again", async () => {
  const text = fileWithRole("{ people: [alice], branches: [main], name: ci-deploy }");
  const addresses = new Set([
    "main-website/aws_iam_role.deploy",
    "main-website/aws_iam_role_policies_exclusive.deploy_only_these_inline",
    "main-website/aws_iam_role_policy_attachments_exclusive.deploy_only_these_attached",
  ]);
  const { changes } = await proposed(text, { states: { addresses, holders: new Map() } });
  expect(changes).toEqual([]);
});

test("a declared resource that is in no state is imported as declared, and its entry stays", async () => {
  const text = fileWithRole("{ people: [alice], branches: [main], name: CI-Deploy }");
  const inventory = anInventory({ roles: [aFoundRole({ name: "CI-Deploy" })] });
  const { matched, changes, roles } = await proposed(text, { inventory });
  expect([matched, roles, changes.map(({ file }) => file)]).toEqual([["CI-Deploy"], [], ["imports.json"]]);
});

test("an object that another state of the project holds is an error before anything is written", async () => {
  const holders = new Map([[holderKey("aws_iam_role", "ci-deploy"), "main-old/aws_iam_role.x"]]);
  await expect(proposed(fileOf(), { states: { addresses: new Set(), holders } })).rejects.toMatchObject({
    code: "import-held-elsewhere",
    found: "ci-deploy",
  });
});

test("an address that imports.json gives to another object is an error", async () => {
  const text = fileWithRole("{ people: [alice], branches: [main], name: ci-deploy }");
  const before = {
    version: 1,
    import: { main: { "main-website": { "aws_iam_role.deploy": "other" } } },
    forget: {},
  };
  const transfers = parseImports(JSON.stringify(before), "imports.json");
  await expect(proposed(text, { transfers })).rejects.toMatchObject({
    code: "import-conflict",
    found: "other",
  });
});

test("an object that imports.json gives to another address already is an error", async () => {
  const before = {
    version: 1,
    import: { main: { "main-old": { "aws_iam_role.x": "ci-deploy" } } },
    forget: {},
  };
  const transfers = parseImports(JSON.stringify(before), "imports.json");
  await expect(proposed(fileOf(), { transfers })).rejects.toMatchObject({
    code: "imported-twice",
    found: "ci-deploy",
  });
});

test("--only adopts the named roles, and an unknown role is an error", async () => {
  const inventory = anInventory({ roles: ["one", "two"].map((name) => aFoundRole({ name })) });
  const { roles } = await proposed(fileOf(), { inventory }, { only: ["two"] });
  expect(roles.map(({ found }) => found.name)).toEqual(["two"]);
  await expect(proposed(fileOf(), { inventory }, { only: ["tow"] })).rejects.toMatchObject({
    code: "unknown-role",
  });
});

test("a role's entry has every setting that differs from the defaults", async () => {
  const found = aFoundRole({
    path: "/ci/",
    description: "it deploys",
    sessionSeconds: 7_200,
    tags: { team: "web", "aws:cloudformation:stack-name": "x" },
    attached: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    boundary: "arn:aws:iam::123456789012:policy/b",
    inline: [
      {
        name: "logs",
        document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*"}]}`,
      },
    ],
  });
  const { access, changes } = await proposed(fileOf(), { inventory: anInventory({ roles: [found] }) });
  expect(access.projects[0]?.roles[0]).toMatchObject({
    name: "ci-deploy",
    path: "/ci/",
    description: "it deploys",
    sessionSeconds: 7_200,
    awsTags: { team: "web" },
    policies: found.attached,
    permissionsBoundary: found.boundary,
    defaultTags: false,
    isProtected: true,
    grant: aRole().grant,
    inlinePolicies: [{ name: "logs", file: "adopted/main/ci-deploy/inline/logs.json" }],
  });
  expect(importsIn(changes)).toMatchObject({
    main: {
      [`main-${PROJECT}`]: {
        "aws_iam_role_policy.ci-deploy_inline_logs_98f38f12": "ci-deploy:logs",
        "aws_iam_role_policy_attachment.ci-deploy_attached_ReadOnlyAccess_2a3bda39":
          "ci-deploy/arn:aws:iam::aws:policy/ReadOnlyAccess",
      },
    },
  });
});

test("with --default-tags the project's own tags are added without a key that disables them", async () => {
  const tags = { "managed-by": "hand", team: "web" };
  const inventory = anInventory({ roles: [aFoundRole({ tags })] });
  const without = await proposed(fileOf(), { inventory });
  expect(without.access.projects[0]?.roles[0]).toMatchObject({ awsTags: tags, defaultTags: false });
  const withTags = await proposed(fileOf(), { inventory }, { defaultTags: true });
  expect(withTags.access.projects[0]?.roles[0]).toMatchObject({
    awsTags: { team: "web" },
    defaultTags: true,
  });
});

test("a second run finds what the first wrote and changes nothing", async () => {
  const first = await proposed(fileOf());
  const texts = new Map(first.changes.map(({ file, after }) => [file, after]));
  const importsText = texts.get("imports.json");
  const again = await proposed(texts.get("access.yaml") ?? "", {
    importsText,
    transfers: parseImports(importsText ?? "", "imports.json"),
  });
  expect(again.changes).toEqual([]);
});

describe("a file with several accounts, each with a provider, role, policy and bucket of the same name", () => {
  const other = '{ id: "210987654321", region: us-east-1, state: { bucket: acme-state-other } }';
  const role = (account: string) =>
    `{ account: ${account}, people: [alice], branches: [main], name: deploy }`;
  const text = fileOf({
    accounts: `{ main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } }, other: ${other} }`,
    projects: rolesOf({ here: role("main"), there: role("other") }),
  });
  const url = `https://${issuerHost({ organization: ids.organization })}`;
  const inventoryOf = (account: string) =>
    anInventory({
      account,
      providers: [
        {
          arn: `arn:aws:iam::${account}:oidc-provider/${url.slice("https://".length)}`,
          url,
          kind: "own",
          audiences: [ids.organization],
          thumbprints: [],
          tags: {},
        },
      ],
      roles: [aFoundRole({ name: "deploy", arn: `arn:aws:iam::${account}:role/deploy` })],
    });

  test.each([
    ["main", "123456789012", "here"],
    ["other", "210987654321", "there"],
  ])("%s is adopted alone", async (key, id, roleKey) => {
    const access = accessFromText(text, "access.yaml");
    const account = access.accounts.find((one) => one.key === key);
    if (account === undefined) throw new Error("no account");
    const { changes } = await proposed(text, { access, account, inventory: inventoryOf(id) });
    expect(importsIn(changes)).toEqual({
      [key]: {
        [`${key}-identity`]: {
          "aws_iam_openid_connect_provider.circleci": `arn:aws:iam::${id}:oidc-provider/${url.slice("https://".length)}`,
        },
        [`${key}-website`]: {
          [`aws_iam_role.${roleKey}`]: "deploy",
          [`aws_iam_role_policies_exclusive.${roleKey}_only_these_inline`]: "deploy",
          [`aws_iam_role_policy_attachments_exclusive.${roleKey}_only_these_attached`]: "deploy",
        },
      },
    });
  });

  test("accounts adopted one after the other: the first account's entries stay", async () => {
    const access = accessFromText(text, "access.yaml");
    const [main, second] = access.accounts;
    if (main === undefined || second === undefined) throw new Error("no accounts");
    const first = await proposed(text, { access, account: main, inventory: inventoryOf("123456789012") });
    const both = await proposed(text, {
      access,
      account: second,
      inventory: inventoryOf("210987654321"),
      transfers: first.transfers,
    });
    expect([...both.transfers.keys()]).toEqual(["main", "other"]);
    expect(both.transfers.get("main")).toEqual(first.transfers.get("main"));
  });
});
