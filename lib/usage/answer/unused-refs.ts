import type { GrantedRefs, RefPattern } from "../../config/model/model";
import { patternText } from "../../config/model/ref-pattern";
import { readRef } from "../../token/ref";

/**
 * The branches and tags of a role's list that no use came from, as access.yaml writes them; tags as
 * `tag v*`. A role with any ref has none.
 * @param used full refs, such as `refs/heads/main`
 */
export function unusedRefs(refs: GrantedRefs, used: readonly string[]): readonly string[] {
  if (refs.kind === "any") return [];
  const names = used.map(readRef);
  const isUsed = (kind: "branch" | "tag", pattern: RefPattern): boolean =>
    names.some((ref) => ref.kind === kind && matches(pattern, ref.name));
  return [
    ...refs.branches.filter((one) => !isUsed("branch", one)).map(patternText),
    ...refs.tags.filter((one) => !isUsed("tag", one)).map((one) => `tag ${patternText(one)}`),
  ];
}

function matches(pattern: RefPattern, name: string): boolean {
  return pattern.kind === "exact" ? name === pattern.name : name.startsWith(pattern.prefix);
}
