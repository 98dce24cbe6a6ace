import fc from "fast-check";
import { Budget } from "../../../lib/iam/automata/budget";
import { CharacterSet } from "../../../lib/iam/automata/character-set";
import { either, sequence } from "../../../lib/iam/automata/fragments";
import { anyOne, anyRun, type PatternPart } from "../../../lib/iam/automata/patterns";
import { type TextSet, TextSets } from "../../../lib/iam/automata/text-sets";
import { cases } from "./cases";

/** `*` and `?` as in a policy, everything else literal. */
function pattern(text: string): readonly PatternPart[] {
  return text.split(/([*?])/u).map((part) => (part === "*" ? anyRun : part === "?" ? anyOne : part));
}

/** The same, read by JavaScript's own regular expressions. */
function expression(text: string, flags = ""): RegExp {
  const source = text
    .replace(/[^*?]/gu, "\\u{$&}")
    .replace(/\\u\{(.*?)\}/gu, (_, one: string) => escapeOne(one));
  return new RegExp(`^(?:${source.replace(/\*/g, "[^]*").replace(/\?/g, "[^]")})$`, `u${flags}`);
}

function escapeOne(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A set as a tree, to be built by `TextSets` and judged by regular expressions. */
type Tree =
  | { readonly patterns: readonly string[]; readonly ignoreCase: boolean }
  | { readonly lengths: readonly [number, number] }
  | { readonly not: Tree }
  | { readonly all: readonly Tree[] }
  | { readonly any: readonly Tree[] };

function build(sets: TextSets, tree: Tree): TextSet {
  if ("patterns" in tree) return sets.matching(tree.patterns.map(pattern), { ignoreCase: tree.ignoreCase });
  if ("lengths" in tree) return sets.ofLength(...tree.lengths);
  if ("not" in tree) return sets.complement(build(sets, tree.not));
  if ("all" in tree) return sets.intersection(...tree.all.map((one) => build(sets, one)));
  return sets.union(...tree.any.map((one) => build(sets, one)));
}

function classify(tree: Tree): (text: string) => boolean {
  if ("patterns" in tree) {
    const expressions = tree.patterns.map((one) => expression(one, tree.ignoreCase ? "i" : ""));
    return (text) => expressions.some((one) => one.test(text));
  }
  if ("lengths" in tree) {
    const [min, max] = tree.lengths;
    return (text) => min <= [...text].length && [...text].length <= max;
  }
  if ("not" in tree) {
    const inner = classify(tree.not);
    return (text) => !inner(text);
  }
  const inner = ("all" in tree ? tree.all : tree.any).map(classify);
  return "all" in tree ? (text) => inner.every((one) => one(text)) : (text) => inner.some((one) => one(text));
}

/**
 * The letters that patterns name in either case, one beyond the basic plane, and one that no
 * pattern names.
 */
const LETTERS = ["a", "A", "b", "B", "🚀", "z"];
const upToFour = textsUpTo(4);

function textsUpTo(length: number): readonly string[] {
  if (length === 0) return [""];
  const shorter = textsUpTo(length - 1);
  const longest = shorter.filter((text) => [...text].length === length - 1);
  return [...shorter, ...longest.flatMap((text) => LETTERS.map((letter) => text + letter))];
}

const patternText = fc
  .array(fc.constantFrom("a", "a", "b", "A", "🚀", "*", "*", "?"), { maxLength: 5 })
  .map((parts) => parts.join(""));
const leaf: fc.Arbitrary<Tree> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ patterns: fc.array(patternText, { maxLength: 4 }), ignoreCase: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(3), fc.nat(3)).map(([min, more]): Tree => ({ lengths: [min, min + more] })),
  },
);
const { tree: anyTree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    tie("tree").map((one) => ({ not: one })),
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  ),
}));

describe("every combination of wildcard patterns", () => {
  test("has the same members as the regular expression, among all short texts", () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const sets = new TextSets();
        const set = build(sets, tree);
        const contains = classify(tree);
        for (const text of upToFour) {
          if (sets.has(set, text) !== contains(text)) throw new Error(`disagree on ${JSON.stringify(text)}`);
        }
      }),
      cases(50, 5_000),
    );
  });

  test("returns a shortest member, or is empty", () => {
    const seen = { empty: 0, found: 0 };
    fc.assert(
      fc.property(anyTree, (tree) => {
        const sets = new TextSets();
        const found = sets.findMember(build(sets, tree));
        const contains = classify(tree);
        seen[found === undefined ? "empty" : "found"] += 1;
        const shortest = upToFour.find((text) => contains(text));
        if (found === undefined) return expect(shortest).toBeUndefined();
        expect({ found, isMember: contains(found) }).toEqual({ found, isMember: true });
        if (shortest !== undefined) expect([...found].length).toBe([...shortest].length);
      }),
      cases(700, 100_000),
    );
    expect(Math.min(seen.empty, seen.found)).toBeGreaterThan(100);
  });

  test("is a subset exactly if no member is outside", () => {
    const seen = { subset: 0, not: 0 };
    fc.assert(
      fc.property(anyTree, anyTree, fc.boolean(), (one, two, nested) => {
        const other: Tree = nested ? { any: [one, two] } : two;
        const sets = new TextSets();
        const isSubset = sets.isSubset(build(sets, one), build(sets, other));
        seen[isSubset ? "subset" : "not"] += 1;
        const [isIn, isAllowed] = [classify(one), classify(other)];
        const outside = upToFour.find((text) => isIn(text) && !isAllowed(text));
        if (isSubset) expect(outside).toBeUndefined();
      }),
      cases(700, 100_000),
    );
    expect(Math.min(seen.subset, seen.not)).toBeGreaterThan(100);
  });
});

describe("equal sets", () => {
  const equal: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["wildcards in another order", ["a*?*b"], ["a?*b"]],
    ["a pattern that another covers", ["a*", "ab", "a?c"], ["a*"]],
    ["two halves of everything", ["?*", ""], ["*"]],
    ["stars in a row", ["**a***"], ["*a*"]],
  ];
  test.each(equal)("%s", (_, one, other) => {
    const sets = new TextSets();
    expect(sets.areEqual(sets.matching(one.map(pattern)), sets.matching(other.map(pattern)))).toBe(true);
  });

  test("ignoring case, a letter matches its case variants and nothing else", () => {
    const sets = new TextSets();
    const ignoring = sets.matching([pattern("k?É")], { ignoreCase: true });
    const spelledOut = sets.matching(["k?é", "k?É", "K?é", "K?É", "\u212a?é", "\u212a?É"].map(pattern));
    expect(sets.areEqual(ignoring, spelledOut)).toBe(true);
  });

  test("fragments equal the patterns of the same language", () => {
    const sets = new TextSets();
    const built = sets.builtLike(sequence("a", either("b", "cd", ""), anyOne, anyRun, CharacterSet.of("xy")));
    const patterns = sets.matching(
      ["ab?*x", "ab?*y", "acd?*x", "acd?*y", "a?*x", "a?*y"].map((text) => pattern(text)),
    );
    expect(sets.areEqual(built, patterns)).toBe(true);
  });

  test("a fragment given as an automaton", () => {
    const sets = new TextSets();
    const evenNumberOfAs = sets.builtLike(
      sequence(
        "<",
        {
          steps: [
            { mayEnd: true, moves: [[CharacterSet.of("a"), 1]] },
            { mayEnd: false, moves: [[CharacterSet.of("a"), 0]] },
          ],
        },
        ">",
      ),
    );
    const members = ["<>", "<a>", "<aa>", "<aaa>", "<aaaa>", "<ab>", "<aa"].filter((text) =>
      sets.has(evenNumberOfAs, text),
    );
    expect(members).toEqual(["<>", "<aa>", "<aaaa>"]);
  });
});

describe("an example", () => {
  test.each([
    ["letters before other characters", ["*"], [""], "x"],
    ["not an excluded letter", ["?"], ["x", "y"], "z"],
    ["a shortest text", ["*main"], ["main"], "xmain"],
    ["outside of ASCII if nothing else is left", ["?"], printableAscii(), "\u00e0"],
  ])("%s", (_, wanted, excluded, example) => {
    const sets = new TextSets();
    const set = sets.difference(sets.matching(wanted.map(pattern)), sets.matching(excluded.map(literal)));
    expect(sets.findMember(set)).toBe(example);
  });

  function literal(text: string): readonly PatternPart[] {
    return [text];
  }

  function printableAscii(): readonly string[] {
    return Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));
  }
});

describe("unbounded work", () => {
  const wide = (letter: string): readonly PatternPart[] => [
    anyRun,
    letter,
    ...Array<PatternPart>(40).fill(anyOne),
  ];

  test("ends when the budget is spent: no character is both a and b, but showing that takes 2^40 states", () => {
    const sets = new TextSets(new Budget(100_000));
    const both = sets.intersection(sets.matching([wide("a")]), sets.matching([wide("b")]));
    expect(() => sets.isEmpty(both)).toThrow(expect.objectContaining({ code: "proof-budget-spent" }));
  });

  test("takes few steps if an example is short", () => {
    const sets = new TextSets(new Budget(100_000));
    const one = sets.difference(sets.matching([wide("a")]), sets.matching([wide("b")]));
    expect(sets.findMember(one)).toBe(`a${"x".repeat(40)}`);
  });

  test("takes few steps for any number of stars", () => {
    const sets = new TextSets(new Budget(250_000));
    const stars = sets.matching([pattern("*a".repeat(2_000))]);
    expect(sets.isSubset(stars, sets.matching([pattern("*a".repeat(1_999))]))).toBe(true);
    expect(sets.isSubset(sets.matching([pattern("*a".repeat(1_999))]), stars)).toBe(false);
  });
});
