import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { code } from "../../../lib/report/markdown/code";
import { cell, inline } from "../../../lib/report/markdown/inline";
import { fitMarkdown, printMarkdown } from "../../../lib/report/markdown/report";
import { cases } from "../../iam/automata/cases";
import { aReviewOf } from "../a-review";
import { NASTY, nastyTexts } from "../nasty-texts";

/** As GitHub reads it: GFM, with the HTML that it lets through. */
function render(text: string): string {
  return micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** Everything that a report of ours is made of. */
const TAGS = new Set(
  [
    ...["p", "strong", "b", "h3", "ul", "li", "code", "pre", "details", "summary"],
    ...["table", "thead", "tbody", "tr", "th", "td"],
  ].flatMap((name) => [`<${name}>`, `</${name}>`]),
);

/** What of a page is neither in a code span nor in a fence, and the tags that are not ours. */
function outsideCode(html: string): { readonly text: string; readonly foreignTags: readonly string[] } {
  const outside = html
    .replace(/<code class="language-(?:diff|sh)">/g, "<code>")
    .replace(/<(t[hd]) align="left">/g, "<$1>")
    .replace(/<code>[^<]*<\/code>/g, "<code></code>");
  return {
    text: outside.replace(/<[^>]*>/g, "\n"),
    foreignTags: (outside.match(/<[^>]*>?/g) ?? []).filter((tag) => !TAGS.has(tag)),
  };
}

/** Words of ours: no mention, reference, link, comment or entity among them. */
const OURS = /^[·🔴🟠🟡🟢\p{L}\p{N}\s,.;:()'"/…+-]*$/u;

/** @param headings such as `h4`, of which a layout has more */
function expectClean(markdown: string, headings: readonly string[] = []): void {
  const { text, foreignTags } = outsideCode(render(markdown));
  const own = new Set(headings.flatMap((name) => [`<${name}>`, `</${name}>`]));
  expect(foreignTags.filter((tag) => !own.has(tag))).toEqual([]);
  expect(text.replaceAll("&quot;", '"')).toMatch(OURS);
}

test.each(NASTY)("%j stays text in a line, in a cell and in a summary", (text) => {
  const seen = (html: string): string => /<code>([^<]*)<\/code>/.exec(html)?.[1] ?? "none";
  const line = render(inline(["a ", { quoted: text }, " b"]));
  expect(line).toBe(`<p>a <code>${seen(line)}</code> b</p>`);
  const table = render(`| a | b |\n| --- | --- |\n| ${cell([{ quoted: text }], 24)} | end |`);
  expect(table.match(/<td>/g)).toHaveLength(2);
  expect(table).toContain("<td>end</td>");
  expectClean(table);
});

test("a code span shows the text as it is", () => {
  const shown = (text: string) => render(code(text)).replace(/^<p><code>|<\/code><\/p>$/g, "");
  for (const text of ["a", "a`b", "`", "``", "`a`", "a|b", "a\\", "@team", " a", "a ", "größe 🚀"])
    expect(shown(text)).toBe(text);
  expect(code("a\n\n# b\u0007\u202e")).toBe("`a # b\ufffd\ufffd`");
});

test("a cell shows pipes; a pipe after a backslash becomes a broken bar", () => {
  const shown = (text: string) =>
    /<td>(.*)<\/td>/.exec(render(`| a |\n| - |\n| ${cell([{ quoted: text }], 24)} |`))?.[1];
  expect(shown("a|b")).toBe("<code>a|b</code>");
  expect(shown("a\\|b")).toBe("<code>a\\¦b</code>");
});

test("a cell breaks an address at its modules, type and key, the more the wider the table is, then an ARN, at last an action", () => {
  const pieces = (text: string, longest: number) => cell([{ quoted: text }], longest);
  const address = "module.eks.aws_iam_openid_connect_provider.this";
  expect(pieces(address, 47)).toBe(`\`${address}\``);
  expect(pieces(address, 44)).toBe("`module.eks.` `aws_iam_openid_connect_provider.this`");
  expect(pieces(address, 32)).toBe("`module.eks.` `aws_iam_openid_connect_provider` `.this`");
  expect(pieces(address, 16)).toBe("`module.eks.` `aws_iam_openid_` `connect_provider` `.this`");
  expect(pieces('module.a["b.c"].module.d.aws_iam_role.e["f_g"]', 24)).toBe(
    '`module.a["b.c"].` `module.d.` `aws_iam_role.e["f_g"]`',
  );
  const arn = "arn:aws:iam::123456789012:role/a_long_name_of_a_role";
  expect(pieces(arn, 44)).toBe(`\`${arn}\``);
  expect(pieces(arn, 32)).toBe("`arn:aws:iam::123456789012:role/` `a_long_name_of_a_role`");
  expect(pieces("ecr:BatchCheckLayerAvailability", 24)).toBe("`ecr:BatchCheckLayerAvailability`");
  expect(pieces("ecr:BatchCheckLayerAvailability", 16)).toBe("`ecr:` `BatchCheckLayerAvailability`");
  expect(pieces("ecr:GetAuthorizationToken", 16)).toBe("`ecr:GetAuthorizationToken`");
  expect(pieces("arn:aws:iam::123456789012:role/a b", 16)).toBe("`arn:aws:iam::123456789012:role/a b`");
});

test("a plain text with markup in it becomes a code span", () => {
  for (const text of ["@team", "#1", "<b>", "a_b_c", "www.evil.example", "https://evil.example", "*x*", "`"])
    expect(render(inline([text]))).toMatch(/^<p><code>[^<]*<\/code><\/p>$/);
  expect(inline([{ strong: "**" }, { text: "x", url: "javascript:alert(1)" }])).toBe("`**` `x`");
});

test("adjacent code spans stay separate", () => {
  fc.assert(
    fc.property(fc.array(nastyTexts, { maxLength: 5 }), (texts) => {
      const parts = texts.map((text) => ({ quoted: text }));
      expectClean(inline(parts));
      expect(render(`x ${inline(parts)}`).match(/<code>/g) ?? []).toHaveLength(texts.length);
      expectClean(`| a |\n| --- |\n| ${cell(parts, 24)} |`);
    }),
  );
});

test("untrusted text stays text in a whole report of any size", () => {
  fc.assert(
    fc.property(aReviewOf(nastyTexts), fc.integer({ min: 200, max: 9_000 }), (review, most) => {
      expectClean(printMarkdown(review));
      const open = printMarkdown(review, { details: "open" });
      // Without folds, each fold is a section.
      expectClean(open, ["h4"]);
      expect(render(open)).not.toContain("<details>");
      const fitted = fitMarkdown(review, most);
      // One that was cut in the middle of the verdict is nothing but the verdict.
      expect(fitted.length).toBeLessThanOrEqual(most);
      expectClean(fitted);
    }),
    cases(8, 1_000),
  );
});

test("every address in a review is readable in its report", () => {
  const texts = fc.constantFrom("@team", "<b>", "a|b", "`x`", "größe", "[a](b)");
  fc.assert(
    fc.property(aReviewOf(texts), (review) => {
      const page = render(printMarkdown(review)).replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      for (const { resources } of review.stacks)
        for (const { address } of resources) expect(page).toContain(address);
    }),
    cases(5, 500),
  );
});
