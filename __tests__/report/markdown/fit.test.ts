import fc from "fast-check";
import { STEPS } from "../../../lib/report/document/detail";
import { leastCharacters } from "../../../lib/report/document/least-characters";
import { reviewDocument } from "../../../lib/report/document/review-document";
import { markdown } from "../../../lib/report/markdown/blocks";
import { fitMarkdown, printMarkdown } from "../../../lib/report/markdown/report";
import { anyText } from "../../fixtures/any-text";
import { cases } from "../../iam/automata/cases";
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
            attributes: [anAttribute("a", "old", `${"v".repeat(500)}${at}-${index}`)],
          }),
        ),
      ],
    }),
  ),
});

const told = (text: string) => ({
  access: new Set(text.match(/person-\d+/g)).size,
  lost: (text.match(/aws_s3_bucket\.lost_/g) ?? []).length,
  kept: (text.match(/aws_x\.kept_/g) ?? []).length,
});

test("the lower bound of a report is never above its length", () => {
  fc.assert(
    fc.property(aReviewOf(nastyTexts), (review) => {
      for (const step of STEPS)
        expect(markdown(reviewDocument(review, undefined, step)).length).toBeGreaterThanOrEqual(
          leastCharacters(review, step),
        );
    }),
    cases(6, 500),
  );
});

test("a report that fits is whole", () => {
  const whole = printMarkdown(big);
  expect(fitMarkdown(big, whole.length)).toBe(whole);
  expect(fitMarkdown(big, whole.length - 1)).not.toBe(whole);
  expect(told(whole)).toMatchObject({ lost: 30, kept: 600 });
});

test("a GitHub comment shows every person and every loss, and says what it omits", () => {
  const text = fitMarkdown(big, 65_536);
  expect(told(text)).toMatchObject({ access: 40, lost: 30, kept: 600 });
  expect(text).toContain("**Omitted to fit:** the ends of long values");
  expect(text.length).toBeLessThanOrEqual(65_536);
});

test("changes of access and losses are omitted last, at every size", () => {
  for (let most = 200; most < 400_000; most *= 2) {
    const { access, lost, kept } = told(fitMarkdown(big, most));
    if (access < 40 || lost < 30) expect(kept).toBe(0);
  }
});

test("items that do not fit are counted", () => {
  const text = fitMarkdown(big, 3_000);
  expect(text).toMatch(/\*\*\d+ more changes\*\*/);
  expect(text).toMatch(/\*\*\d+ more resources destroyed or replaced\*\*/);
  expect(text).toContain("update 600");
});

test("the full report is a link, if its address is https", () => {
  const at = (url: string) => fitMarkdown(big, 20_000, { whole: [{ text: "report", url }] });
  expect(at("https://x.example/a/report.html")).toContain(
    "Full report: [report](https://x.example/a/report.html)",
  );
  for (const bad of [
    "http://x.example",
    "javascript:alert(1)",
    "https://x.example/a)b",
    "https://x.example/a b",
  ])
    expect(at(bad)).toContain("Full report: `report`");
  expect(fitMarkdown(big, 20_000)).toContain("run the review with --html or --markdown");
});

test("every report fits", () => {
  const texts = anyText(300);
  fc.assert(
    fc.property(aReviewOf(texts), fc.integer({ min: 200, max: 9_000 }), (review, most) => {
      expect(fitMarkdown(review, most).length).toBeLessThanOrEqual(most);
    }),
    cases(6, 500),
  );
});

test("a long value is folded, and cut where it does not fit", () => {
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
  expect(fitMarkdown(review, 2_000)).toContain(`${"y".repeat(400)}… (4,600 more characters)`);
});
