import { isJsonObject } from "../iam/language/json";

/** The newest minor version of the plan format that this release knows (Terraform 1.16). */
export const NEWEST_MINOR = 2;

/**
 * The fields of a plan in format 1.2 (`internal/command/jsonplan`, `plan`; OpenTofu has no others).
 * Some are only looked at for secrets, or hold nothing that changes: `relevant_attributes` says
 * what explains a change, `timestamp` when it was planned.
 */
const FIELDS: ReadonlySet<string> = new Set([
  ...["format_version", "terraform_version", "variables", "planned_values", "resource_drift"],
  ...["resource_changes", "deferred_changes", "deferred_action_invocations", "output_changes"],
  ...["action_invocations", "prior_state", "configuration", "relevant_attributes", "checks"],
  ...["timestamp", "applyable", "complete", "errored"],
]);

/** What of a plan's format is newer than this release. */
export interface NewerFormat {
  /** Such as `1.3`; undefined: the format is known. */
  readonly version: string | undefined;
  /** Fields with content that are not read, by name. */
  readonly fields: readonly string[];
}

/** @param plan the parsed output of `terraform show -json`, in a format 1.x */
export function newerFormatIn(plan: unknown, formatVersion: string): NewerFormat {
  const isNewer = Number(formatVersion.split(".")[1]) > NEWEST_MINOR;
  const entries = isJsonObject(plan) ? Object.entries(plan) : [];
  const fields = entries
    .filter(([name, value]) => !FIELDS.has(name) && !isEmpty(value))
    .map(([name]) => name);
  return { version: isNewer ? formatVersion : undefined, fields: fields.toSorted() };
}

/** Nothing can be planned in it. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
