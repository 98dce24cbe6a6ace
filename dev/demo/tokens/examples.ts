import { compareText } from "../../../lib/collections/sort";
import type { GrantedRefs, Person, RefPattern } from "../../../lib/config/model/model";
import type { GitRef } from "../../../lib/token/ref";

/** A branch or a tag. */
export interface Ref extends GitRef {
  readonly kind: "branch" | "tag";
}

/** A user who is not in access.yaml, and is not a member of the organization. */
export const OUTSIDER: Person = {
  name: "an outside contributor",
  id: "5712a46e-0000-4000-8000-0000005712a4",
};

/**
 * A granted ref: the first branch by name, else the first tag, else `main`. For a pattern, a name
 * that it covers.
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

/** A prefix of branch names that no pattern covers. Undefined: none of the candidates. */
export function prefixElsewhere(patterns: readonly RefPattern[]): string | undefined {
  return ["feature/", "try/", "other/", "x/", "y/"].find((prefix) =>
    patterns.every((pattern) => {
      const begins = pattern.kind === "exact" ? pattern.name : pattern.prefix;
      return !begins.startsWith(prefix) && !(pattern.kind === "prefix" && prefix.startsWith(begins));
    }),
  );
}
