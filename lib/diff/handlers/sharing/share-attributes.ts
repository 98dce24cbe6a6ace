import type { PrincipalRule, ShareRule } from "./share-rules";
import { shareRuleOf } from "./share-types";

/** The attribute that a path begins with. */
export function topOf(path: string): string {
  return path.split(".", 1)[0] ?? path;
}

/**
 * Attributes of a resource that share something, and those that say what; empty: none does. @param
 * names that it has
 */
export function shareAttributes(type: string, names: readonly string[]): readonly string[] {
  const rule = shareRuleOf(type, names);
  if (rule === undefined) return [];
  return [...new Set([...rule.object, ...grantPaths(rule), ...(rule.alters ?? [])].map(topOf))];
}

/** Attributes that are the grants of a rule. */
export function grantPaths({ grants }: ShareRule): readonly string[] {
  return grants.flatMap((one) =>
    one.kind === "setting"
      ? [one.at]
      : [inside(one, one.principals), ...(one.each === undefined ? [] : [inside(one, one.each)])],
  );
}

function inside({ within }: PrincipalRule, path: string): string {
  return within === "" ? path : `${within}.${path}`;
}
