import { isDeepStrictEqual } from "node:util";
import { compareText } from "../../access/sort";
import { actionOf } from "../plan/actions";
import { declaredElsewhere } from "../plan/declared-elsewhere";
import type { PlannedChange, PlannedResource } from "../plan/plan-json";
import { isUnknown } from "../plan/resources";
import type { AccessFacts } from "./facts";

/** Something that decides what a role or a bucket's callers may do, beside the trust policies: it changes, and was not compared. */
export interface RightsChange {
  readonly address: string;
  readonly source: "plan" | "drift";
  /** Such as `policy` or `permissions_boundary`, sorted. */
  readonly attributes: readonly string[];
}

/** By resource type, the attributes that rights hang on. Trust policies are compared elsewhere. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["inline_policy", "managed_policy_arns", "permissions_boundary", "max_session_duration"],
  aws_iam_role_policy: ["policy", "role"],
  aws_iam_role_policy_attachment: ["policy_arn", "role"],
  aws_iam_policy_attachment: ["policy_arn", "roles"],
  aws_iam_role_policies_exclusive: ["policy_names", "role_name"],
  aws_iam_role_policy_attachments_exclusive: ["policy_arns", "role_name"],
  aws_iam_policy: ["policy"],
  aws_iam_openid_connect_provider: ["url", "client_id_list", "thumbprint_list"],
  aws_s3_bucket: ["policy", "acl"],
  aws_s3_bucket_policy: ["bucket", "policy"],
  aws_s3_bucket_acl: ["acl", "access_control_policy"],
  aws_s3_bucket_ownership_controls: ["rule"],
  aws_s3_bucket_public_access_block: [
    ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"],
    "bucket",
  ],
};

/** Everything of that kind that a plan or drift touches, by address. The same policy in another layout is no change. */
export function rightsChangesIn(plan: AccessFacts): readonly RightsChange[] {
  const isElsewhere = declaredElsewhere(plan.changes);
  return [
    ...plan.changes.flatMap((resource) => rightsChange(resource, "plan", () => false)),
    ...plan.drift.flatMap((resource) =>
      rightsChange(resource, "drift", (attribute) => isElsewhere(resource, attribute)),
    ),
  ].toSorted(
    (left, right) => compareText(left.address, right.address) || compareText(left.source, right.source),
  );
}

function rightsChange(
  resource: PlannedResource,
  source: RightsChange["source"],
  isElsewhere: (attribute: string) => boolean,
): readonly RightsChange[] {
  const { address, type, mode, change } = resource;
  const known = mode === "managed" ? ATTRIBUTES[type] : undefined;
  // What Terraform forgets stays as it is.
  if (known === undefined || actionOf(resource) === "forget") return [];
  const attributes = known.filter((key) => differs(change, key) && !isElsewhere(key)).sort(compareText);
  return attributes.length === 0 ? [] : [{ address, source, attributes }];
}

function differs({ before, after, after_unknown: unknown }: PlannedChange, key: string): boolean {
  if (isUnknown(unknown, key) && isThere(after)) return true;
  return !isDeepStrictEqual(meaning(before?.[key]), meaning(after?.[key]));
}

function isThere(values: PlannedChange["after"]): boolean {
  return values !== null && values !== undefined;
}

/** A text that is JSON counts by what it says; nothing, an empty text and an empty list are one. */
function meaning(value: unknown): unknown {
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return null;
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
