import {
  accepted,
  fileOf,
  fileWithRole,
  ids,
  located,
  problemsOf,
  refusals,
  rolesOf,
  twoAccounts,
} from "./sample";

const role = "{ people: everyone, branches: any }";

describe("repository: as in CircleCI's tokens", () => {
  const withRepository = (repository: string): string =>
    fileWithRole(role).replace("github.com/acme/website", JSON.stringify(repository));

  test.each([
    "github.com/acme/website",
    "bitbucket.org/a.b/c_d",
    "gitlab.com/group/sub-group/x",
    "git.acme.example/~me/x",
    "github.com/acme/git",
  ])("%s", (repository) => {
    expect(accepted(withRepository(repository)).projects[0]?.repository).toBe(repository);
  });

  test.each([
    "https://github.com/acme/website",
    "http://github.com/acme/website",
    "git@github.com:acme/website.git",
    "git@github.com:acme/website",
    "ssh://git@github.com/acme/website.git",
    "github.com/acme/website.git",
    "github.com/acme/website/",
    "https://me:pw@github.com/acme/website",
    "git://github.com/acme/website.git/",
  ])("the error for %s suggests CircleCI's form", (repository) => {
    expect(problemsOf(withRepository(repository))).toMatchObject([
      { code: "repository-is-url", found: repository, fix: "write github.com/acme/website" },
    ]);
  });

  test.each([
    "",
    "acme/website",
    "github.com/acme",
    "github.com//website",
    "/github.com/acme/website",
    "github.com/acme/web site",
    "github.com/acme/*",
    "github.com/acme/web?ite",
    "github.com/acme/${x}",
    "github.com/acme/..",
    "github.com/acme/ü",
    "github.com:acme/website",
    "github.com/vcs-ref/website",
    "github.com/acme/vcs-origin",
    "github.com/acme/website\n",
  ])("%j is rejected", (repository) => {
    expect(refusals(withRepository(repository))).toEqual([`malformed-repository ${repository}`]);
  });

  test("a missing host", () => {
    expect(problemsOf(withRepository("acme/website"))[0]?.fix).toContain("github.com/acme/website");
    expect(refusals(withRepository("github.com/acme/my-vcs-ref"))).toEqual([]);
  });
});

describe("keys become Terraform ids", () => {
  const project = (key: string): string =>
    fileOf({ projects: rolesOf({ a: role }).replace("website:", `${JSON.stringify(key)}:`) });
  const named = (key: string): string =>
    fileOf({ projects: rolesOf({ [JSON.stringify(key)]: role.replace("}", ", name: x }") }) });
  const account = (key: string): string => fileOf().replace("{ main:", `{ ${JSON.stringify(key)}:`);

  test.each(["a", "A", "web-site_2", "constructor", "a".repeat(62)])("%s", (key) => {
    expect(refusals(project(key))).toEqual([]);
    expect(refusals(named(key))).toEqual([]);
    expect(refusals(account(key))).toEqual([]);
  });

  test.each(["", "1a", "-a", "_a", "a.b", "a/b", "a b", "ä", "a:b", "$" + "{a}", "..", "a".repeat(65)])(
    "%j is rejected, not rewritten",
    (key) => {
      expect(refusals(project(key))).toContain(`bad-name ${key}`);
      expect(refusals(named(key))).toEqual([`bad-name ${key}`]);
      expect(refusals(account(key))).toEqual([`bad-name ${key}`]);
    },
  );
});

describe("stack names", () => {
  const projects = (...keys: readonly string[]): string =>
    keys
      .map((key, i) => {
        const [name, account] = key.split("@");
        const id = `77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f${String(10 + i)}`;
        const where = account === undefined ? "" : `, account: ${account}`;
        return `\n  ${name}: { id: ${id}, repository: github.com/acme/${name}, roles: { r: { people: everyone, branches: any, name: n${i}${where} } } }`;
      })
      .join("");
  const accounts = (a: string, b: string): string =>
    `{ ${a}: { id: "123456789012", region: us-east-1, state: { bucket: state-a } }, ${b}: { id: "210987654321", region: us-east-1, state: { bucket: state-b } } }`;

  test("a project cannot have the name of an account's own stack", () => {
    expect(located(fileOf({ projects: projects("state") }))).toEqual(["6:3 stack-name-collision main-state"]);
    expect(refusals(fileOf({ projects: projects("Identity") }))).toEqual([
      "stack-name-collision main-Identity",
    ]);
    expect(refusals(fileOf({ projects: projects("states", "identities") }))).toEqual([]);
  });

  test("two projects that differ only in case", () => {
    expect(refusals(fileOf({ projects: projects("web", "Web") }))).toEqual(["stack-name-collision main-Web"]);
    expect(refusals(fileOf({ projects: projects("web@main", "Web@other"), accounts: twoAccounts }))).toEqual(
      [],
    );
  });

  test("account and project that give the same stack name", () => {
    const both = { accounts: accounts("a-b", "a") };
    expect(refusals(fileOf({ ...both, projects: projects("c@a-b", "b-c@a") }))).toEqual([
      "stack-name-collision a-b-c",
    ]);
    expect(refusals(fileOf({ ...both, projects: projects("c@a-b", "bc@a") }))).toEqual([]);
    expect(refusals(fileOf({ ...both, projects: projects("b-state@a") }))).toEqual([
      "stack-name-collision a-b-state",
    ]);
  });

  test("two accounts that differ only in case", () => {
    expect(refusals(fileOf({ accounts: accounts("main", "Main") }))).toEqual([
      "stack-name-collision Main-state",
      "stack-name-collision Main-identity",
    ]);
  });
});

describe("one entry for each project", () => {
  test("a duplicate ID", () => {
    const second = `${rolesOf({ a: role })}${rolesOf({ b: role }).replace("website:", "shop:")}`;
    expect(refusals(fileOf({ projects: second }))).toEqual([`duplicate-project-id ${ids.website}`]);
    expect(refusals(fileOf({ projects: second.replace(ids.website, ids.shop) }))).toEqual([]);
  });
});

describe("audiences of a provider", () => {
  const file = (count: number, accounts?: string): string =>
    fileOf({
      projects: Array.from({ length: count }, (_, i) => {
        const id = `77c2a8e4-5b1d-4f60-8a3e-${String(i).padStart(12, "0")}`;
        const account = accounts === undefined ? "main" : i % 2 === 0 ? "main" : "other";
        return `\n  p${i}: { id: ${id}, repository: github.com/acme/p${i}, audience: a${i}, roles: { r: { people: everyone, branches: any, account: ${account} } } }`;
      }).join(""),
      ...(accounts === undefined ? {} : { accounts }),
    });

  test("at most 100 for each account, including the organization's", () => {
    expect(refusals(file(99))).toEqual([]);
    expect(located(file(100))).toEqual(["2:13 too-many-audiences 101 audiences"]);
    expect(refusals(file(100, twoAccounts))).toEqual([]);
    expect(refusals(file(200, twoAccounts))).toEqual([
      "too-many-audiences 101 audiences",
      "too-many-audiences 101 audiences",
    ]);
  });
});
