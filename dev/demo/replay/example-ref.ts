import { compareText } from "../../../lib/collections/sort";
import type { GrantedRefs, RefPattern } from "../../../lib/config/model/model";

export interface Ref {
  readonly kind: "branch" | "tag";
  readonly name: string;
}

/** Such as `refs/heads/main`, as tokens name it. */
export function fullRef({ kind, name }: Ref): string {
  return `${kind === "branch" ? "refs/heads/" : "refs/tags/"}${name}`;
}

/**
 * A ref that is granted: the first branch by name, else the first tag, else `main`. A pattern
 * stands for a name that it covers.
 */
export function exampleRef(granted: readonly GrantedRefs[]): Ref {
  const listed = granted.flatMap((refs) => (refs.kind === "listed" ? [refs] : []));
  const branch = first(listed.flatMap(({ branches }) => branches));
  if (branch !== undefined) return { kind: "branch", name: branch };
  const tag = first(listed.flatMap(({ tags }) => tags));
  return tag === undefined ? { kind: "branch", name: "main" } : { kind: "tag", name: tag };
}

function first(patterns: readonly RefPattern[]): string | undefined {
  return patterns
    .map((pattern) => (pattern.kind === "exact" ? pattern.name : `${pattern.prefix}1`))
    .sort(compareText)[0];
}

/**
 * The beginning of branches that none of the patterns covers; undefined: there is none to be had.
 */
export function prefixElsewhere(patterns: readonly RefPattern[]): string | undefined {
  return ["feature/", "try/", "other/", "x/", "y/"].find((prefix) =>
    patterns.every((pattern) => {
      const begins = pattern.kind === "exact" ? pattern.name : pattern.prefix;
      return !begins.startsWith(prefix) && !(pattern.kind === "prefix" && prefix.startsWith(begins));
    }),
  );
}
