import { DEFAULT_TAG_KEYS } from "../../lib/config/rules/aws-tags";
import {
  acceptedRole,
  fileOf,
  fileWithRole,
  ids,
  located,
  problemsOf,
  refusals,
  rolesOf,
  roleWith,
  twoAccounts,
} from "./sample";

const plain = fileWithRole("{ people: [alice], branches: [main] }");

test("a role with only people and refs gets all defaults", () => {
  const account = {
    key: "main",
    id: "123456789012",
    region: "us-east-1",
    partition: "aws",
    stateBucket: "acme-state",
    trustPolicyQuota: 2048,
    provider: { audiences: [], awsTags: {}, defaultTags: true, isProtected: false },
  };
  expect(acceptedRole(plain)).toEqual({
    key: "deploy",
    account,
    name: "website-deploy",
    path: "/",
    description: "CircleCI website/deploy, managed by cdktf-circleci-oidc",
    sessionSeconds: 3600,
    grant: {
      organization: ids.organization,
      audience: ids.organization,
      project: ids.website,
      repository: "github.com/acme/website",
      people: { kind: "listed", members: [{ name: "alice", id: ids.alice }] },
      refs: { kind: "listed", branches: [{ kind: "exact", name: "main" }], tags: [] },
    },
    policies: [],
    statements: [],
    inlinePolicies: [],
    awsTags: {},
    defaultTags: true,
    isProtected: false,
    pipeline: { run: [], contexts: [] },
  });
});

test("an account's trustPolicyQuota: whole characters, 2048 to 8192", () => {
  const withQuota = (quota: string) =>
    fileWithRole("{ people: [alice], branches: [main] }", {
      accounts: `{ main: { id: "123456789012", region: us-east-1, trustPolicyQuota: ${quota}, state: { bucket: acme-state } } }`,
    });
  for (const good of ["2048", "4096", "8192"])
    expect(acceptedRole(withQuota(good)).account.trustPolicyQuota).toBe(Number(good));
  for (const bad of ["2047", "8193", "0", "-1", "4096.5"])
    expect(refusals(withQuota(bad))).toEqual([`trust-policy-quota-out-of-range ${bad}`]);
  expect(refusals(withQuota('"4096"'))).toEqual(["wrong-value 4096"]);
});

test("session: whole seconds, 3600 to 43200", () => {
  for (const good of [3600, 43200])
    expect(acceptedRole(roleWith(`session: ${good}`)).sessionSeconds).toBe(good);
  for (const bad of ["3599", "43201", "0", "-3600", "3600.5"]) {
    expect(refusals(roleWith(`session: ${bad}`))).toEqual([`session-out-of-range ${bad}`]);
  }
  expect(refusals(roleWith("session: .nan"))).toEqual(["wrong-type .nan"]);
  expect(refusals(roleWith("session: .inf"))).toHaveLength(1);
});

describe("audience", () => {
  test("the project's, else the organization's, else the organization's ID", () => {
    const organization = `{ id: ${ids.organization}, audience: sts.amazonaws.com }`;
    const projects = rolesOf({ deploy: "{ people: everyone, branches: any }" });
    const own = projects.replace("    roles:", "    audience: own\n    roles:");
    expect(acceptedRole(fileOf({ projects })).grant.audience).toBe(ids.organization);
    expect(acceptedRole(fileOf({ projects, organization })).grant.audience).toBe("sts.amazonaws.com");
    expect(acceptedRole(fileOf({ projects: own, organization })).grant.audience).toBe("own");
  });

  test("1-255 printable characters that start no policy variable", () => {
    const file = (audience: string): string =>
      fileOf({ organization: `{ id: ${ids.organization}, audience: ${audience} }` });
    for (const good of ["x".repeat(255), "https://x.example/y?z=1", '"a*b$"'])
      expect(refusals(file(good))).toEqual([]);
    for (const bad of ["", "x".repeat(256), "a b", "ü", "${aws:x}", "a\\n"]) {
      expect(refusals(file(`"${bad}"`)).map((text) => text.split(" ")[0])).toEqual(["malformed-audience"]);
    }
  });
});

describe("role names", () => {
  test("64 characters of IAM's set, given or derived from two keys", () => {
    expect(acceptedRole(roleWith(`name: "${"a".repeat(64)}"`)).name).toHaveLength(64);
    expect(acceptedRole(roleWith('name: "a_+=,.@-9"')).name).toBe("a_+=,.@-9");
    expect(refusals(roleWith(`name: ${"a".repeat(65)}`))).toEqual([`role-name-too-long ${"a".repeat(65)}`]);
    for (const bad of ["a b", "a/b", "a:b", "ü", ""])
      expect(refusals(roleWith(`name: "${bad}"`))).toEqual([`malformed-role-name ${bad}`]);
    const key = "r".repeat(56);
    expect(refusals(fileOf({ projects: rolesOf({ [key]: "{ people: everyone, branches: any }" }) }))).toEqual(
      [],
    );
    expect(
      located(fileOf({ projects: rolesOf({ [`${key}r`]: "{ people: everyone, branches: any }" }) })),
    ).toEqual([`10:7 role-name-too-long website-${key}r`]);
    expect(
      refusals(
        fileOf({ projects: rolesOf({ [`${key}r`]: "{ people: everyone, branches: any, name: short }" }) }),
      ),
    ).toEqual([]);
  });

  const two = (first: string, second: string, accounts?: string): string =>
    fileOf({
      projects: rolesOf({
        a: `{ people: everyone, branches: any, ${first} }`,
        b: `{ people: everyone, branches: any, ${second} }`,
      }),
      ...(accounts === undefined ? {} : { accounts }),
    });

  test("unique in an account, ignoring case", () => {
    expect(located(two("name: Deploy", "name: deploy"))).toEqual(["11:51 duplicate-role-name deploy"]);
    expect(refusals(two("name: website-b", "session: 3600"))).toEqual(["duplicate-role-name website-b"]);
    expect(refusals(two("name: deploy1", "name: deploy2"))).toEqual([]);
    expect(refusals(two("name: x, account: main", "name: x, account: other", twoAccounts))).toEqual([]);
    expect(refusals(two("name: x, account: main", "name: X, account: main", twoAccounts))).toEqual([
      "duplicate-role-name X",
    ]);
  });
});

test("path: by IAM's rules", () => {
  for (const good of ["/", "/a/", "/a/b/", `/${"a".repeat(510)}/`])
    expect(acceptedRole(roleWith(`path: ${good}`)).path).toBe(good);
  for (const bad of ["", "a", "/a", "a/", "/a b/", "/ü/", `/${"a".repeat(511)}/`]) {
    expect(refusals(roleWith(`path: "${bad}"`))).toEqual([`malformed-path ${bad}`]);
  }
  expect(problemsOf(roleWith("path: a/b"))[0]?.fix).toBe("write /a/b/");
});

test("description: by IAM's rules; an empty one is rejected", () => {
  for (const good of ["", "x".repeat(1000), "héllo, wörld ¡"])
    expect(acceptedRole(roleWith(`description: "${good}"`)).description).toBe(good);
  for (const bad of ["x".repeat(1001), "日本", "\u0085"]) {
    expect(refusals(roleWith(`description: ${JSON.stringify(bad)}`))).toEqual([
      `malformed-description ${bad}`,
    ]);
  }
});

describe("accounts", () => {
  const role = (more: string): string => roleWith(more, { accounts: twoAccounts });

  test("required if there are several, and must exist", () => {
    expect(acceptedRole(plain).account.key).toBe("main");
    expect(acceptedRole(roleWith("account: main")).account.key).toBe("main");
    expect(acceptedRole(role("account: other")).account).toMatchObject({ key: "other", partition: "aws-cn" });
    expect(located(role("session: 3600"))).toEqual(["12:7 account-needed deploy"]);
    expect(problemsOf(role("session: 3600"))[0]?.fix).toBe(
      "add a line such as `account: main` to website/deploy",
    );
    expect(refusals(role("account: mian"))).toEqual(["unknown-account mian"]);
    expect(problemsOf(role("account: mian"))[0]?.fix).toContain('"main"');
    expect(refusals(roleWith("account: zzz"))).toEqual(["unknown-account zzz"]);
    expect(refusals(roleWith("account: constructor"))).toEqual(["unknown-account constructor"]);
  });

  test("a second account: one error for all roles and buckets, with the line to add", () => {
    const roles = {
      deploy: "{ people: everyone, branches: any }",
      preview: "{ people: everyone, branches: any }",
    };
    const buckets = "\n    buckets: { assets: { name: acme-assets } }";
    const text = fileOf({ accounts: twoAccounts, projects: rolesOf(roles) + buckets });
    expect(located(text)).toEqual([
      "12:7 account-needed website/deploy, website/preview, website/assets (bucket)",
    ]);
    expect(problemsOf(text)[0]).toMatchObject({
      message:
        "the file has several accounts, so each of these 3 roles and buckets must name one: website/deploy, website/preview, website/assets (bucket)",
      allowed: "main, other",
      fix: "add a line such as `account: main` to each of them",
    });
  });

  test("each account ID occurs once", () => {
    const accounts = `{ a: { id: "123456789012", region: us-east-1, state: { bucket: state-a } }, b: { id: "123456789012", region: eu-west-1, state: { bucket: state-b } } }`;
    expect(refusals(fileOf({ accounts }))).toEqual(["duplicate-account-id 123456789012"]);
    expect(refusals(fileOf({ accounts: accounts.replace("123456789012", "023456789012") }))).toEqual([]);
  });

  test.each([
    ["us-east-1", "aws"],
    ["eu-central-1", "aws"],
    ["ap-southeast-5", "aws"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["us-isof-south-1", "aws-iso-f"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("region %s belongs to partition %s", (region, partition) => {
    expect(acceptedRole(plain.replace("us-east-1", region)).account).toMatchObject({ region, partition });
  });

  test.each([
    "us-east",
    "us-east1",
    "US-EAST-1",
    "us-east-1a",
    "us_east_1",
    "useast-1",
    "us-east-0",
    "global",
  ])("%s is not a region", (region) => {
    expect(refusals(plain.replace("us-east-1", region))).toEqual([`malformed-region ${region}`]);
  });
});

test("a region of another form is not suggested as one", () => {
  const [problem] = problemsOf(plain.replace("us-east-1", "mars"));
  expect(problem).toMatchObject({ code: "malformed-region", found: "mars" });
  expect(problem?.fix).toContain("aws ec2 describe-regions");
});

describe("awsTags", () => {
  const tagged = (count: number): string =>
    roleWith(`awsTags: { ${Array.from({ length: count }, (_, i) => `key${i}: v`).join(", ")} }`);

  test("50 tags, minus those that this project sets", () => {
    expect(DEFAULT_TAG_KEYS).toHaveLength(3);
    expect(Object.keys(acceptedRole(tagged(47)).awsTags)).toHaveLength(47);
    expect(located(tagged(48))).toEqual(["10:52 too-many-tags 48 tags"]);
  });

  test("keys", () => {
    for (const good of ["k".repeat(128), "Team name", "ü/日:=+-@_.", "x-aws:", "awsx", "managed-by-us"]) {
      expect(acceptedRole(roleWith(`awsTags: { "${good}": "v" }`)).awsTags).toEqual({ [good]: "v" });
    }
    for (const bad of ["k".repeat(129), "a,b", "a;b", "a\u{1f600}", ""]) {
      expect(refusals(roleWith(`awsTags: { "${bad}": "v" }`))).toEqual([`malformed-tag ${bad}`]);
    }
    for (const bad of ["aws:x", "AWS:x", "aWs:", ...DEFAULT_TAG_KEYS, "Managed-By", "TERRAFORM-STATE"]) {
      expect(refusals(roleWith(`awsTags: { "${bad}": "v" }`))).toEqual([`reserved-tag ${bad}`]);
    }
    expect(refusals(roleWith("awsTags: { Team: a, team: b }"))).toEqual(["duplicate-tag team"]);
  });

  test("values", () => {
    for (const good of ["", "v".repeat(256), "日本 x"])
      expect(acceptedRole(roleWith(`awsTags: { k: "${good}" }`)).awsTags).toEqual({ k: good });
    for (const bad of ["v".repeat(257), "a,b", "${x}"])
      expect(refusals(roleWith(`awsTags: { k: "${bad}" }`))).toEqual([`malformed-tag ${bad}`]);
  });
});
