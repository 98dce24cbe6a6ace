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

  test("HTML stays as it is, also in lists; text beside it is escaped", () => {
    expect(html`${[html`<b>${"<"}</b>`, "<", 1]}${raw("<br>")}`.text).toBe("<b>&#60;</b>&#60;1<br>");
  });
});
