import { fitMarkdown, printMarkdown } from "../../../lib/report/markdown/report";
import { aChange, anAttribute, aReview, aStack } from "../a-review";

const bucket = (name: string, after: string, more: object = {}) =>
  aChange("update", `aws_s3_bucket.${name}`, { attributes: [anAttribute("tags", "old", after)], ...more });
const print = (...resources: ReturnType<typeof bucket>[]): string =>
  printMarkdown(aReview({ stacks: [aStack({ resources })] }));
const times = (text: string, part: string): number => text.split(part).length - 1;

test("a difference that several resources have is shown once, with the name of each", () => {
  const text = print(bucket("a", "new"), bucket("b", "new"), bucket("c", "other"), bucket("d", "new"));
  expect(times(text, "```diff")).toBe(2);
  expect(text).toContain(
    "`aws_s3_bucket.a` will be updated in-place\n\n```diff\n- tags = old\n+ tags = new\n```",
  );
  expect(text).toContain("The same in 2 more resources: `aws_s3_bucket.b`, `aws_s3_bucket.d`");
  expect(text).toContain("`aws_s3_bucket.c` will be updated in-place");
});

test("differences that only look alike because their ends are cut are each shown", () => {
  const long = (end: string): string => `${"x".repeat(1_000)}${end}`;
  const resources = [bucket("a", long("1")), bucket("b", long("2"))];
  const text = fitMarkdown(aReview({ stacks: [aStack({ resources })] }), 2_000);
  expect(text).not.toMatch(/x[12]/);
  expect(times(text, "```diff")).toBe(2);
  expect(text).not.toContain("The same");
});

test("resources that are destroyed are each shown: every one has an id of its own to accept", () => {
  const gone = (name: string, id: string) =>
    aChange("destroy", `aws_s3_bucket.${name}`, { id, attributes: [anAttribute("tags", "old", "new")] });
  const text = print(gone("a", "destroy-0123456789aa"), gone("b", "destroy-0123456789bb"));
  expect(text).not.toContain("The same");
  for (const id of ["destroy-0123456789aa", "destroy-0123456789bb"]) expect(text).toContain(id);
});
