import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { repositoryRoot } from "../../lib/programs/cache";
import { reviewJsonSchema, reviewSchema } from "../../lib/report/model/review";
import { alice, anAccess, bob, only } from "../fixtures/access";
import { cases } from "../iam/automata/cases";
import { plan, resource, reviewPlan, role, trustFor } from "../plan/a-plan";
import { aReview, aReviewOf } from "./a-review";

const validate = new Ajv({ allErrors: true, strict: true }).compile(JSON.parse(reviewJsonSchema()));
/** As `--json` prints it and a program reads it. */
const asJson = (review: unknown): unknown => JSON.parse(JSON.stringify(review));

test("the committed schema is current: if not, run `npm run schema`", () => {
  const file = path.join(repositoryRoot, "docs", "review", "review.schema.json");
  expect(readFileSync(file, "utf8")).toBe(reviewJsonSchema());
});

test("every review matches the schema and survives a round trip through JSON", () => {
  fc.assert(
    fc.property(aReviewOf(fc.string({ maxLength: 5 })), (review) => {
      const json = asJson(review);
      expect(validate(json)).toBe(true);
      expect(reviewSchema.parse(json)).toEqual(json);
    }),
    cases(25, 1_000),
  );
});

test("a review of a plan matches the schema", () => {
  const changed = role(trustFor(), trustFor({ people: only(alice, bob) }));
  const review = reviewPlan(plan([changed, resource("aws_s3_bucket.a")]), "main-website", anAccess());
  expect(validate(asJson(review))).toBe(true);
  expect(reviewSchema.parse(asJson(review)).access).toHaveLength(1);
});

test.each<[what: string, json: unknown]>([
  ["another version", { ...aReview(), schemaVersion: 2 }],
  ["no stacks", { ...aReview(), stacks: undefined }],
  ["an access change without its kind", { ...aReview(), access: [{ id: "x" }] }],
])("%s does not match", (_, json) => {
  expect(validate(asJson(json))).toBe(false);
  expect(reviewSchema.safeParse(asJson(json)).success).toBe(false);
});

test("the JSON schema allows unknown fields; reading a review does not", () => {
  const json = { ...aReview(), later: true };
  expect(validate(json)).toBe(true);
  expect(reviewSchema.safeParse(json).success).toBe(false);
});
