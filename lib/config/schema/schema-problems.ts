import type { z } from "zod";
import { adviceFor, suggest } from "../../collections/suggest";
import type { Path, Violation } from "../yaml/problem";
import type { YamlSource } from "../yaml/yaml-source";
import { lookUp, unreadable } from "../yaml/yaml-tree";
import { keySeparator, violationIn } from "./schema-parts";
import { wrongType } from "./wrong-type";

/** Zod's issues, without its type parameters. */
type Issue = z.core.$ZodIssue;

/** Keys that people know from elsewhere, and why they are not here. */
const refusals: ReadonlyMap<string, Violation> = new Map(
  ["Principal", "NotPrincipal"].map((key) => [
    key,
    {
      code: "principal-refused",
      message:
        "a role's own policy has no principal: it always speaks of the role, and who may assume the role is said by `people`, `branches` and `tags`",
      found: key,
      allowed: "a statement without it",
      fix: `remove ${key}`,
    },
  ]),
);

/** Reports what the schema says about the tree, each issue where it stands in the file. */
export function reportSchemaIssues(issues: readonly Issue[], source: YamlSource): void {
  const flat = issues.flatMap((issue) => flatten(issue, []));
  const misspelt = new Set<string>();
  for (const { issue, path } of flat) {
    if (issue.code === "unrecognized_keys") reportUnknownKeys(issue, path, source, misspelt);
  }
  for (const { issue, path } of flat) {
    if (issue.code === "unrecognized_keys") continue;
    const { present, value } = lookUp(source.root, path);
    if (value === unreadable) continue;
    if (!present) {
      // One slip is one problem: a key that stands there misspelt is not missing too.
      if (!misspelt.has(JSON.stringify(path))) source.atKey(path, missingKey(path, issue.message));
    } else {
      const written = source.sourceOf(path);
      source.at(path, customViolation(issue) ?? wrongType(value, written, issue.message, path));
    }
  }
  const [first] = issues;
  // Whatever was left out above was reported as YAML. Should that ever fail, the file is still not
  // valid.
  if (source.problems.length === 0 && first !== undefined) source.at([], unforeseen(first));
}

/**
 * Where a value may have several shapes, only the shape that the file chose is worth complaining
 * about.
 */
function flatten(issue: Issue, base: Path): readonly { readonly issue: Issue; readonly path: Path }[] {
  const path = [...base, ...pathOf(issue)];
  if (issue.code !== "invalid_union") return [{ issue, path }];
  const chosen = issue.errors.find((branch) => branch.length > 0 && !branch.some(isAboutWhole));
  return chosen === undefined ? [{ issue, path }] : chosen.flatMap((inner) => flatten(inner, path));
}

/** True for "this is no list at all", as opposed to "something in the list is wrong". */
function isAboutWhole(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

function pathOf(issue: Issue): Path {
  return issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
}

function reportUnknownKeys(
  issue: Extract<Issue, { code: "unrecognized_keys" }>,
  path: Path,
  source: YamlSource,
  misspelt: Set<string>,
): void {
  const allowed = issue.message.split(keySeparator);
  for (const key of issue.keys) {
    const close = suggest(key, allowed);
    if (close !== undefined) misspelt.add(JSON.stringify([...path, close]));
    source.atKey(
      [...path, key],
      refusals.get(key) ?? {
        code: "unknown-key",
        message: "there is no such key here",
        found: key,
        allowed: issue.message,
        fix: adviceFor(key, allowed, "remove it"),
      },
    );
  }
}

function missingKey(path: Path, allowed: string): Violation {
  const key = String(path.at(-1) ?? "");
  return {
    code: "missing-key",
    message: "the key is missing",
    found: key,
    allowed,
    fix: `add \`${key}:\` with ${allowed}`,
  };
}

function customViolation(issue: Issue): Violation | undefined {
  return issue.code === "custom" ? violationIn(issue.params) : undefined;
}

/** An issue that no schema here should raise is still a problem, never a pass. */
function unforeseen(issue: Issue): Violation {
  return {
    code: "not-allowed",
    message: "this is not allowed",
    found: issue.code,
    allowed: issue.message,
    fix: "correct it",
  };
}
