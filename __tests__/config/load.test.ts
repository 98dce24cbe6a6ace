import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { accessFromText, parseAccess } from "../../lib/config/load";
import type { Violation } from "../../lib/config/yaml/problem";
import { AccessFileError, formatProblem } from "../../lib/config/yaml/problem";
import { describeError, exitCodeOf } from "../../lib/errors";
import { anyText } from "../fixtures/any-text";
import { growthOfSteps } from "../fixtures/count-steps";
import { cases } from "../iam/automata/cases";
import { accepted, fileOf, fileWithRole, ids, rolesOf } from "./sample";

// Property tests and the large file need more than jest's five seconds on a busy machine.
const example = readFileSync(path.join(__dirname, "..", "..", "access.yaml"), "utf8");

test("the repository's own file is valid", () => {
  expect(accepted(example).projects).not.toEqual([]);
});

describe("order", () => {
  const shuffled = (value: unknown, random: () => number): unknown => {
    const shuffle = <T>(items: readonly T[]): T[] => {
      const keyed = items.map((item) => ({ item, at: random() }));
      return keyed.sort((left, right) => left.at - right.at).map(({ item }) => item);
    };
    if (Array.isArray(value)) return shuffle(value.map((item) => shuffled(item, random)));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      shuffle(Object.entries(value)).map(([key, inner]) => [key, shuffled(inner, random)]),
    );
  };

  const role = (people: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
    people,
    branches: ["main", "b", "a/*"],
    tags: ["v2", "v1"],
    account: "main",
    ...more,
  });
  const file = {
    organization: { id: ids.organization, audience: "x" },
    accounts: {
      main: { id: "123456789012", region: "us-east-1", state: { bucket: "state-main" } },
      Other: { id: "210987654321", region: "eu-west-1", state: { bucket: "state-other" } },
    },
    people: { bob: ids.bob, alice: ids.alice, Zoe: "00000000-0000-4000-8000-000000000001" },
    groups: { ops: ["bob", "alice"], all: ["Zoe", "bob"] },
    projects: {
      website: {
        id: ids.website,
        repository: "github.com/acme/website",
        roles: {
          deploy: role(["ops", "Zoe"], {
            awsTags: { b: "1", a: "2" },
            policies: ["arn:aws:iam::aws:policy/B", "arn:aws:iam::aws:policy/A"],
          }),
          preview: role("everyone", { account: "Other", bucket: { name: "acme-x", forceDestroy: true } }),
        },
      },
      shop: {
        id: ids.shop,
        repository: "github.com/acme/shop",
        audience: "y",
        roles: { z: role(["all"]), a: role(["alice", "bob"]) },
      },
    },
  };
  const straight = accepted(stringify(file));

  test("of keys and lists makes no difference to the result", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const text = stringify(shuffled(file, () => stream.next().value ?? 0));
        expect(JSON.stringify(accepted(text))).toBe(JSON.stringify(straight));
      }),
      { numRuns: 50 },
    );
  });

  test("is by code unit, in every locale", () => {
    expect(straight.accounts.map(({ key }) => key)).toEqual(["Other", "main"]);
    expect(straight.people.map(({ name }) => name)).toEqual(["Zoe", "alice", "bob"]);
    expect(straight.projects.map(({ key }) => key)).toEqual(["shop", "website"]);
    expect(Object.keys(straight.projects[1]?.roles[0]?.awsTags ?? {})).toEqual(["a", "b"]);
  });
});

describe("any text", () => {
  /**
   * Never throws; says at least one problem or gives a file; every problem stands inside the text.
   */
  const check = (text: string): void => {
    const result = parseAccess(text);
    if ("access" in result) return;
    expect(result.problems.length).toBeGreaterThan(0);
    const lines = text.split("\n");
    for (const problem of result.problems) {
      expect(problem.code).toMatch(/^[a-z][a-z-]*$/);
      expect(Number.isInteger(problem.line) && problem.line >= 1 && problem.line <= lines.length).toBe(true);
      expect(problem.column).toBeGreaterThanOrEqual(1);
      expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1] ?? "").length + 1);
      for (const text of [problem.message, problem.allowed, problem.fix]) expect(text).not.toBe("");
    }
  };

  test("from nothing", () => {
    fc.assert(fc.property(anyText(200), check), cases(60, 5_000));
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom(..."[]{}:,-?&*!|>'\"%@` \n\t#ab1~<\0\r"), { maxLength: 60 })
          .map((all) => all.join("")),
        check,
      ),
      cases(100, 10_000),
    );
  });

  test("from JSON of any shape", () => {
    fc.assert(fc.property(fc.json(), check), cases(50, 3_000));
    const keys = [
      "organization",
      "accounts",
      "people",
      "groups",
      "projects",
      "id",
      "roles",
      "branches",
      "statements",
      "Condition",
      "bucket",
      "x",
      "__proto__",
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 7 },
        fc.constantFrom<unknown>("any", "everyone", "x", ids.alice, "", 1, true, null),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => check(JSON.stringify(value))),
      cases(60, 5_000),
    );
  });

  test("from the example with parts removed, repeated and inserted", () => {
    const whole = `${example}\n${rolesOf({ a: "{ people: [alice], statements: [{ Effect: Allow, Condition: { Bool: { a:b: 'true' } } }] }" })}`;
    const piece = fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom(": ", "\n", "  ", "- ", "[", "}", "*a", "&a ", "!x ", '"', "1", "null", "\n---\n", "#"),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(example, whole),
        fc.array(fc.tuple(fc.nat(), fc.nat(30), piece), { minLength: 1, maxLength: 4 }),
        (text, edits) => {
          let mutated = text;
          for (const [seed, cut, added] of edits) {
            const at = seed % (mutated.length + 1);
            mutated = mutated.slice(0, at) + added + mutated.slice(at + cut);
          }
          check(mutated);
        },
      ),
      cases(60, 5_000),
    );
  });
});

describe("further checks of finished roles", () => {
  const violation: Violation = {
    code: "trust-policy-too-long",
    message: "m",
    found: "3000",
    allowed: "2048",
    fix: "f",
  };

  test("run on every role, and report with the place of its key", () => {
    const everyone = "{ people: everyone, branches: any }";
    const text = fileOf({ projects: rolesOf({ preview: everyone, deploy: everyone }) });
    const result = parseAccess(text, [(role) => (role.key === "deploy" ? violation : undefined)]);
    const path = ["projects", "website", "roles", "deploy"];
    expect(result).toEqual({ problems: [{ ...violation, line: 11, column: 7, path }] });
    expect(parseAccess(text, [() => undefined])).toMatchObject({ access: accepted(text) });
  });

  test("do not run if the file has other problems", () => {
    const seen: string[] = [];
    parseAccess(fileWithRole("{ people: [nobody], branches: [main] }"), [(role) => void seen.push(role.key)]);
    expect(seen).toEqual([]);
  });
});

describe("the error", () => {
  const thrown = (text: string): unknown => {
    try {
      accessFromText(text, "team/access.yaml");
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test("lists every problem as compilers do, and ends with exit code 2", () => {
    const error = thrown(fileOf({ people: "{}", groups: "{}" }));
    expect(error).toBeInstanceOf(AccessFileError);
    expect(error).toMatchObject({
      code: "access-file-invalid",
      exitCode: 2,
      problems: [{ code: "empty-map" }, { code: "empty-map" }],
    });
    expect(exitCodeOf(error)).toBe(2);
    const lines = describeError(error).split("\n");
    expect(lines[0]).toBe("error[access-file-invalid]: team/access.yaml has 2 problems");
    expect(lines[1]).toMatch(
      /^team\/access\.yaml:3:9: error\[empty-map\]: people: .*found `\{\}`, allowed: /,
    );
    expect(lines[2]).toMatch(/^ {2}→ /);
    expect(lines[3]).toMatch(/^team\/access\.yaml:4:9: error\[empty-map\]: groups: /);
    expect(accessFromText(example, "access.yaml")).toEqual(accepted(example));
  });

  test("shows list items with their index, and escapes control characters", () => {
    const result = parseAccess(fileWithRole('{ people: [alice], branches: ["a\\e[31m\\u202e b"] }'));
    const [problem] = "problems" in result ? result.problems : [];
    if (problem === undefined) throw new Error("no problem");
    expect(problem.found).toBe("a\u001b[31m\u202e b");
    const text = formatProblem("access.yaml", problem);
    expect(text).toContain("projects.website.roles.deploy.branches[0]:");
    expect(text).toContain("`a\\u001b[31m\\u202e b`");
    for (const hidden of ["\u001b", "\u202e"]) expect(text).not.toContain(hidden);
  });
});

test("1,000 projects with two roles each, and 50 people, are read", () => {
  const uuid = (kind: number, i: number): string =>
    `${String(kind).repeat(8)}-0000-4000-8000-${String(i).padStart(12, "0")}`;
  const people = Array.from({ length: 50 }, (_, i) => `\n  person${i}: ${uuid(1, i)}`).join("");
  const projectsOf = (length: number) =>
    Array.from(
      { length },
      (_, i) =>
        `\n  project${i}:\n    id: ${uuid(2, i)}\n    repository: github.com/acme/p${i}\n    roles:\n      preview: { people: everyone, branches: any, bucket: p${i}-preview }\n      deploy: { people: [person${i % 50}], branches: [main, release/*], bucket: p${i}-deploy }`,
    ).join("");
  const read = (size: number) => accepted(fileOf({ people, projects: projectsOf(size) })).projects;
  expect(read(1_000)).toHaveLength(1_000);
  // Notices what grows with the square of the projects.
  expect(growthOfSteps(150, read)).toBeLessThan(2.5);
});
