import { parseAccess } from "../../lib/config/load";
import { hasGrant } from "../../lib/config/model/grants";
import type { AnyRole } from "../../lib/config/model/model";
import { accepted, fileOf, fileWithRole, refusals, rolesOf, roleWith, twoAccounts } from "./sample";

/** Files of a project that has `trust.json` and `logs.json`. */
const FILES: Readonly<Record<string, string>> = { "adopted/trust.json": "{}", "adopted/logs.json": "[]" };

function parsed(text: string) {
  return parseAccess(text, [], (file) => {
    const found = FILES[file];
    return found === undefined
      ? {
          violation: {
            code: "document-missing",
            message: "there is no such file",
            found: file,
            allowed: "a file",
            fix: "restore it",
          },
        }
      : { text: found };
  });
}

function roleIn(text: string): AnyRole {
  const result = parsed(text);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const role = result.access.projects[0]?.roles[0];
  if (role === undefined) throw new Error("no role");
  return role;
}

function refused(text: string): readonly string[] {
  const result = parsed(text);
  return "problems" in result ? result.problems.map(({ code, found }) => `${code} ${found}`) : [];
}

describe("a trust policy in a file of its own", () => {
  test("alone it is hand-written: the file does not state who may assume the role", () => {
    const role = roleIn(fileWithRole("{ trust: adopted/trust.json }"));
    expect(hasGrant(role)).toBe(false);
    expect(role.trust).toEqual({ file: "adopted/trust.json", text: "{}" });
  });

  test("with people and refs it is an equivalent policy, kept as it is", () => {
    const role = roleIn(roleWith("trust: adopted/trust.json"));
    expect(hasGrant(role)).toBe(true);
    expect(role.trust).toEqual({ file: "adopted/trust.json", text: "{}" });
  });

  test.each([
    ["people alone", "{ trust: adopted/trust.json, people: [alice] }", "refs-missing deploy"],
    ["refs alone", "{ trust: adopted/trust.json, branches: [main] }", "missing-key people"],
    ["neither a trust policy nor people", "{ session: 3600 }", "missing-key people"],
  ])("%s: an incomplete role is rejected", (_, role, problem) => {
    expect(refused(fileWithRole(role))).toContain(problem);
  });

  test.each(["terraform: plan", "pipeline: { run: [make] }", "tokensWithoutOrigin: true"])(
    "a hand-written role has no %s, which follows from people and refs",
    (more) => {
      const [key = ""] = more.split(":");
      expect(refused(fileWithRole(`{ trust: adopted/trust.json, ${more} }`))).toContain(
        `beside-hand-written ${key}`,
      );
    },
  );

  test("a missing file is reported at the key that names it", () => {
    expect(refused(fileWithRole("{ trust: adopted/gone.json }"))).toEqual([
      "document-missing adopted/gone.json",
    ]);
    expect(refusals(fileWithRole("{ trust: adopted/trust.json }"))).toEqual([
      "document-unreadable adopted/trust.json",
    ]);
  });

  test.each([
    "../trust.json",
    "/etc/trust.json",
    "./trust.json",
    "a/../trust.json",
    "a//b.json",
    "trust.yaml",
    ".git/x.json",
    "a\\\\b.json",
    "",
  ])("%j is not a file of the project, and is not read", (file) => {
    expect(refused(fileWithRole(`{ trust: "${file}" }`))).toHaveLength(1);
    expect(refused(fileWithRole(`{ trust: "${file}" }`))[0]).toMatch(/^malformed-document-file /);
  });
});

test("inline policies keep their names, sorted", () => {
  const role = roleIn(roleWith(`inlinePolicies: { "z@1": adopted/logs.json, a: adopted/trust.json }`));
  expect(role.inlinePolicies).toEqual([
    { name: "a", file: "adopted/trust.json", text: "{}" },
    { name: "z@1", file: "adopted/logs.json", text: "[]" },
  ]);
  expect(refused(roleWith(`inlinePolicies: { "a b": adopted/logs.json }`))).toEqual([
    "malformed-policy-name a b",
  ]);
  expect(refused(roleWith("inlinePolicies: {}"))).toEqual(["empty-map {}"]);
});

test("defaultTags and protect, off and on", () => {
  const [plain, kept] = [roleWith("session: 3600"), roleWith("defaultTags: false, protect: true")].map(
    roleIn,
  );
  expect([plain?.defaultTags, plain?.isProtected]).toEqual([true, false]);
  expect([kept?.defaultTags, kept?.isProtected]).toEqual([false, true]);
});

describe("a project", () => {
  const project = (keys: string, role: string): string =>
    fileOf({ projects: `{ shared: { ${keys}roles: { wide: ${role} } } }` });

  test("with only hand-written roles needs no ID and no repository", () => {
    expect(refused(project("", "{ trust: adopted/trust.json }"))).toEqual([]);
  });

  test("with a role that states who may assume it needs an ID and a repository", () => {
    expect(refused(project("", "{ people: [alice], branches: [main] }"))).toEqual([
      "missing-key id",
      "missing-key repository",
    ]);
  });

  test("has its own buckets, each with its unmanaged settings", () => {
    const text = fileOf({
      accounts: twoAccounts,
      projects: `${rolesOf({ deploy: "{ people: [alice], branches: [main], account: main }" })}
    buckets:
      logs: { name: acme-logs, account: main, keep: [versioning, lifecycle], defaultTags: false, awsTags: { team: web } }`,
    });
    const [bucket] = accepted(text).projects[0]?.buckets ?? [];
    expect(bucket).toMatchObject({
      key: "logs",
      name: "acme-logs",
      keep: ["lifecycle", "versioning"],
      keepVersionsDays: 30,
      forceDestroy: false,
      defaultTags: false,
      awsTags: { team: "web" },
      account: { key: "main" },
    });
  });

  test.each([
    ["an unknown setting", "name: acme-logs, keep: [website]", "wrong-value website"],
    ["an empty list of unmanaged settings", "name: acme-logs, keep: []", "empty-list []"],
    ["the state bucket", "name: acme-state", "duplicate-bucket acme-state"],
    ["an unknown account", "name: acme-logs, account: mian", "unknown-account mian"],
  ])("a bucket with %s is rejected", (_, keys, problem) => {
    const text = fileOf({
      projects: `${rolesOf({ deploy: "{ people: [alice], branches: [main] }" })}\n    buckets: { logs: { ${keys} } }`,
    });
    expect(refusals(text)).toEqual([problem]);
  });
});

test("an account's provider: additional audiences, tags, protection", () => {
  const text = fileWithRole("{ people: [alice], branches: [main] }", {
    accounts: `{ main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state }, provider: { audiences: [b, a], awsTags: { team: web }, defaultTags: false, protect: true } } }`,
  });
  expect(accepted(text).accounts[0]?.provider).toEqual({
    audiences: ["a", "b"],
    awsTags: { team: "web" },
    defaultTags: false,
    isProtected: true,
  });
});
