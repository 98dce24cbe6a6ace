// Control characters (C0, C1, DEL), which a terminal executes; format characters (Unicode category
// Cf: bidirectional overrides and isolates, zero-width characters), which change how other
// characters are shown; unpaired surrogates; and line separators other than a line feed (U+2028,
// U+2029).
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
// The common case, which is returned as it is.
const PLAIN = /^[\n -~]*$/;

/** Types and contract: visible.d.cts. */
function visible(text) {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n/g, "\n")
    .replace(UNSEEN, (found) => (found === "\n" || found === "\t" ? found : "\ufffd"));
}

function visibleLine(text) {
  return visible(text).replace(/[\n\t]/g, " ");
}

function visibleJson(text) {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSEEN, (found) =>
    found === "\n"
      ? found
      : [...Array(found.length).keys()]
          .map((index) => `\\u${found.charCodeAt(index).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}

module.exports = { visible, visibleLine, visibleJson };
