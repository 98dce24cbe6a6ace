import type { z } from "zod";
import { adviceFor, suggest } from "../../collections/suggest";
import type { Path, Violation } from "../yaml/problem";
import type { YamlSource } from "../yaml/yaml-source";
import { lookUp, unreadable } from "../yaml/yaml-tree";
import { keySeparator, violationIn } from "./schema-parts";
import { wrongType } from "./wrong-type";

/** Zod's issues, without its type parameters. */
type Issue = z.core.$ZodIssue;

/** Keys of other IAM policies that are not valid in a role's own policy. */
const refusals: ReadonlyMap<string, Violation> = new Map(
  ["Principal", "NotPrincipal"].map((key) => [
    key,
    {
      code: "principal-refused",
      message:
        "a role's own policy has no principal; `people`, `branches` and `tags` define who may assume the role",
      found: key,
      allowed: "a statement without a principal",
      fix: `remove ${key}`,
    },
  ]),
);

/** Reports the schema's issues at their places in the file. */
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
      // A misspelt key is reported as unknown only, not as missing too.
      if (!misspelt.has(JSON.stringify(path))) source.atKey(path, missingKey(path, issue.message));
    } else {
      const written = source.sourceOf(path);
      source.at(path, customViolation(issue) ?? wrongType(value, written, issue.message, path));
    }
  }
  const [first] = issues;
  // Issues that are skipped above were reported as YAML problems. If that ever fails, the file is
  // still invalid.
  if (source.problems.length === 0 && first !== undefined) source.at([], unexpected(first));
}

/** Of a value that may have several types, only the issues of the type in the file are reported. */
function flatten(issue: Issue, base: Path): readonly { readonly issue: Issue; readonly path: Path }[] {
  const path = [...base, ...pathOf(issue)];
  if (issue.code !== "invalid_union") return [{ issue, path }];
  const chosen = issue.errors.find((branch) => branch.length > 0 && !branch.some(isAboutWhole));
  return chosen === undefined ? [{ issue, path }] : chosen.flatMap((inner) => flatten(inner, path));
}

/** True if the whole value has the wrong type, not an element of it. */
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
    const inOtherCase = allowed.find((one) => one.toLowerCase() === key.toLowerCase());
    if (close !== undefined) misspelt.add(JSON.stringify([...path, close]));
    source.atKey(
      [...path, key],
      refusals.get(key) ?? {
        code: "unknown-key",
        message:
          inOtherCase === undefined ? "this key is not valid here" : "keys are case-sensitive in access.yaml",
        found: key,
        allowed: issue.message,
        fix: inOtherCase === undefined ? adviceFor(key, allowed, "remove it") : `write \`${inOtherCase}:\``,
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

/** An issue that no schema of this module raises is still a problem. */
function unexpected(issue: Issue): Violation {
  return {
    code: "not-allowed",
    message: "the value does not match the schema",
    found: issue.code,
    allowed: issue.message,
    fix: "correct the value",
  };
}
