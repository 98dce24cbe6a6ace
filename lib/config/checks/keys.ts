import { anyTagKeyRule, tagKeyRule } from "../rules/aws-tags";
import { inlinePolicyNameRule } from "../rules/document-file";
import { keyRule, memberRule } from "../rules/names";
import type { Rule } from "../rules/rule";
import { conditionKeyRule, operatorRule } from "../rules/statement";
import type { Path, Reporter } from "../yaml/problem";
import { entriesOf, lookUp } from "../yaml/yaml-tree";

/** Keys that users choose have rules of their own. Values below an invalid key are checked too. */
export function checkKeys(root: unknown, report: Reporter): void {
  const check = (path: Path, rule: Rule): readonly Path[] =>
    entriesOf(lookUp(root, path).value).map(([key]) => {
      const violation = rule(key);
      if (violation !== undefined) report.atKey([...path, key], violation);
      return [...path, key];
    });
  /** A resource with the project's default tags cannot have other tags of their keys. */
  const checkTags = (owner: Path): void => {
    const isUntagged = lookUp(root, [...owner, "defaultTags"]).value === false;
    check([...owner, "awsTags"], isUntagged ? anyTagKeyRule : tagKeyRule);
  };
  for (const account of check(["accounts"], keyRule("account"))) {
    checkTags([...account, "provider"]);
  }
  check(["organizations"], keyRule("organization"));
  check(["people"], memberRule("person"));
  check(["groups"], memberRule("group"));
  for (const project of check(["projects"], keyRule("project"))) {
    for (const bucket of check([...project, "buckets"], keyRule("bucket"))) {
      checkTags(bucket);
    }
    for (const role of check([...project, "roles"], keyRule("role"))) {
      checkTags(role);
      check([...role, "inlinePolicies"], inlinePolicyNameRule);
      const { value: statements } = lookUp(root, [...role, "statements"]);
      if (!Array.isArray(statements)) continue;
      for (const index of statements.keys()) {
        const condition = check([...role, "statements", index, "Condition"], operatorRule);
        for (const operator of condition) check(operator, conditionKeyRule);
      }
    }
  }
}
