import fc from "fast-check";
import { coverageOf } from "../../lib/circleci/filter-coverage";
import { anyRef, refs } from "../fixtures/access";
import { cases } from "../iam/automata/cases";

const main = refs({ branches: ["main"] });
const release = refs({ branches: ["release/*"] });
const version = refs({ tags: ["v*"] });

describe.each<[name: string, filters: unknown, covered: readonly unknown[]]>([
  ["no filters: all branches, no tag", undefined, ["all", "all", "not tag v*"]],
  ["only main", { branches: { only: "main" } }, ["all", "not release/*", "not tag v*"]],
  ["a list", { branches: { only: ["next", "main"] } }, ["all", "not release/*", "not tag v*"]],
  ["a pattern", { branches: { only: "/^release\\/.*$/" } }, ["not main", "all", "not tag v*"]],
  ["every branch", { branches: { only: "/.*/" } }, ["all", "all", "not tag v*"]],
  [
    "a narrower pattern",
    { branches: { only: ["main", "/release\\/1.*/"] } },
    ["all", "not release/*", "not tag v*"],
  ],
  ["main is ignored", { branches: { ignore: "main" } }, ["not main", "all", "not tag v*"]],
  [
    "a release branch is ignored",
    { branches: { ignore: ["release/1"] } },
    ["all", "not release/1", "not tag v*"],
  ],
  [
    "ignored and listed",
    { branches: { only: ["main"], ignore: ["main"] } },
    ["not main", "not release/*", "not tag v*"],
  ],
  ["branches and tags", { tags: { only: "/^v.*/" } }, ["all", "all", "all"]],
  [
    "tags alone",
    { tags: { only: "/^v.*/" }, branches: { ignore: "/.*/" } },
    ["not main", "not release/*", "all"],
  ],
  [
    "an unsupported pattern",
    { branches: { only: "/(main|release\\/.*)/" } },
    ["all", "undetermined release/*", "not tag v*"],
  ],
  [
    "a pattern that the shortest name matches, with .* after it",
    { branches: { only: "/^[rm](elease|ain).*/" }, tags: { only: "/^[vw].*$/" } },
    ["all", "undetermined release/*", "all"],
  ],
  [
    "a class and .* after it",
    { branches: { only: "/[a-z]+\\/.*/" }, tags: { only: "/v[0-9.]*.*/" } },
    ["not main", "all", "all"],
  ],
  [
    "an escaped dot and *, which differ from .*",
    { branches: { only: "/[mr][a-z]+\\/?\\.*/" }, tags: { only: "/[v]\\.*/" } },
    ["all", "not release/*", "not tag v*"],
  ],
  [
    "a lookahead",
    { branches: { only: "/[r]elease\\/(?!x).*/" }, tags: { only: "/[v]\\b.*/" } },
    ["not main", "undetermined release/*", "undetermined tag v*"],
  ],
  [
    "a broken pattern",
    { branches: { only: "/(/" } },
    ["undetermined main", "undetermined release/*", "not tag v*"],
  ],
  [
    "an expression",
    'pipeline.git.branch == "main" or pipeline.git.tag starts-with "v"',
    ["all", "not release/*", "all"],
  ],
  ["an expression with not", 'not (pipeline.git.branch == "main")', ["not main", "all", "all"]],
  [
    "an expression with and",
    'pipeline.git.branch != "main" and pipeline.git.branch starts-with "rel"',
    ["not main", "all", "not tag v*"],
  ],
  [
    "an expression about another value",
    "pipeline.parameters.deploy",
    ["undetermined main", "undetermined release/*", "undetermined tag v*"],
  ],
  [
    "a truncated expression",
    'pipeline.git.branch == "main" or',
    ["undetermined main", "undetermined release/*", "undetermined tag v*"],
  ],
  ["no filters at all", [], ["undetermined main", "undetermined release/*", "undetermined tag v*"]],
])("%s", (_, filters, covered) => {
  test.each([
    ["main", main, covered[0]],
    ["release/*", release, covered[1]],
    ["tag v*", version, covered[2]],
  ])("on %s", (_ref, asked, expected) => {
    const found = coverageOf(filters, asked);
    expect(found.kind === "all" ? "all" : `${found.kind} ${found.ref}`).toBe(expected);
  });
});

describe("every branch except main, on which the change is applied", () => {
  const every = refs({ branches: ["*"] });
  test.each<[name: string, filters: unknown, covered: string]>([
    ["main is ignored", { branches: { ignore: "main" } }, "all"],
    ["main is ignored as a pattern", { branches: { ignore: "/^main$/" } }, "all"],
    ["main is not the branch", 'pipeline.git.branch != "main"', "all"],
    ["another branch is ignored too", { branches: { ignore: ["main", "gh-pages"] } }, "not gh-pages"],
    ["more than main is ignored", { branches: { ignore: "/main.*/" } }, "not main*"],
    [
      "dependency updates are ignored",
      { branches: { ignore: ["main", "/renovate\\/.*/"] } },
      "not renovate/*",
    ],
    [
      "some branches are listed",
      { branches: { only: ["/feature\\/.*/", "main"] } },
      "not every branch except main",
    ],
    [
      "another pattern is ignored",
      { branches: { ignore: "/ma[i]n/" } },
      "undetermined every branch except main",
    ],
    [
      "what is ignored is not known",
      { branches: { ignore: { main: true } } },
      "undetermined every branch except main",
    ],
  ])("%s", (_, filters, covered) => {
    const found = coverageOf(filters, every, main);
    expect(found.kind === "all" ? "all" : `${found.kind} ${found.ref}`).toBe(covered);
  });
});

test("any ref is every branch and every tag", () => {
  expect(coverageOf(undefined, anyRef)).toEqual({ kind: "not", ref: "every tag" });
  expect(coverageOf({ tags: { only: "/.*/" } }, anyRef)).toEqual({ kind: "all" });
});

/** Names that share beginnings, so that filters tell them apart. */
const name = fc.constantFrom("main", "mainline", "release/", "release/1", "release/1/x", "r", "next");
const only = fc.oneof(
  name,
  name.map((text) => `/${text.replaceAll("/", "\\/")}.*/`),
  name.map((text) => `/^${text.replaceAll("/", "\\/")}$/`),
);
const branches = fc.record(
  { only: fc.array(only, { maxLength: 2 }), ignore: fc.array(only, { maxLength: 2 }) },
  { requiredKeys: [] },
);

/** CircleCI's rule, for one branch. */
function runs(
  { only: listed, ignore }: { only?: readonly string[]; ignore?: readonly string[] },
  branch: string,
): boolean {
  const matches = (one: string): boolean =>
    one.startsWith("/") ? new RegExp(`^(?:${one.slice(1, -1)})$`).test(branch) : one === branch;
  return (listed === undefined || listed.some(matches)) && !(ignore ?? []).some(matches);
}

test("filters of names and beginnings are decided: a covered pattern matches every branch, another has a branch", () => {
  const found = { all: 0, not: 0 };
  const texts = [name, fc.constantFrom("", "*")] as const;
  fc.assert(
    fc.property(branches, fc.tuple(...texts), fc.option(fc.tuple(...texts)), (filter, [text, end], left) => {
      const except = left === null ? undefined : refs({ branches: [left.join("")] });
      const isAsked = (branch: string): boolean =>
        left === null || (left[1] === "" ? branch !== left[0] : !branch.startsWith(left[0]));
      const coverage = coverageOf({ branches: filter }, refs({ branches: [`${text}${end}`] }), except);
      if (coverage.kind === "undetermined") throw new Error(`undetermined on ${coverage.ref}`);
      found[coverage.kind] += 1;
      if (coverage.kind === "all") {
        const ends = end === "" ? [""] : ["", "0", "/1", "line", "1", "1/x", "zz"];
        for (const branch of ends.map((more) => text + more).filter(isAsked))
          expect([branch, runs(filter, branch)]).toEqual([branch, true]);
      } else {
        const branch = coverage.ref.replace(/^every branch.*|\*$/, "~other");
        expect([branch, isAsked(branch), runs(filter, branch)]).toEqual([branch, true, false]);
        expect(branch.startsWith(text)).toBe(true);
      }
    }),
    cases(200, 10_000),
  );
  expect(found.all).toBeGreaterThan(10);
  expect(found.not).toBeGreaterThan(10);
});
