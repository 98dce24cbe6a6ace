import type { PlannedResource } from "../../../plan/plan-json";
import { documentPathsIn, markedPathsIn, topOf } from "./documents";
import { isPolicyName, mayHoldPolicy } from "./policy-names";
import { HOLDERS, idsOf, isListed, ownerAttributes } from "./policy-owners";
import { statementAttributes } from "./statements";

/**
 * Whether the attributes of an unchanged resource follow from its type: its policy is not looked
 * for in what it holds.
 */
export function isDecidedByType(type: string): boolean {
  return !HOLDERS.has(type) && !isListed(type);
}

/**
 * The attributes of a resource that hold its policy, and those that name its owner. Empty: it has
 * no policy that matters. An unchanged resource is examined only if its type is listed, because a
 * large plan has tens of thousands.
 * @param configuredBy returns the attributes that the configuration sets; undefined: the plan does
 * not contain the configuration
 */
export function policyAttributes(
  { mode, type, change }: PlannedResource,
  configuredBy: () => readonly string[] | undefined,
): readonly string[] {
  if (mode !== "managed") return [];
  const statement = statementAttributes(type);
  if (statement !== undefined) return statement;
  if (!mayHoldPolicy(type)) return [];
  const isStill = change.after === change.before;
  if (isStill && isDecidedByType(type)) return [];
  const { before, after, after_unknown, before_sensitive, after_sensitive } = change;
  const paths = [
    ...(isStill ? [] : documentPathsIn(type, before ?? {})),
    ...documentPathsIn(type, after ?? {}),
    ...[after_unknown, before_sensitive, after_sensitive].flatMap((marks) => markedPathsIn(type, marks)),
  ];
  const configured = configuredBy();
  // A copy that the provider stores under another name is not a policy of its own.
  const isOwn = (name: string) => isPolicyName(type, name) || configured?.includes(name) !== false;
  const documents = [...new Set(paths.map(topOf))].filter(isOwn);
  if (documents.length === 0 && !(HOLDERS.has(type) && !isStill)) return [];
  const names = Object.keys(after ?? before ?? {});
  const whose = [...ownerAttributes(type, names), ...idsOf(type)].map(topOf);
  return [...new Set([...documents, ...whose, "arn", "name"])];
}
