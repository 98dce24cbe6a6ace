import { tooManyTags } from "../rules/aws-tags";
import type { Reporter } from "../yaml/problem";
import { entriesOf } from "../yaml/yaml-tree";
import { reportMissing } from "./missing";
import type { Outline, RoleOutline } from "./outline";

/** Source: IAM quotas, "Managed policies attached to an IAM role" (default). */
const maxManagedPolicies = 10;

/** The keys of one role must fit together: people, refs, tags, number of policies. */
export function checkRoles(outline: Outline, report: Reporter): void {
  for (const role of outline.projects.flatMap(({ roles }) => roles)) {
    checkRefs(role, report);
    checkTags(role, report);
    if (role.policies.length > maxManagedPolicies) {
      report.atKey([...role.path, "policies"], {
        code: "too-many-policies",
        message: "the role has more managed policies than IAM attaches",
        found: `${role.policies.length} policies`,
        allowed: `at most ${maxManagedPolicies}`,
        fix: "combine some of them, or use `statements`",
      });
    }
  }
}

const WHO = ["people", "branches", "tags"] as const;

/** Whether the role's trust policy is a file, without `people` and refs that describe it. */
export function isHandWritten({ entry }: RoleOutline): boolean {
  return Object.hasOwn(entry, "trust") && !WHO.some((key) => Object.hasOwn(entry, key));
}

/** Keys that depend on `people` and refs, which a hand-written role does not have. */
function checkHandWritten(role: RoleOutline, report: Reporter): void {
  for (const key of ["terraform", "pipeline", "tokensWithoutOrigin", "from", "until"]) {
    if (!Object.hasOwn(role.entry, key)) continue;
    report.atKey([...role.path, key], {
      code: "beside-hand-written",
      message: "the key depends on `people` and refs, and the trust policy of this role is hand-written",
      found: key,
      allowed: "`people` and refs, or `trust` without this key",
      fix: `add \`people\` and \`branches\`, or remove \`${key}\``,
    });
  }
}

function checkRefs(role: RoleOutline, report: Reporter): void {
  if (isHandWritten(role)) {
    checkHandWritten(role, report);
    return;
  }
  reportMissing("people", "everyone, or a list of names such as [alice]", role, report);
  const { branches } = role.entry;
  const hasTags = Object.hasOwn(role.entry, "tags");
  if (!Object.hasOwn(role.entry, "branches") && !hasTags) {
    report.atKey(role.path, {
      code: "refs-missing",
      message: "the role does not say from which branches or tags it may be assumed",
      found: role.key,
      allowed: "`branches`, `tags` or both",
      fix: "add `branches: [main]`, or `branches: any` for every ref",
    });
  }
  if (branches === "any" && hasTags) {
    report.atKey([...role.path, "tags"], {
      code: "tags-beside-any",
      message: "`branches: any` already includes every tag",
      found: "tags",
      allowed: "`tags` with a list of branches",
      fix: "remove `tags`, or list the branches",
    });
  }
  checkTokensWithoutOrigin(role, report);
}

/**
 * A token without an origin has no ref either (CircleCI docs, "OIDC tokens in jobs"), so no list of
 * refs matches it.
 */
function checkTokensWithoutOrigin({ entry, path }: RoleOutline, report: Reporter): void {
  if (entry.tokensWithoutOrigin !== true) return;
  const listing = ["branches", "tags"].filter((key) => Array.isArray(entry[key]));
  if (entry.branches === "any" || listing.length === 0) return;
  report.atKey([...path, "tokensWithoutOrigin"], {
    code: "tokens-without-origin-beside-refs",
    message: `a token without an origin names no ref, so it never matches the ${listing.join(" and ")} of the role`,
    found: "tokensWithoutOrigin: true",
    allowed: "`tokensWithoutOrigin` with `branches: any`",
    fix: "remove `tokensWithoutOrigin`; or write `branches: any`, if code of any ref and any repository may assume the role",
  });
}

function checkTags(role: RoleOutline, report: Reporter): void {
  const tags = entriesOf(role.entry.awsTags);
  const path = [...role.path, "awsTags"];
  const violation = tooManyTags(tags.length);
  if (violation !== undefined) report.atKey(path, violation);
  const seen = new Map<string, string>();
  for (const [key] of tags) {
    const first = seen.get(key.toLowerCase());
    if (first === undefined) seen.set(key.toLowerCase(), key);
    else {
      report.atKey([...path, key], {
        code: "duplicate-tag",
        message: `IAM does not distinguish tag keys by case, and the role already has ${first}`,
        found: key,
        allowed: "each key once",
        fix: "remove one of the two",
      });
    }
  }
}
