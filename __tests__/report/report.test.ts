import { plainText } from "../../lib/describe/phrase";
import { printMarkdown } from "../../lib/report/markdown/report";
import { FAIL_ON, gateOf, readFailOn } from "../../lib/report/verdict/gate";
import { verdictOf } from "../../lib/report/verdict/verdict";
import { alice, anAccess, bob, only } from "../fixtures/access";
import { plan, resource, reviewPlan, role, trustFor } from "../plan/a-plan";

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
  ...new Set(gateOf(reviews, FAIL_ON, []).failing.map(({ kind }) => kind)),
];

test.each<[what: string, reviews: ReturnType<typeof review>, found: string[]]>([
  ["nothing", review([]), []],
  ["one more person", review([role(trustFor(), both)]), ["broader"]],
  ["one less", review([role(both, trustFor())]), []],
  ["another", review([role(trustFor(), trustFor({ people: only(bob) }))]), ["broader"]],
  ["what is not known", review([role(trustFor(), "{")]), ["unknown"]],
  ["a plan of a part", review([], { complete: false }), ["unknown"]],
  ["a bucket destroyed", review([resource("aws_vpc.b", { actions: ["delete"], after: null })]), ["destroy"]],
  ["one forgotten", review([resource("aws_vpc.b", { actions: ["forget"], after: null })]), []],
  ["one replaced", review([resource("aws_vpc.b", { actions: ["delete", "create"] })]), ["replace"]],
  ["drift", review([], { resource_drift: [resource("aws_vpc.b")] }), ["drift"]],
])("--fail-on finds in %s", (_, reviews, found) => {
  expect(kindsIn(reviews)).toEqual(found);
});

test("--fail-on takes what it knows and nothing else", () => {
  expect(readFailOn("broader, drift")).toEqual(["broader", "drift"]);
  expect(readFailOn(undefined)).toEqual([]);
  for (const wrong of ["", "broder", "broader,"]) expect(() => readFailOn(wrong)).toThrow(/does not know/);
});

test("what somebody has signed off by its id passes, and nothing else does", () => {
  const reviews = review([
    role(trustFor(), both),
    resource("aws_vpc.b", { actions: ["delete"], after: null }),
  ]);
  const [broader, destroy] = gateOf(reviews, ["broader", "destroy"], []).failing.map(({ id = "" }) => id);
  expect(broader).toMatch(/^broader-[0-9a-f]{12}$/);
  expect(gateOf(reviews, FAIL_ON, [broader ?? ""])).toEqual({
    failing: [{ kind: "destroy", id: destroy }],
    accepted: [broader],
  });
  const other = review([role(trustFor(), trustFor({ people: only(bob) }))]);
  expect(gateOf(other, ["broader"], [broader ?? ""]).failing).toHaveLength(1);
});

test("a plan that failed cannot be signed off", () => {
  expect(gateOf(review([], { errored: true }), ["unknown"], [""]).failing).toEqual([{ kind: "unknown" }]);
});

test("the same review gives the same bytes", () => {
  const reviews = review([role(trustFor(), both), resource("aws_s3_bucket.a")]);
  expect(printMarkdown(reviews)).toBe(printMarkdown(reviews));
});
