import { accountView } from "../../lib/config/model/account-view";
import { grantingProjects } from "../../lib/config/model/grants";
import { trustPolicyOf } from "../../lib/iam/write/trust/trust-policy";
import { accepted, ids, located, refusals } from "./sample";

const PARTNER = "12345678-0d5b-4a52-9e7d-0c6f0b7a1d12";
const MAIN = `main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } }`;
const PROD = `prod: { id: "210987654321", region: us-east-1, state: { bucket: acme-prod-state } }`;

/**
 * Line 1 organizations, 2 accounts, 3 people, 4 projects, 5 website, 6 its roles, 7 shop, 8 its
 * roles.
 */
function fileOf({
  organizations = `organizations: { acme: { id: ${ids.organization}, default: true }, partner: { id: ${PARTNER} } }`,
  accounts = `{ ${MAIN} }`,
  website = "",
  shop = "organization: partner, ",
  account = "",
} = {}): string {
  const who = `people: [alice], branches: [main]${account}`;
  return [
    organizations,
    `accounts: ${accounts}`,
    `people: { alice: ${ids.alice} }`,
    "projects:",
    `  website: { ${website}id: ${ids.website}, repository: github.com/acme/website,`,
    `    roles: { deploy: { ${who} } } }`,
    `  shop: { ${shop}id: ${ids.shop}, repository: github.com/partner/shop,`,
    `    roles: { deploy: { ${who} } } }`,
    "",
  ].join("\n");
}

test("a project belongs to the organization that it names, or to the default one", () => {
  const access = accepted(fileOf());
  expect(access.organizations).toEqual([
    { key: "acme", isDefault: true, id: ids.organization, audience: ids.organization },
    { key: "partner", isDefault: false, id: PARTNER, audience: PARTNER },
  ]);
  const of = Object.fromEntries(access.projects.map(({ key, organization }) => [key, organization.key]));
  expect(of).toEqual({ website: "acme", shop: "partner" });
});

test("a role's trust policy is the one of a file with its project's organization alone", () => {
  const trustOf = (text: string, project: string): unknown => {
    const found = grantingProjects(accepted(text)).find(({ key }) => key === project);
    return found?.roles.map((role) => JSON.parse(JSON.stringify(trustPolicyOf(role))));
  };
  const alone = (id: string) => fileOf({ organizations: `organization: { id: ${id} }`, shop: "" });
  expect(trustOf(fileOf(), "shop")).toEqual(trustOf(alone(PARTNER), "shop"));
  expect(trustOf(fileOf(), "website")).toEqual(trustOf(alone(ids.organization), "website"));
  expect(trustOf(fileOf(), "shop")).not.toEqual(trustOf(alone(ids.organization), "shop"));
  expect(JSON.stringify(trustOf(fileOf(), "shop"))).not.toContain(ids.organization);
});

test("one organization by a name is the same as `organization`", () => {
  const named = accepted(
    fileOf({ organizations: `organizations: { acme: { id: ${ids.organization} } }`, shop: "" }),
  );
  const single = accepted(fileOf({ organizations: `organization: { id: ${ids.organization} }`, shop: "" }));
  const withoutNames = JSON.parse(
    JSON.stringify(named, (key, value) => (key === "key" && value === "acme" ? undefined : value)),
  );
  expect(withoutNames).toEqual(JSON.parse(JSON.stringify(single)));
});

test("an account has the providers that its roles trust, and the only provider even without a role", () => {
  const several = accepted(fileOf({ accounts: `{ ${MAIN}, ${PROD} }`, account: ", account: main" }));
  const names = (key: string) =>
    accountView(several, { key }).providers.map(({ organization }) => organization.key);
  expect(names("main")).toEqual(["acme", "partner"]);
  expect(names("prod")).toEqual([]);
  const one = accepted(
    fileOf({
      organizations: `organization: { id: ${ids.organization} }`,
      accounts: `{ ${MAIN}, ${PROD} }`,
      account: ", account: main",
      shop: "",
    }),
  );
  expect(accountView(one, { key: "prod" }).providers).toHaveLength(1);
});

test("the account's further audiences are those of the default organization's provider", () => {
  const provider = ", provider: { audiences: [legacy] } }";
  const file = (organizations?: string) =>
    fileOf({
      ...(organizations === undefined ? {} : { organizations, website: "organization: acme, " }),
      accounts: `{ ${MAIN.replace(/ }$/, provider)} }`,
    });
  const { providers } = accountView(accepted(file()), { key: "main" });
  expect(providers.map(({ audiences }) => audiences)).toEqual([
    [ids.organization, "legacy"].sort(),
    [PARTNER],
  ]);
  const none = `organizations: { acme: { id: ${ids.organization} }, partner: { id: ${PARTNER} } }`;
  expect(located(file(none))).toEqual([
    expect.stringMatching(/^2:\d+ default-organization-needed audiences$/),
  ]);
});

const acme = `acme: { id: ${ids.organization} }`;
const partner = `partner: { id: ${PARTNER} }`;

test.each([
  ["no organization", { organizations: "", shop: "" }, ["missing-key organization"]],
  [
    "`organization` beside `organizations`",
    {
      organizations: `organization: { id: ${ids.organization} }\norganizations: { ${partner} }`,
      website: "organization: partner, ",
    },
    ["organization-beside-organizations organization"],
  ],
  ["an empty map", { organizations: "organizations: {}", shop: "" }, ["empty-map {}"]],
  [
    "several, and a project that names none",
    { organizations: `organizations: { ${acme}, ${partner} }` },
    ["missing-key organization"],
  ],
  ["a misspelt name", { shop: "organization: partnr, " }, ["unknown-organization partnr"]],
  [
    "a name beside `organization`",
    { organizations: `organization: { id: ${ids.organization} }` },
    ["unknown-organization partner"],
  ],
  [
    "two default organizations",
    {
      organizations: `organizations: { acme: { id: ${ids.organization}, default: true }, partner: { id: ${PARTNER}, default: true } }`,
    },
    ["several-default-organizations default: true"],
  ],
  [
    "one ID twice",
    {
      organizations: `organizations: { ${acme}, partner: { id: ${ids.organization} } }`,
      website: "organization: acme, ",
    },
    [`duplicate-organization-id ${ids.organization}`],
  ],
  [
    "the ID of a project",
    {
      organizations: `organizations: { ${acme}, partner: { id: ${ids.shop} } }`,
      website: "organization: acme, ",
    },
    [`id-of-something-else ${ids.shop}`],
  ],
  [
    "a name that is no Terraform address",
    { organizations: `organizations: { "a b": { id: ${ids.organization} } }`, shop: "" },
    ["bad-name a b"],
  ],
])("%s is an error", (_, pieces, expected) => {
  expect(refusals(fileOf(pieces))).toEqual(expected);
});

test("the quota of audiences is that of each organization's provider", () => {
  const projects = (organization: string, count: number): readonly string[] =>
    Array.from(
      { length: count },
      (_, index) =>
        `  ${organization}-${index}: { organization: ${organization}, audience: ${organization}${index}, id: ${idOf(organization, index)}, repository: github.com/acme/a, roles: { deploy: { people: everyone, branches: any } } }`,
    );
  const file = (ofAcme: number, ofPartner: number): string =>
    [
      `organizations: { ${acme}, ${partner} }`,
      `accounts: { ${MAIN} }`,
      `people: { alice: ${ids.alice} }`,
      "projects:",
      ...projects("acme", ofAcme),
      ...projects("partner", ofPartner),
      "",
    ].join("\n");
  expect(refusals(file(99, 99))).toEqual([]);
  expect(refusals(file(100, 99))).toEqual(["too-many-audiences 101 audiences"]);
});

function idOf(organization: string, index: number): string {
  const first = organization === "acme" ? "a" : "b";
  return `${first.repeat(8)}-0d5b-4a52-9e7d-${String(index).padStart(12, "0")}`;
}
