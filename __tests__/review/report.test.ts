import fc from "fast-check";
import { FAIL_ON, failuresIn, readFailOn } from "../../lib/review/fail-on";
import { code } from "../../lib/review/markdown/code-span";
import { printMarkdown } from "../../lib/review/markdown/report";
import { plainText } from "../../lib/review/model/phrase";
import { verdictOf } from "../../lib/review/verdict";
import { alice, anAccess, bob, only } from "../fixtures/access";
import { plan, resource, reviewPlan, role, trustFor } from "./a-plan";

const both = trustFor({ people: only(alice, bob) });
const review = (resources: readonly object[], more: object = {}) =>
  reviewPlan(plan(resources, more), "main-website", anAccess());

test.each<[what: string, reviews: ReturnType<typeof review>, verdict: RegExp]>([
  ["nothing", review([]), /^No changes$/],
  ["a bucket", review([resource("aws_s3_bucket.a")]), /^Nobody gains or loses access$/],
  [
    "one more person",
    review([role(trustFor(), both)]),
    /^Access grows: bob can now assume website-deploy from main/,
  ],
  ["one less", review([role(both, trustFor())]), /^Nobody gains access; some lose it$/],
  ["what is not known", review([role(trustFor(), "{")]), /^Unknown what becomes of website-deploy$/],
  ["a plan that failed", review([], { errored: true }), /^1 plan failed or not whole$/],
  ["a plan of a part", review([], { complete: false }), /^1 plan failed or not whole$/],
])("%s: the verdict", (_, reviews, verdict) => {
  const said = plainText(verdictOf(reviews));
  expect(said).toMatch(verdict);
  expect(printMarkdown(reviews).split("\n")[0]?.replaceAll("`", "")).toBe(`**${said}.**`);
});

const kindsIn = (reviews: ReturnType<typeof review>) => [
  ...new Set(failuresIn(reviews, FAIL_ON).map(({ kind }) => kind)),
];

test.each<[what: string, reviews: ReturnType<typeof review>, found: string[]]>([
  ["nothing", review([]), []],
  ["one more person", review([role(trustFor(), both)]), ["broader"]],
  ["one less", review([role(both, trustFor())]), []],
  ["another", review([role(trustFor(), trustFor({ people: only(bob) }))]), ["broader"]],
  ["what is not known", review([role(trustFor(), "{")]), ["unknown"]],
  ["a plan of a part", review([], { complete: false }), ["unknown"]],
  ["a bucket destroyed", review([resource("a.b", { actions: ["delete"], after: null })]), ["destroy"]],
  ["one forgotten", review([resource("a.b", { actions: ["forget"], after: null })]), []],
  ["one replaced", review([resource("a.b", { actions: ["delete", "create"] })]), ["replace"]],
  ["drift", review([], { resource_drift: [resource("a.b")] }), ["drift"]],
])("--fail-on finds in %s", (_, reviews, found) => {
  expect(kindsIn(reviews)).toEqual(found);
});

test("--fail-on takes what it knows and nothing else", () => {
  expect(readFailOn("broader, drift")).toEqual(["broader", "drift"]);
  expect(readFailOn(undefined)).toEqual([]);
  for (const wrong of ["", "broder", "broader,"]) expect(() => readFailOn(wrong)).toThrow(/does not know/);
});

test("what somebody has signed off by its id passes, and nothing else does", () => {
  const reviews = review([role(trustFor(), both), resource("a.b", { actions: ["delete"], after: null })]);
  const [broader, destroy] = failuresIn(reviews, ["broader", "destroy"]).map(({ id = "" }) => id);
  expect(broader).toMatch(/^broader-[0-9a-f]{12}$/);
  expect(failuresIn(reviews, FAIL_ON, [broader ?? ""])).toEqual([{ kind: "destroy", id: destroy }]);
  const other = review([role(trustFor(), trustFor({ people: only(bob) }))]);
  expect(failuresIn(other, ["broader"], [broader ?? ""])).toHaveLength(1);
});

test("a plan that failed cannot be signed off", () => {
  expect(failuresIn(review([], { errored: true }), ["unknown"], [""])).toEqual([{ kind: "unknown" }]);
});

test("the same review gives the same bytes", () => {
  const reviews = review([role(trustFor(), both), resource("aws_s3_bucket.a")]);
  expect(printMarkdown(reviews)).toBe(printMarkdown(reviews));
});

test("foreign text is a code span, and stays one line of one cell", () => {
  expect(code("a")).toBe("`a`");
  expect(code("a`b")).toBe("``a`b``");
  expect(code("`")).toBe("`` ` ``");
  expect(code("a|b")).toBe("`a\\|b`");
  expect(code("")).toBe("`  `");
  expect(code("a\n\n# b\u0007\u202e")).toBe("`a # b\ufffd\ufffd`");
});

test("no text can end its code span, the line or the cell", () => {
  const nasty = fc.array(
    fc.constantFrom(
      "`",
      "``",
      "|",
      "\\",
      "\n",
      "<!-- ",
      "-->",
      "@team",
      "#1",
      "*",
      "[a](b)",
      "<img>",
      "x",
      " ",
    ),
  );
  fc.assert(
    fc.property(nasty, (parts) => {
      const span = code(parts.join(""));
      const [, fence = "", inner = ""] = /^(`+)([\s\S]*?)\1$/.exec(span) ?? [];
      expect(span).toBe(fence + inner + fence);
      expect(span).not.toMatch(/[\n\r]/);
      const runs = [...inner.matchAll(/`+/g)].map(([run]) => run.length);
      expect(runs).not.toContain(fence.length);
      expect(inner.startsWith("`") || inner.endsWith("`")).toBe(false);
      expect(inner.replaceAll("\\|", "")).not.toContain("|");
    }),
  );
});

test("whatever a plan is called and calls its resources, nothing of it gets out of its place", () => {
  const evil = "x` @team <script>alert(1)</script> | <!-- marker -->\n# heading [a](https://b)";
  const named = { ...role(trustFor(), both), address: evil };
  const text = printMarkdown(
    reviewPlan(plan([named, resource(evil, { before: { [evil]: 1 } })]), evil, undefined),
  );
  const outside = text.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "");
  for (const part of ["@team", "<script", "<!--", "# heading", "](", "alert"])
    expect(outside).not.toContain(part);
});
