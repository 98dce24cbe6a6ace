import fc from "fast-check";
import { STEPS } from "../../../lib/report/document/detail";
import { leastCharacters } from "../../../lib/report/document/least-characters";
import { reviewDocument } from "../../../lib/report/document/review-document";
import { markdown } from "../../../lib/report/markdown/blocks";
import { fitMarkdown, printMarkdown } from "../../../lib/report/markdown/report";
import { aChange, anAccessChange, anAttribute, aReview, aReviewOf, aStack, gains } from "../a-review";
import { nastyTexts } from "../nasty-texts";

const big = aReview({
  access: Array.from({ length: 40 }, (_, at) =>
    anAccessChange({ subject: `role-${at}`, sentences: [gains(`person-${at}`)] }),
  ),
  stacks: Array.from({ length: 30 }, (_, at) =>
    aStack({
      name: `stack-${at}`,
      resources: [
        aChange("destroy", `aws_s3_bucket.lost_${at}`),
        ...Array.from({ length: 20 }, (_, index) =>
          aChange("update", `aws_x.kept_${at}_${index}`, {
            attributes: [anAttribute("a", "old", "v".repeat(500))],
          }),
        ),
      ],
    }),
  ),
});

const told = (text: string) => ({
  access: (text.match(/can now assume/g) ?? []).length,
  lost: (text.match(/aws_s3_bucket\.lost_/g) ?? []).length,
  kept: (text.match(/aws_x\.kept_/g) ?? []).length,
});

test("a report is never shorter than it was held to be at least", () => {
  fc.assert(
    fc.property(aReviewOf(nastyTexts), (review) => {
      for (const step of STEPS)
        expect(markdown(reviewDocument(review, undefined, step)).length).toBeGreaterThanOrEqual(
          leastCharacters(review, step),
        );
    }),
    { numRuns: 30 },
  );
});

test("everything is told where there is room", () => {
  const whole = printMarkdown(big);
  expect(fitMarkdown(big, whole.length)).toBe(whole);
  expect(fitMarkdown(big, whole.length - 1)).not.toBe(whole);
  expect(told(whole)).toMatchObject({ lost: 30, kept: 600 });
});

test("at the size of a GitHub comment every person and every loss is told, and what is not is said", () => {
  const text = fitMarkdown(big, 65_536);
  // The attributes of what is only updated are not. Three in the verdict, all of them below, and
  // each proof once more.
  expect(told(text)).toMatchObject({ access: 3 + 40 + 40, lost: 30, kept: 600 });
  expect(text).toContain("**Left out to fit:** the ends of long values");
  expect(text.length).toBeLessThanOrEqual(65_536);
});

test("what changes for access and what is lost goes last, whatever the size", () => {
  for (let most = 200; most < 400_000; most *= 2) {
    const { access, lost, kept } = told(fitMarkdown(big, most));
    if (access < 43 || lost < 30) expect(kept).toBe(0);
  }
});

test("of what does not fit the number is told", () => {
  const text = fitMarkdown(big, 3_000);
  expect(text).toMatch(/\*\*\d+ more changes of access\*\*/);
  expect(text).toMatch(/\*\*\d+ more resources destroyed or replaced\*\*/);
  expect(text).toContain("update 600");
});

test("where the whole is, is said with a link, and only https is one", () => {
  const at = (url: string) => fitMarkdown(big, 20_000, { whole: [{ text: "report", url }] });
  expect(at("https://x.example/a/report.html")).toContain(
    "All of it: [report](https://x.example/a/report.html)",
  );
  for (const bad of [
    "http://x.example",
    "javascript:alert(1)",
    "https://x.example/a)b",
    "https://x.example/a b",
  ])
    expect(at(bad)).toContain("All of it: `report`");
  expect(fitMarkdown(big, 20_000)).toContain("run the review yourself with --html or --markdown");
});

test("it fits, always, and begins with the verdict", () => {
  const texts = fc.string({ maxLength: 300, unit: "binary" });
  fc.assert(
    fc.property(aReviewOf(texts), fc.integer({ min: 200, max: 9_000 }), (review, most) => {
      const text = fitMarkdown(review, most);
      expect(text.length).toBeLessThanOrEqual(most);
      expect(text).toBe(fitMarkdown(review, most));
    }),
    { numRuns: 30 },
  );
});

test("a long value is folded, and cut where there is no room to fold it", () => {
  const review = aReview({
    stacks: [
      aStack({
        resources: [
          aChange("update", "a.b", { attributes: [anAttribute("policy", "x", "y".repeat(5_000))] }),
        ],
      }),
    ],
  });
  expect(printMarkdown(review)).toContain(
    "<details><summary><code>policy</code>, 5,019 characters</summary>",
  );
  expect(fitMarkdown(review, 2_000)).toContain(`${"y".repeat(400)}… (4,600 characters more)`);
});
