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
    ["all", "undetermined release/*", "not tag v*"],
  ],
  ["main is ignored", { branches: { ignore: "main" } }, ["not main", "all", "not tag v*"]],
  [
    "a release branch is ignored",
    { branches: { ignore: ["release/1"] } },
    ["all", "undetermined release/*", "not tag v*"],
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
    ["all", "undetermined release/*", "undetermined tag v*"],
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

test("any ref is every branch and every tag", () => {
  expect(coverageOf(undefined, anyRef)).toEqual({ kind: "not", ref: "tag *" });
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

test("a covered pattern matches every branch", () => {
  let all = 0;
  fc.assert(
    fc.property(branches, name, fc.constantFrom("", "*"), (filter, text, end) => {
      const { kind } = coverageOf({ branches: filter }, refs({ branches: [`${text}${end}`] }));
      const meant =
        end === "" ? [text] : ["", "0", "/1", "line", "1", "1/x", "zz"].map((more) => text + more);
      if (kind === "all") {
        all += 1;
        for (const branch of meant) expect([branch, runs(filter, branch)]).toEqual([branch, true]);
      }
      if (kind === "not" && end === "") expect(runs(filter, text)).toBe(false);
      if (kind === "undetermined") expect(end).toBe("*");
    }),
    cases(200, 10_000),
  );
  expect(all).toBeGreaterThan(10);
});
