import type { PlannedResource } from "../../../plan/plan-json";
import { documentPathsIn, markedPathsIn, topOf } from "./documents";
import { isPolicyName, mayHoldPolicy } from "./policy-names";
import { HOLDERS, idsOf, isListed, ownerAttributes } from "./policy-owners";
import { statementAttributes } from "./statements";

/**
 * The attributes of a resource that hold its policy, and those that say whose it is. Empty: it has
 * none, or none that matters. Of a resource with which nothing is done only what is known by its
 * type is looked at: there are tens of thousands in a large plan.
 * @param configuredBy tells which attributes the configuration gives a value; undefined: the plan
 * does not say
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
  if (isStill && !HOLDERS.has(type) && !isListed(type)) return [];
  const { before, after, after_unknown, before_sensitive, after_sensitive } = change;
  const paths = [
    ...(isStill ? [] : documentPathsIn(type, before ?? {})),
    ...documentPathsIn(type, after ?? {}),
    ...[after_unknown, before_sensitive, after_sensitive].flatMap((marks) => markedPathsIn(type, marks)),
  ];
  const configured = configuredBy();
  // A copy that the provider makes under a name of its own is nobody's policy.
  const isOwn = (name: string) => isPolicyName(type, name) || configured?.includes(name) !== false;
  const documents = [...new Set(paths.map(topOf))].filter(isOwn);
  if (documents.length === 0 && !(HOLDERS.has(type) && !isStill)) return [];
  const names = Object.keys(after ?? before ?? {});
  const whose = [...ownerAttributes(type, names), ...idsOf(type)].map(topOf);
  return [...new Set([...documents, ...whose, "arn", "name"])];
}
