import { isEqual } from "../../plan/equal";
import type { PlannedChange } from "../../plan/plan-json";

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
 * Whether tags of something that stays are others afterwards. New things have tags that nobody has
 * asked for yet.
 */
export function hasOtherTags({ before, after, after_unknown: unknown }: PlannedChange): boolean {
  if (before === null || before === undefined || after === null || after === undefined) return false;
  const later = typeof unknown === "object" ? unknown : {};
  return ["tags", "tags_all"].some(
    (name) => later[name] === true || !isEqual(before[name] ?? {}, after[name] ?? {}),
  );
}

/**
 * Whether policies in a plan ask for tags (`aws:ResourceTag/team`, `aws:PrincipalTag/team`, …):
 * then who has which tags decides who may do what. Condition keys are the same in any letter case.
 */
export function asksForTags(text: string): boolean {
  return /[a-z]tag\//i.test(text);
}
