import {
  accepted,
  fileOf,
  fileWithRole,
  ids,
  located,
  problemsOf,
  refusals,
  rolesOf,
  roleWith,
  textAt,
} from "./sample";

const { alice, bob, website } = ids;

describe("keys", () => {
  test("every missing required key is reported at its map", () => {
    expect(located("{}\n")).toEqual([
      "1:1 missing-key accounts",
      "1:1 missing-key people",
      "1:1 missing-key projects",
      "1:1 missing-key organization",
    ]);
    const text = fileOf({ accounts: "{ main: {} }", organization: "{}", projects: "{ website: {} }" });
    expect(located(text)).toEqual([
      "1:1 missing-key id",
      "2:13 missing-key id",
      "2:13 missing-key region",
      "2:13 missing-key state",
      "5:13 missing-key roles",
      "5:13 missing-key id",
      "5:13 missing-key repository",
    ]);
  });

  test("a role requires people, and branches or tags", () => {
    expect(located(fileWithRole("{}"))).toEqual(["10:7 missing-key people", "10:7 refs-missing deploy"]);
    expect(refusals(fileWithRole("{ people: [alice] }"))).toEqual(["refs-missing deploy"]);
    expect(refusals(fileWithRole("{ people: [alice], tags: [v1] }"))).toEqual([]);
    expect(refusals(fileWithRole("{ branches: [main] }"))).toEqual(["missing-key people"]);
  });

  test("an unknown key at every level, with a suggestion", () => {
    const cases: readonly (readonly [text: string, found: string, meant: string])[] = [
      [`${fileOf()}project: {}\n`, "project", "projects"],
      [fileOf({ organization: `{ id: ${ids.organization}, audiance: x }` }), "audiance", "audience"],
      [
        fileOf({ projects: "{ website: { respository: github.com/acme/website } }" }),
        "respository",
        "repository",
      ],
      [roleWith("brnches: any"), "brnches", "branches"],
      [roleWith("awstags: { a: b }"), "awstags", "awsTags"],
      [roleWith("bucket: { name: acme-x, kmskey: x }"), "kmskey", "kmsKey"],
      [roleWith("statements: [{ effect: Allow, Action: '*', Resource: '*' }]"), "effect", "Effect"],
    ];
    for (const [text, found, meant] of cases) {
      const problem = problemsOf(text).find(({ code }) => code === "unknown-key");
      expect(problem?.found).toBe(found);
      const isOnlyCase = found.toLowerCase() === meant.toLowerCase();
      expect(problem?.fix).toContain(isOnlyCase ? `write \`${meant}:\`` : `"${meant}"`);
      expect(problem && textAt(text, problem).startsWith(found)).toBe(true);
    }
  });

  test("a key unlike any known one gets no suggestion", () => {
    const [problem] = problemsOf(`${fileOf()}zzzzzz: 1\n`);
    expect(problem?.code).toBe("unknown-key");
    expect(problem?.fix).not.toContain("did you mean");
  });

  test("a misspelled key is one problem, not also a missing key", () => {
    expect(refusals(fileOf().replace("projects:", "porjects:"))).toEqual(["unknown-key porjects"]);
  });
});

describe("empty maps and lists", () => {
  test("a missing key grants nothing", () => {
    expect(located(fileOf({ accounts: "{}" }))).toEqual(["2:11 empty-map {}"]);
    expect(located(fileOf({ people: "{}" }))).toEqual(["3:9 empty-map {}"]);
    expect(located(fileOf({ groups: "{}" }))).toEqual(["4:9 empty-map {}"]);
    expect(located(fileOf({ groups: "{ ops: [] }" }))).toEqual(["4:16 empty-list []"]);
    expect(refusals(fileOf({ projects: rolesOf({}).replace("roles:", "roles: {}") }))).toEqual([
      "empty-map {}",
    ]);
    expect(refusals(fileWithRole("{ people: [], branches: [main] }"))).toEqual(["empty-list []"]);
    expect(refusals(fileWithRole("{ people: [alice], branches: [] }"))).toEqual(["empty-list []"]);
    expect(refusals(fileWithRole("{ people: [alice], branches: [main], tags: [] }"))).toEqual([
      "empty-list []",
    ]);
    for (const key of ["policies", "statements"])
      expect(refusals(roleWith(`${key}: []`))).toEqual(["empty-list []"]);
    expect(refusals(roleWith("awsTags: {}"))).toEqual(["empty-map {}"]);
  });

  test("a key without a value is not an empty list", () => {
    expect(located(fileOf({ groups: "" }))).toEqual(["4:1 missing-value nothing"]);
    expect(located(fileOf({ projects: "" }))).toEqual(["5:1 missing-value nothing"]);
    expect(refusals(fileWithRole("{ people: , branches: ~ }"))).toEqual([
      "missing-value nothing",
      "missing-value ~",
    ]);
  });

  test("an explicit empty map of projects is valid", () => {
    expect(accepted(fileOf({ projects: "{}" })).projects).toEqual([]);
  });
});

describe("wrong types", () => {
  test.each([
    [roleWith("session: 1h"), "wrong-value 1h"],
    [roleWith("session: '3600'"), "wrong-value 3600"],
    [roleWith("bucket: [a]"), "wrong-type a list"],
    [roleWith("bucket: 12"), "wrong-type 12"],
    [roleWith("bucket: { name: acme-x, forceDestroy: 'yes' }"), "wrong-value yes"],
    [roleWith("description: true"), "wrong-type true"],
    [roleWith("awsTags: { cost: 0012 }"), "wrong-type 0012"],
    [roleWith("policies: arn"), "not-a-list arn"],
    [fileWithRole("{ people: alice, branches: [main] }"), "not-a-list alice"],
    [fileWithRole("{ people: [alice], branches: main }"), "not-a-list main"],
    [fileWithRole("{ people: [alice], tags: v1 }"), "not-a-list v1"],
    [fileWithRole("{ people: { alice: 1 }, branches: [main] }"), "wrong-type a map"],
    [fileWithRole("{ people: [alice], branches: [1.10] }"), "wrong-type 1.10"],
    [fileWithRole("{ people: [alice], branches: [0x1F, main] }"), "wrong-type 0x1F"],
    [fileWithRole("{ people: [alice], branches: [[main]] }"), "wrong-type a list"],
    [fileWithRole("[]"), "wrong-type a list"],
    [fileOf({ groups: "[a]" }), "wrong-type a list"],
    [fileOf({ people: `{ alice: { id: ${alice} } }` }), "wrong-type a map"],
    [fileOf({ projects: "[]" }), "wrong-type a list"],
  ])("%s", (text, refusal) => {
    expect(refusals(text)).toEqual([refusal]);
  });

  test("a misspelling of the only allowed word gets a suggestion", () => {
    const [people] = problemsOf(fileWithRole("{ people: everyon, branches: any }"));
    expect(people?.fix).toContain("did you mean everyone");
    const [branches] = problemsOf(fileWithRole("{ people: everyone, branches: Any }"));
    expect(branches?.fix).toContain("did you mean any");
  });

  test("text that looks like another type may be quoted", () => {
    expect(refusals(fileWithRole("{ people: [alice], branches: ['1.10', 'true'] }"))).toEqual([]);
    expect(refusals(roleWith("awsTags: { cost: '0012' }"))).toEqual([]);
  });
});

describe("account ids", () => {
  const withId = (id: string): string =>
    fileOf({ accounts: `{ main: { id: ${id}, region: us-east-1, state: { bucket: acme-state } } }` });

  test("12 digits in quotes, including leading zeros", () => {
    expect(accepted(withId('"012345678901"')).accounts[0]?.id).toBe("012345678901");
    expect(accepted(withId("'000000000000'")).accounts[0]?.id).toBe("000000000000");
  });

  test("a number is reported as such, with the digits as written", () => {
    expect(located(withId("012345678901"))).toEqual(["2:25 account-id-number 012345678901"]);
    expect(refusals(withId("123456789012"))).toEqual(["account-id-number 123456789012"]);
    expect(refusals(withId("0o12345"))).toEqual(["account-id-number 0o12345"]);
    expect(problemsOf(withId("12345678901"))[0]?.fix).toContain('"012345678901"');
    expect(problemsOf(withId("012345678901"))[0]?.fix).toContain('"012345678901"');
  });

  test.each([
    '"12345678901"',
    '"1234567890123"',
    '"1234-5678-9012"',
    '"12345678901a"',
    '" 123456789012"',
    '"１２３４５６７８９０１２"',
  ])("%s is invalid", (id) => {
    expect(refusals(withId(id))).toEqual([`malformed-account-id ${id.slice(1, -1)}`]);
  });
});

describe("UUIDs", () => {
  const places: readonly (readonly [where: string, file: (id: string) => string])[] = [
    ["organization", (id) => fileOf({ organization: `{ id: ${id} }` })],
    ["person", (id) => fileOf({ people: `{ alice: ${id} }` })],
    ["project", (id) => fileWithRole("{ people: everyone, branches: any }").replace(website, id)],
  ];
  const good = "12345678-90ab-cdef-1234-567890abcdef";

  test.each(places)("of a %s", (_, file) => {
    expect(refusals(file(good))).toEqual([]);
    for (const bad of [
      good.slice(1),
      `${good}0`,
      good.replaceAll("-", ""),
      good.replace("a", "g"),
      `"{${good}}"`,
      `"${good} "`,
    ]) {
      expect(refusals(file(bad))).toEqual([`malformed-uuid ${bad.replaceAll('"', "")}`]);
    }
    expect(refusals(file(good.toUpperCase()))).toEqual([`uuid-not-lower-case ${good.toUpperCase()}`]);
    expect(problemsOf(file(good.toUpperCase()))[0]?.fix).toContain(good);
  });
});

test("every problem of a file is reported at once, each at its place", () => {
  const text = [
    "organization: { id: 6F2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11, audiense: x }",
    "accounts:",
    "  main: { id: 012345678901, region: us-east1, state: { bucket: Acme } }",
    `people: { alice: x, everyone: ${alice}, bob: ${bob}, rob: ${bob} }`,
    "groups: { alice: [bobb], ops: [] }",
    "projects:",
    "  website:",
    "    id: 77c2a8e4",
    "    repository: https://github.com/acme/website.git",
    "    roles:",
    "      preview: { people: everyon, branches: main, account: mian, session: 60 }",
    "      deploy:",
    "        people: [alcie, everyone, alice, alice, 3]",
    "        branches: any",
    "        tags: [refs/tags/x, a*b, any, -x]",
    "        bucket: { nam: x }",
    "        awsTags: { managed-By: 1 }",
    "        statements:",
    "          - { Effect: Alow, Action: [], Condition: { StringEqual: { a: true } }, Principal: '*' }",
    "      1st: {}",
    "  2: []",
  ].join("\n");
  expect(located(text)).toEqual([
    "1:21 uuid-not-lower-case 6F2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
    "1:59 unknown-key audiense",
    "3:15 account-id-number 012345678901",
    "3:37 malformed-region us-east1",
    "3:64 malformed-bucket-name Acme",
    "4:18 malformed-uuid x",
    "4:21 reserved-name everyone",
    `4:117 duplicate-person-id ${bob}`,
    "5:11 group-named-as-person alice",
    "5:19 unknown-person bobb",
    "5:31 empty-list []",
    "8:9 malformed-uuid 77c2a8e4",
    "9:17 repository-is-url https://github.com/acme/website.git",
    "11:26 not-a-list everyon",
    "11:45 not-a-list main",
    "11:60 unknown-account mian",
    "11:75 session-out-of-range 60",
    "13:18 unknown-person alcie",
    "13:25 everyone-in-list everyone",
    "13:42 listed-twice alice",
    "13:49 wrong-type 3",
    "15:9 tags-beside-any tags",
    "15:16 ref-with-prefix refs/tags/x",
    "15:29 star-not-at-end a*b",
    "15:34 any-in-list any",
    "15:39 malformed-ref -x",
    "16:19 unknown-key nam",
    "17:20 reserved-tag managed-By",
    "17:32 wrong-type 1",
    "19:13 resource-missing Resource",
    "19:23 wrong-value Alow",
    "19:37 empty-list []",
    "19:54 unknown-operator StringEqual",
    "19:69 malformed-condition-key a",
    "19:72 wrong-type true",
    "19:82 principal-refused Principal",
    "20:7 bad-name 1st",
    "20:7 missing-key people",
    "20:7 refs-missing 1st",
    "21:3 key-not-text 2",
  ]);
});
