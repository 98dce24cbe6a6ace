import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { refRule } from "../../lib/config/rules/git-ref";
import { cases } from "../iam/automata/cases";
import { acceptedRole, fileWithRole, located, problemsOf, refusals } from "./sample";

const branches = (list: string): string => fileWithRole(`{ people: [alice], branches: ${list} }`);
const tags = (list: string): string => fileWithRole(`{ people: [alice], tags: ${list} }`);

describe("refs of a role", () => {
  test("`any`, a list of branches, a list of tags, both lists", () => {
    expect(acceptedRole(branches("any")).grant.refs).toEqual({ kind: "any", tokensWithoutOrigin: false });
    expect(acceptedRole(branches("[main, release/*]")).grant.refs).toEqual({
      kind: "listed",
      branches: [
        { kind: "exact", name: "main" },
        { kind: "prefix", prefix: "release/" },
      ],
      tags: [],
    });
    expect(
      acceptedRole(fileWithRole("{ people: [alice], branches: [main], tags: ['*', v1] }")).grant.refs,
    ).toEqual({
      kind: "listed",
      branches: [{ kind: "exact", name: "main" }],
      tags: [
        { kind: "prefix", prefix: "" },
        { kind: "exact", name: "v1" },
      ],
    });
  });

  test("tags together with `any`", () => {
    expect(located(fileWithRole("{ people: [alice], branches: any, tags: [v1] }"))).toEqual([
      "10:49 tags-beside-any tags",
    ]);
    expect(refusals(fileWithRole("{ people: [alice], branches: [anything], tags: [v1] }"))).toEqual([]);
  });

  describe("tokens without an origin", () => {
    const role = (more: string): string => fileWithRole(`{ people: [alice], ${more} }`);
    const refsOf = (more: string): unknown => acceptedRole(role(more)).grant.refs;

    test("are allowed only with the role's own key", () => {
      expect(refsOf("branches: any, tokensWithoutOrigin: true")).toEqual({
        kind: "any",
        tokensWithoutOrigin: true,
      });
      expect(refsOf("branches: any, tokensWithoutOrigin: false")).toEqual({
        kind: "any",
        tokensWithoutOrigin: false,
      });
      expect(refsOf("branches: any")).toEqual({ kind: "any", tokensWithoutOrigin: false });
    });

    test.each([
      ["branches: [main], tokensWithoutOrigin: true", "10:52"],
      ["branches: ['*'], tokensWithoutOrigin: true", "10:51"],
      ["tags: [v1], tokensWithoutOrigin: true", "10:46"],
      ["branches: [main], tags: [v1], tokensWithoutOrigin: true", "10:64"],
    ])("name no ref, so that no list of refs can allow them: %s", (more, at) => {
      expect(located(role(more))).toEqual([
        `${at} tokens-without-origin-beside-refs tokensWithoutOrigin: true`,
      ]);
      expect(refusals(role(more.replace("true", "false")))).toEqual([]);
    });

    test("other errors of the role are reported once", () => {
      expect(refusals(role("tokensWithoutOrigin: true"))).toEqual(["refs-missing deploy"]);
      expect(refusals(role("branches: any, tags: [v1], tokensWithoutOrigin: true"))).toEqual([
        "tags-beside-any tags",
      ]);
    });

    test.each([
      ["yes", "wrong-value"],
      ['"true"', "wrong-value"],
      ["1", "wrong-type"],
      ["[true]", "wrong-type"],
      ["any", "wrong-value"],
      ["null", "missing-value"],
    ])("%s is not a boolean", (word, code) => {
      expect(problemsOf(role(`branches: any, tokensWithoutOrigin: ${word}`))).toMatchObject([
        { code, allowed: "true or false" },
      ]);
    });
  });

  test("`any` inside a list is ambiguous", () => {
    expect(refusals(branches("[any]"))).toEqual(["any-in-list any"]);
    expect(refusals(tags("[any]"))).toEqual(["any-in-list any"]);
    expect(refusals(branches("[any/thing, anyone]"))).toEqual([]);
  });

  test("full refs are rejected, with the short name as suggestion", () => {
    expect(problemsOf(branches("[refs/heads/main]"))).toMatchObject([
      { code: "ref-with-prefix", found: "refs/heads/main", fix: "write main" },
    ]);
    expect(problemsOf(tags("[refs/tags/v1]"))).toMatchObject([{ code: "ref-with-prefix", fix: "write v1" }]);
    expect(refusals(branches("[refs/pull/1/head]"))).toEqual(["ref-with-prefix refs/pull/1/head"]);
    expect(refusals(branches("[refs, heads/main, xrefs/heads/main]"))).toEqual([]);
  });

  test("a star occurs once, at the end", () => {
    for (const good of ["release/*", "v1.*", "*", "a/b-*"])
      expect(refusals(branches(`["${good}"]`))).toEqual([]);
    for (const bad of ["*/main", "a*b", "**", "a**", "a*/b*"]) {
      expect(refusals(branches(`["${bad}"]`))).toEqual([`star-not-at-end ${bad}`]);
      expect(refusals(tags(`["${bad}"]`))).toEqual([`star-not-at-end ${bad}`]);
    }
  });

  test("a duplicate", () => {
    expect(refusals(branches("[main, main]"))).toEqual(["listed-twice main"]);
    expect(refusals(tags("['v*', 'v*']"))).toEqual(["listed-twice v*"]);
    expect(refusals(branches("[main, Main, 'main*']"))).toEqual([]);
  });

  test("a prefix that no ref can have", () => {
    for (const bad of ["-*", "a//*", ".*", "a/.*", "a..*", "@{*", "/*", "a b*"]) {
      expect(refusals(branches(`["${bad}"]`))).toEqual([`malformed-ref ${bad}`]);
    }
    for (const good of ["@*", "a.*", "a.lock*", "a/*", "a-*"])
      expect(refusals(branches(`["${good}"]`))).toEqual([]);
  });
});

const good = [
  "main",
  "feature/x",
  "a.b",
  "a-b",
  "@a",
  "a@",
  "a@b",
  "ünïcödé",
  "日本",
  "a{b}",
  "${x}",
  "$%&'()+,;<=>!|",
  "a.lockx",
  "lock",
  "heads",
  "a.b.c",
  "\u0080",
];
const bad = [
  "",
  "@",
  "HEAD",
  "-",
  "-a",
  ".a",
  "a/.b",
  "a.",
  "a..b",
  "a.lock",
  "a.lock/b",
  "a/",
  "/a",
  "a//b",
  "a@{b",
  "a b",
  "a\tb",
  "a\u0001b",
  "a\u007fb",
  "a~b",
  "a^b",
  "a:b",
  "a?b",
  "a[b",
  "a\\b",
  "\ud800",
];

describe("branch and tag names follow git's rules", () => {
  test.each(good)("%j", (name) => {
    expect(refRule("branch")(name)).toBeUndefined();
    expect(refRule("tag")(name)).toBeUndefined();
  });

  test.each(bad)("%j is rejected", (name) => {
    expect(refRule("branch")(name)).toMatchObject({ code: "malformed-ref", found: name });
    expect(refRule("tag")(name)).toMatchObject({ code: "malformed-ref", found: name });
  });

  /** True if git itself takes the name for a branch. */
  const gitTakes = (name: string): boolean =>
    spawnSync("git", ["check-ref-format", `refs/heads/${name}`]).status === 0 &&
    spawnSync("git", ["check-ref-format", "--branch", name]).status === 0;

  const piece = fc.constantFrom(
    "a",
    "B",
    "1",
    ".",
    "..",
    "/",
    "@",
    "{",
    "@{",
    ".lock",
    "-",
    " ",
    "~",
    "^",
    ":",
    "?",
    "[",
    "\\",
    "ü",
    "HEAD",
    "\u007f",
    "$",
  );

  test("git agrees for every name", () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const name = pieces.join("");
        // `--branch` reads these as shorthands for another branch (`@` is HEAD, `@{-1}` the one
        // before); ours refuses them.
        fc.pre(name !== "@" && !name.includes("@{"));
        expect({ name, taken: refRule("branch")(name) === undefined }).toEqual({
          name,
          taken: gitTakes(name),
        });
      }),
      {
        ...cases(50, 1_500),
        examples: [...good, ...bad].filter((name) => name !== "\ud800").map((name) => [[name]]),
      },
    );
  });
});
