import { html, raw } from "../../lib/html/html";

describe("a value in a template", () => {
  test.each([
    ["&", "&#38;"],
    ["<", "&#60;"],
    [">", "&#62;"],
    ['"', "&#34;"],
    ["'", "&#39;"],
  ])("%s is escaped, so it neither opens a tag nor ends a quoted attribute", (character, escaped) => {
    expect(html`<p title="${character}" lang='${character}'>${character}</p>`.text).toBe(
      `<p title="${escaped}" lang='${escaped}'>${escaped}</p>`,
    );
  });

  test("control characters are replaced; tab and line ends stay", () => {
    expect(html`${"a\u0000b\u009bc\t\r\n"}`.text).toBe("a\ufffdb\ufffdc\t\r\n");
  });

  test.each(["\u202e", "\u2066", "\u200f", "\u061c"])("a mark that reorders text is replaced: %j", (mark) => {
    expect(html`${`user${mark}nimda`}`.text).toBe("user\ufffdnimda");
  });

  test("letters of right-to-left scripts, and emoji of several parts, stay", () => {
    expect(html`${"דנה 👩‍💻"}`.text).toBe("דנה 👩‍💻");
  });

  test("HTML stays as it is, also in lists; text beside it is escaped", () => {
    expect(html`${[html`<b>${"<"}</b>`, "<", 1]}${raw("<br>")}`.text).toBe("<b>&#60;</b>&#60;1<br>");
  });
});
