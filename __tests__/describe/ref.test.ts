import fc from "fast-check";
import { plainText } from "../../lib/describe/phrase";
import { describeGrantedRefs, describeRef, describeRefPattern, refText } from "../../lib/describe/ref";
import { readSource } from "../../lib/explain/question";
import { fullRef, readRef } from "../../lib/token/ref";
import { anyRef, refPattern, refs } from "../fixtures/access";

const written = (phrases: readonly Parameters<typeof plainText>[0][]) => phrases.map(plainText);

test.each([
  ["refs/heads/main", "main", "main"],
  ["refs/heads/release/2026", "release/2026", "release/2026"],
  ["refs/tags/v1.2", "tag v1.2", "タグ v1.2"],
  ["refs/pull/1/head", "ref refs/pull/1/head", "ref refs/pull/1/head"],
  ["refs/heads/refs/tags/v1", "refs/tags/v1", "refs/tags/v1"],
  ["refs/heads/", "ref refs/heads/", "ref refs/heads/"],
])("%s is %s", (ref, en, ja) => {
  expect([refText(ref), refText(ref, "ja")]).toEqual([en, ja]);
});

test.each([
  ["refs/heads/release/*", "release/*", "release/*"],
  ["refs/tags/v*", "tag v*", "タグ v*"],
  ["refs/heads/*", "any branch", "すべてのブランチ"],
  ["refs/tags/*", "any tag", "すべてのタグ"],
  ["*", "any ref", "すべての ref"],
])("the pattern %s is %s", (pattern, en, ja) => {
  expect(plainText(describeRefPattern(pattern))).toBe(en);
  expect(plainText(describeRefPattern(pattern, "ja"))).toBe(ja);
});

test("a role's refs, each by itself", () => {
  const listed = refs({ branches: ["main", "release/*"], tags: ["v*", "*"] });
  expect(written(describeGrantedRefs(listed))).toEqual(["main", "release/*", "tag v*", "any tag"]);
  expect(written(describeGrantedRefs(anyRef, "ja"))).toEqual(["すべての ref"]);
});

/** Names that git accepts, those among them that look like something else. */
const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9/_-]{0,8}[a-z0-9]$/).filter((text) => !text.includes("//")),
  fc.constantFrom("any", "tag", "ref", "heads/main", "v1", "main"),
);
const ref = fc.record({ kind: fc.constantFrom("branch", "tag"), name } as const).map(fullRef);

test("equal descriptions mean equal refs, and only the name is quoted", () => {
  fc.assert(
    fc.property(ref, ref, (one, other) => {
      expect(refText(one) === refText(other)).toBe(one === other);
      expect(describeRef(one).at(-1)).toEqual({ quoted: readRef(one).name });
      expect(fullRef(readRef(one))).toBe(one);
    }),
  );
});

test("a described ref can be used in a command and means the same ref", () => {
  fc.assert(
    fc.property(ref, (one) => {
      const [tag] = /(?<=^tag ).*/s.exec(refText(one)) ?? [];
      const source = readSource(tag === undefined ? { branch: refText(one) } : { tag });
      expect(source).toEqual({ kind: "repository", ref: one });
    }),
  );
});

test("a listed name has the same description as its ref", () => {
  fc.assert(
    fc.property(fc.constantFrom("branch", "tag"), name, fc.boolean(), (kind, text, isPrefix) => {
      const pattern = isPrefix ? `${text}*` : text;
      const listed = kind === "branch" ? refs({ branches: [pattern] }) : refs({ tags: [pattern] });
      const described = plainText(describeGrantedRefs(listed).flat());
      expect(described).toBe(plainText(describeRefPattern(fullRef({ kind, name: pattern }))));
      if (refPattern(pattern).kind === "exact")
        expect(described).toBe(refText(fullRef({ kind, name: text })));
    }),
  );
});
