import type { Path, Reporter } from "../yaml/problem";
import { isTreeMap } from "../yaml/yaml-tree";
import type { Outline } from "./outline";

/** A statement has one of each pair of elements, and a Sid that is unique in the role. */
export function checkStatements(outline: Outline, report: Reporter): void {
  for (const { entry, path } of outline.projects.flatMap(({ roles }) => roles)) {
    if (!Array.isArray(entry.statements)) continue;
    const sids = new Set<unknown>();
    entry.statements.forEach((statement: unknown, index) => {
      if (!isTreeMap(statement)) return;
      const here = [...path, "statements", index];
      checkPair(statement, "Action", here, report);
      checkPair(statement, "Resource", here, report);
      const { Sid } = statement;
      if (typeof Sid === "string" && sids.has(Sid)) {
        report.at([...here, "Sid"], {
          code: "duplicate-sid",
          message: "another statement of the role has the same Sid",
          found: Sid,
          allowed: "each Sid once in a role",
          fix: "rename one of the two",
        });
      }
      sids.add(Sid);
    });
  }
}

const CODES = {
  Action: { both: "action-and-not-action", neither: "action-missing" },
  Resource: { both: "resource-and-not-resource", neither: "resource-missing" },
} as const;

/** Source: IAM User Guide, "Grammar of the IAM JSON policy language": exactly one of X and NotX. */
function checkPair(
  statement: Readonly<Record<string, unknown>>,
  element: "Action" | "Resource",
  path: Path,
  report: Reporter,
): void {
  const negated = `Not${element}`;
  const allowed = `exactly one of ${element} and ${negated}`;
  const has = Object.hasOwn(statement, element);
  const hasNegated = Object.hasOwn(statement, negated);
  if (has && hasNegated) {
    report.atKey([...path, negated], {
      code: CODES[element].both,
      message: `a statement cannot have both ${element} and ${negated}`,
      found: negated,
      allowed,
      fix: "remove one of the two, or write two statements",
    });
  } else if (!has && !hasNegated && !hasInOtherCase(statement, [element, negated])) {
    report.atKey(path, {
      code: CODES[element].neither,
      message: `the statement has neither ${element} nor ${negated}`,
      found: element,
      allowed,
      fix: `add \`${element}:\``,
    });
  }
}

/** `action` instead of `Action` is already reported as an unknown key. */
function hasInOtherCase(statement: Readonly<Record<string, unknown>>, elements: readonly string[]): boolean {
  const wanted = elements.map((element) => element.toLowerCase());
  return Object.keys(statement).some((key) => wanted.includes(key.toLowerCase()));
}
