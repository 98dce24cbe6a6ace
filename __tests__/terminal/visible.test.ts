import fc from "fast-check";
import { visible, visibleJson, visibleLine } from "../../lib/terminal/visible";
import { anyText } from "../fixtures/any-text";

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test.each([
  ["the window's title", "\u001b]0;PWNED\u0007", "\ufffd]0;PWNED\ufffd"],
  ["C1", "\u009b2J\u0085", "\ufffd2J\ufffd"],
  ["DEL and NUL", "a\u007f\u0000", "a\ufffd\ufffd"],
  ["bidirectional overrides", "\u202aa\u202e\u202c", "\ufffda\ufffd\ufffd"],
  ["bidirectional isolates", "\u2066a\u2069", "\ufffda\ufffd"],
  ["bidirectional marks", "\u200e\u200f\u061c", "\ufffd\ufffd\ufffd"],
  ["zero-width characters", "\u200b\u200c\u200d\u2060\ufeff", "\ufffd\ufffd\ufffd\ufffd\ufffd"],
  ["separators of lines and paragraphs", "a\u2028b\u2029", "a\ufffdb\ufffd"],
  ["tag characters", "a\u{e0041}", "a\ufffd"],
  ["an unpaired surrogate", "a\ud83d", "a\ufffd"],
  ["a carriage return that overwrites a line", "good\rbad", "good\ufffdbad"],
  ["Windows line ends", "a\r\nb", "a\nb"],
  ["lines and tabs", "a\n\tb\n", "a\n\tb\n"],
  ["other scripts", "ümläut – 日本語 ✓ 👍", "ümläut – 日本語 ✓ 👍"],
])("%s", (_, text, shown) => {
  expect(visible(text)).toBe(shown);
  expect(visibleLine(text)).toBe(shown.replace(/[\n\t]/g, " "));
});

test("no invisible character is left in any text, and visible text is unchanged", () => {
  fc.assert(
    fc.property(anyText(40), (text) => {
      expect(visible(text).replace(/[\n\t]/g, "")).not.toMatch(UNSEEN);
      expect(visibleLine(text)).not.toMatch(UNSEEN);
      expect(visible(visible(text))).toBe(visible(text));
      if (!UNSEEN.test(text)) expect(visible(text)).toBe(text);
    }),
  );
});

test("JSON has the same meaning afterwards, with every character visible", () => {
  fc.assert(
    fc.property(fc.dictionary(anyText(40), fc.array(anyText(40))), (value) => {
      const shown = visibleJson(JSON.stringify(value, null, 2));
      expect(shown.replaceAll("\n", "")).not.toMatch(UNSEEN);
      expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(visibleJson(JSON.stringify("a\u202e\u2028\u{e0041}\u007f"))).toBe(
    '"a\\u202e\\u2028\\udb40\\udc41\\u007f"',
  );
});
