import fc from "fast-check";
import { type Phrase, quoted } from "../../lib/describe/phrase";
import type { AccessChange, AccessSentence } from "../../lib/diff/model/access-change";
import { printMarkdown } from "../../lib/report/markdown/report";
import type { Review } from "../../lib/report/model/review";
import { FAIL_ON, gateOf } from "../../lib/report/verdict/gate";
import { type Verdict, verdictOf } from "../../lib/report/verdict/verdict";
import { alice, anAccess, bob, only } from "../fixtures/access";
import { cases } from "../iam/automata/cases";
import { plan, resource, reviewPlan, role, trustFor } from "../plan/a-plan";
import { anAccessChange, aReview, aReviewOf, aStack, gains } from "./a-review";
import { nastyTexts } from "./nasty-texts";

const both = trustFor({ people: only(alice, bob) });
const review = (resources: readonly object[], more: object = {}) =>
  reviewPlan(plan(resources, more), "main-website", anAccess());

test("stacks that could not be planned for a reason that they share: told once, and never all clear", () => {
  const reason = "no credentials for account production";
  const names = ["production-identity", "production-state"];
  const failed = aReview({ leftOut: names.map((name) => ({ name, reason, isErrored: true as const })) });
  const text = printMarkdown(failed);
  expect(text).toContain("**2 of 2 stacks could not be planned.** Nothing is known of what would change.");
  expect(text.split(reason)).toHaveLength(2);
  for (const name of names) expect(text).toContain(name);
  expect(verdictOf(failed).outcome).toBe("undetermined");
  expect(gateOf(failed, ["unknown"], []).failing).toHaveLength(2);
  // The nearest neighbour: stacks that were skipped on purpose.
  const skipped = aReview({ leftOut: names.map((name) => ({ name, reason })) });
  expect(verdictOf(skipped).outcome).toBe("no-changes");
  expect(gateOf(skipped, FAIL_ON, []).failing).toEqual([]);
});

test.each<[what: string, reviews: ReturnType<typeof review>, outcome: Verdict["outcome"], line: string]>([
  ["nothing", review([]), "no-changes", "🟢 **No changes**"],
  [
    "a bucket",
    review([resource("aws_s3_bucket.a")]),
    "unchanged",
    "🟢 **No change to access in 1 resource**",
  ],
  [
    "an added person",
    review([role(trustFor(), both)]),
    "grows",
    "🟠 **`bob` can now assume `website-deploy` from `main`**",
  ],
  [
    "a removed person",
    review([role(both, trustFor())]),
    "shrinks",
    "🟢 **Access only shrinks: `bob` can no longer assume `website-deploy` from `main`**",
  ],
  [
    "an unknown change",
    review([role(trustFor(), "{")]),
    "undetermined",
    "🟡 **The effect on `website-deploy` could not be determined**",
  ],
  [
    "a plan that failed",
    review([], { errored: true }),
    "undetermined",
    "🟡 **1 of 1 stack could not be planned**",
  ],
  [
    "a database without a final snapshot",
    review([
      resource("aws_db_instance.a", {
        actions: ["delete"],
        before: { identifier: "orders", skip_final_snapshot: true },
        after: null,
      }),
    ]),
    "unchanged",
    "🔴 **Database `orders` is destroyed with its data; no change to access**",
  ],
  [
    "a role that is replaced, and the old one remains",
    review([
      role(trustFor(), trustFor(), {
        actions: ["create", "forget"],
        before: { name: "website-deploy", assume_role_policy: trustFor() },
        after: { name: "website-publish", assume_role_policy: trustFor() },
      }),
    ]),
    "grows",
    "🟠 **New role `website-publish` · `alice` from `main`**",
  ],
  [
    "a partial plan",
    review([], { complete: false }),
    "undetermined",
    "🟡 **The plan of 1 of 1 stack is incomplete**",
  ],
])("%s: the verdict and its headline", (_, reviews, outcome, line) => {
  expect(verdictOf(reviews).outcome).toBe(outcome);
  expect(printMarkdown(reviews).split("\n")[0]).toBe(line);
});

describe("the headline", () => {
  const headline = (one: Review): string => printMarkdown(one).split("\n")[0] ?? "";
  const request = (phrase: Phrase, facts: readonly string[] = []): AccessSentence => ({
    effect: "gained",
    people: [],
    phrase,
    proof: { kind: "request", action: "s3:GetObject", resource: "arn:aws:s3:::a/b", facts },
  });

  test.each<[what: string, change: Partial<AccessChange>]>([
    ["an id", { sentences: [request(["user ", quoted("0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01"), " may"])] }],
    [
      "a condition",
      {
        sentences: [
          { ...request(["the public can now read it"], ["over TLS"]), conditions: ["for requests over TLS"] },
        ],
      },
    ],
    ["several facts", { sentences: [gains("ann"), gains("bob")] }],
    ["a long name", { sentences: [gains("b".repeat(100))] }],
  ])("names the topic instead of a sentence with %s", (_, change) => {
    const access = [anAccessChange(change)];
    expect(headline(aReview({ access }))).toBe("🟠 **Access grows: who may assume `website-deploy`**");
  });

  test("two groups from different places are said one after the other, each with its own", () => {
    const trusts = (who: Phrase, ref: string): AccessSentence => ({
      ...gains("bob"),
      who,
      from: [quoted(ref)],
    });
    const two = [quoted("alice"), " and ", quoted("bob")];
    const said = (sentences: readonly AccessSentence[]) =>
      headline(aReview({ access: [anAccessChange({ sentences })] }));
    expect(said([trusts(two, "release/*"), trusts([quoted("bob")], "main")])).toBe(
      "🟠 **`website-deploy` can now be assumed by `alice` and `bob` from `release/*`, and by `bob` from `main`**",
    );
    expect(said([trusts(two, "main")])).toBe(
      "🟠 **`alice` and `bob` can now assume `website-deploy` from `main`**",
    );
  });

  test("names a role instead of its ARN", () => {
    const sentences = [request([quoted("arn:aws:iam::123456789012:role/x"), " can now assume it"])];
    expect(headline(aReview({ access: [anAccessChange({ sentences })] }))).toBe(
      "🟠 **Role `x` can now assume it**",
    );
  });

  test("names an address where the subject is an ARN, and neither where both are", () => {
    const change = anAccessChange({ subject: "arn:aws:sqs:::q", sentences: [], aspect: "resource-policy" });
    expect(headline(aReview({ access: [change] }))).toBe(
      "🟠 **Access grows: resource policy of `aws_iam_role.deploy`**",
    );
    const access = [{ ...change, addresses: ['aws_x.y["arn:aws:sqs:::q"]'] }];
    expect(headline(aReview({ access }))).toBe("🟠 **Access grows: more people or refs**");
  });

  test("gives the most serious change, the number of others, and every fact where there are several", () => {
    const access = [
      ...Array.from({ length: 12 }, (_, at) => anAccessChange({ subject: `role-${at}`, sentences: [] })),
      anAccessChange({
        relation: "unknown",
        sentences: [],
        subject: "hidden",
        risk: { class: "undetermined", extent: [], who: [], people: [] },
      }),
    ];
    expect(headline(aReview({ access, stacks: [aStack({ isErrored: true }), aStack()] }))).toBe(
      "🟠 **1 of 2 stacks could not be planned; access grows: who may assume `role-0` and 11 more; 1 effect undetermined**",
    );
    expect(headline(aReview({ access: access.slice(0, 12) }))).toBe(
      "🟠 **Access grows: who may assume `role-0`, `role-1`, `role-2`, and 9 more**",
    );
  });

  test("has at most 120 characters", () => {
    const texts = fc.oneof(nastyTexts, fc.string({ maxLength: 200 }));
    fc.assert(
      fc.property(aReviewOf(texts), (one) => expect(headline(one).length).toBeLessThanOrEqual(120)),
      cases(60, 2_000),
    );
  });
});

const kindsIn = (reviews: ReturnType<typeof review>) => [
  ...new Set(gateOf(reviews, FAIL_ON, []).failing.map(({ kind }) => kind)),
];

test.each<[what: string, reviews: ReturnType<typeof review>, found: string[]]>([
  ["nothing", review([]), []],
  ["an added person", review([role(trustFor(), both)]), ["broader"]],
  ["a removed person", review([role(both, trustFor())]), []],
  ["another", review([role(trustFor(), trustFor({ people: only(bob) }))]), ["broader"]],
  ["an unknown change", review([role(trustFor(), "{")]), ["unknown"]],
  ["a partial plan", review([], { complete: false }), ["unknown"]],
  ["a bucket destroyed", review([resource("aws_vpc.b", { actions: ["delete"], after: null })]), ["destroy"]],
  ["a network forgotten", review([resource("aws_vpc.b", { actions: ["forget"], after: null })]), []],
  ["a network replaced", review([resource("aws_vpc.b", { actions: ["delete", "create"] })]), ["replace"]],
  ["drift", review([], { resource_drift: [resource("aws_vpc.b")] }), ["drift"]],
])("--fail-on finds in %s", (_, reviews, found) => {
  expect(kindsIn(reviews)).toEqual(found);
});

test("a change that is accepted by its id passes, and no other does", () => {
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

test("a failed plan cannot be accepted", () => {
  expect(gateOf(review([], { errored: true }), ["unknown"], [""]).failing).toEqual([{ kind: "unknown" }]);
});
