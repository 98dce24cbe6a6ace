import { readReportWords } from "../../../lib/deliver/call/report-words";
import { printMarkdown } from "../../../lib/report/markdown/report";
import { aReview } from "../../report/a-review";

test("a title, links and a footer are in the report", () => {
  const words = readReportWords({
    title: "Production",
    link: ["run=https://ci.example/1"],
    footer: "Questions: the platform team",
  });
  expect(printMarkdown(aReview(), words).split("\n\n")).toEqual([
    "## Production",
    "🟢 **No changes**",
    "[run](https://ci.example/1)",
    "### Stacks",
    "Questions: the platform team",
  ]);
});

test("what could be markup or a mention is shown as code", () => {
  const text = printMarkdown(aReview(), readReportWords({ title: "<b>@team</b>", footer: "a\n# b_c_" }));
  expect(text).toContain("## `<b>@team</b>`");
  expect(text.split("\n").at(-1)).toBe("`a # b_c_`");
});

test.each([
  ["a link that is not https", { link: ["run=http://ci.example"] }],
  ["a link without a text", { link: ["=https://ci.example"] }],
  ["a link without an address", { link: ["run"] }],
  ["an address with a parenthesis", { link: ["run=https://ci.example/a)b"] }],
  ["an empty title", { title: " " }],
  ["a footer that is too long", { footer: "x".repeat(301) }],
  ["too many links", { link: Array.from({ length: 11 }, () => "a=https://b.example") }],
])("%s is an error", (_, options) => {
  expect(() => readReportWords(options)).toThrow(
    expect.objectContaining({ code: "wrong-call", exitCode: 2 }),
  );
});
