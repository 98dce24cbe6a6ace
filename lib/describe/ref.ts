import type { GrantedRefs, RefPattern } from "../config/model/model";
import { patternText } from "../config/model/ref-pattern";
import { type GitRef, readRef } from "../token/ref";
import type { InEachLanguage, Language } from "./language";
import { type Phrase, plainText, quoted } from "./phrase";

/** Words that stand for all refs, all branches, all tags. */
const EVERY = {
  ref: { en: "any ref", ja: "すべての ref" },
  branch: { en: "any branch", ja: "すべてのブランチ" },
  tag: { en: "any tag", ja: "すべてのタグ" },
} as const satisfies Readonly<Record<string, InEachLanguage>>;

const KINDS = {
  branch: undefined,
  tag: { en: "tag ", ja: "タグ " },
  other: { en: "ref ", ja: "ref " },
} as const satisfies Readonly<Record<GitRef["kind"], InEachLanguage | undefined>>;

/**
 * A ref as people type it: `main` for a branch, tag `v1.2`, ref `refs/pull/1/head` for all else.
 * Git allows no blank in a ref's name, so `tag v1.2` is never a branch.
 * @param ref as tokens name it, such as `refs/heads/main`
 */
export function describeRef(ref: string, language: Language = "en"): Phrase {
  return named(readRef(ref), language);
}

/** The same as one text. */
export function refText(ref: string, language: Language = "en"): string {
  return plainText(describeRef(ref, language));
}

/**
 * Several refs: `release/*`, tag `v*`, any branch.
 * @param pattern as policies write it, with `*` and `?`
 */
export function describeRefPattern(pattern: string, language: Language = "en"): Phrase {
  const { kind, name } = readRef(pattern);
  if (!/^\*+$/.test(name)) return named({ kind, name }, language);
  return [EVERY[kind === "other" ? "ref" : kind][language]];
}

/** The refs that a role lists, each by itself: `main`, `release/*`, tag `v*`; or any ref. */
export function describeGrantedRefs(refs: GrantedRefs, language: Language = "en"): readonly Phrase[] {
  if (refs.kind === "any") return [[EVERY.ref[language]]];
  return [
    ...refs.branches.map((branch) => listed("branch", branch, language)),
    ...refs.tags.map((tag) => listed("tag", tag, language)),
  ];
}

function listed(kind: "branch" | "tag", pattern: RefPattern, language: Language): Phrase {
  const name = patternText(pattern);
  return name === "*" ? [EVERY[kind][language]] : named({ kind, name }, language);
}

function named({ kind, name }: GitRef, language: Language): Phrase {
  const word = KINDS[kind];
  return word === undefined ? [quoted(name)] : [word[language], quoted(name)];
}
