import type { Range } from "./find-needles";

/** A text without one layer of escapes, and the positions of its characters in the escaped text. */
interface Unescaped {
  readonly text: string;
  readonly rangeOf: (range: Range) => Range;
}

interface Escapes {
  /** A text without this character has no such escape. */
  readonly sign: string;
  readonly pattern: RegExp;
  readonly meaning: (written: string) => string;
}

const CONTROL: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#34;", '"'],
  ["&apos;", "'"],
  ["&#39;", "'"],
]);
function percent(written: string): string {
  return Buffer.from(written.replaceAll("%", ""), "hex").toString("utf8");
}

/**
 * JSON strings (RFC 8259, section 7), URLs (RFC 3986, section 2.1), forms (a plus for a space), and
 * XML.
 */
const ESCAPES: readonly Escapes[] = [
  {
    sign: "\\",
    pattern: /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/g,
    meaning: (written) =>
      written.length > 2
        ? String.fromCharCode(Number.parseInt(written.slice(2), 16))
        : (CONTROL.get(written.charAt(1)) ?? written.charAt(1)),
  },
  { sign: "%", pattern: /(?:%[0-9a-f]{2})+/gi, meaning: percent },
  {
    sign: "+",
    pattern: /(?:%[0-9a-f]{2})+|\+/gi,
    meaning: (written) => (written === "+" ? " " : percent(written)),
  },
  {
    sign: "&",
    pattern: /&(?:amp|lt|gt|quot|apos|#34|#39);/g,
    meaning: (written) => ENTITIES.get(written) ?? written,
  },
];

/** Most texts have none of them, and are looked at by the hundred thousand. */
const ANY_SIGN = /[\\%+&]/;

const NONE: readonly Unescaped[] = [];

/** A text as each kind of escape reads it, where it has any of it. */
export function readingsOf(text: string): readonly Unescaped[] {
  if (!ANY_SIGN.test(text)) return NONE;
  return ESCAPES.flatMap(({ sign, pattern, meaning }) => {
    if (!text.includes(sign)) return [];
    const spans: Span[] = [];
    let longer = 0;
    const read = text.replace(pattern, (written, at: number) => {
      const said = meaning(written);
      const start = at - longer;
      spans.push({ start, end: start + said.length, from: at, to: at + written.length });
      longer += written.length - said.length;
      return said;
    });
    return read === text ? [] : [{ text: read, rangeOf: (range) => rangeIn(spans, range) }];
  });
}

/** One escape: where it is read, and where it is written. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

function rangeIn(spans: readonly Span[], { start, end }: Range): Range {
  const [first, last] = [spanBefore(spans, start), spanBefore(spans, end - 1)];
  return {
    start: first === undefined ? start : start < first.end ? first.from : first.to + (start - first.end),
    end: last === undefined ? end : end <= last.end ? last.to : last.to + (end - last.end),
  };
}

/** The last one that begins at a place or before it. */
function spanBefore(spans: readonly Span[], place: number): Span | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}
