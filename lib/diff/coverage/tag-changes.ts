import { isJsonObject } from "../../iam/language/json";
import type { MaskedChange } from "../../plan/masked-plan";
import type { References } from "../../plan/references";
import { hasMark, type Marks, markAt } from "../../plan/sensitive/marks";

/**
 * Types whose tags are tags of a principal (IAM User Guide, "Controlling access to and for IAM
 * users and roles using tags").
 */
const PRINCIPALS: ReadonlySet<string> = new Set(["aws_iam_role", "aws_iam_user"]);

/** Whether the tags of a resource are those of a principal, which any policy may ask for. */
export function isPrincipal(type: string): boolean {
  return PRINCIPALS.has(type);
}

/**
 * Whether the tags of an existing resource change. The tags of a new resource are not a change: no
 * policy condition has matched them before.
 */
export function hasOtherTags(
  { resource: { address, change }, differs }: MaskedChange,
  references: References,
): boolean {
  const { before, after, after_unknown: unknown, before_sensitive, after_sensitive } = change;
  if (!isJsonObject(before) || !isJsonObject(after)) return false;
  const later = typeof unknown === "object" ? unknown : {};
  const hadNone = hasNone(before.tags_all, before_sensitive, "tags_all");
  const hasNoOwn = later.tags === undefined && hasNone(after.tags, after_sensitive, "tags");
  return ["tags", "tags_all"].some((name) => {
    // The provider computes `tags_all` of a new object that has no tags.
    if (name === "tags_all" && hadNone && hasNoOwn && !references.mayHaveDefaultTags(address)) return false;
    if (later[name] === true) return true;
    const isEmpty =
      hasNone(before[name], before_sensitive, name) && hasNone(after[name], after_sensitive, name);
    return differs(name) && !isEmpty;
  });
}

/** Providers write an empty map or null for no tags. A sensitive value is null too, and marked. */
function hasNone(tags: unknown, sensitive: Marks, name: string): boolean {
  return !hasMark(markAt(sensitive, name)) && Object.keys(tags ?? {}).length === 0;
}

/**
 * Whether policies in a plan ask for tags (`aws:ResourceTag/team`, `aws:PrincipalTag/team`, …):
 * then who has which tags decides who may do what. Condition keys are the same in any letter case.
 */
export function asksForTags(text: string): boolean {
  return /[a-z]tag\//i.test(text);
}
