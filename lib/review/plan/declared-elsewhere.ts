import { isDeepStrictEqual } from "node:util";
import type { PlannedChange, PlannedResource } from "./plan-json";

type Values = NonNullable<PlannedChange["after"]>;

/** Attributes of a bucket that a resource of their own declares: the provider writes it into both (AWS provider, `aws_s3_bucket`). */
const OF_BUCKET: Readonly<Record<string, string>> = {
  policy: "aws_s3_bucket_policy",
  lifecycle_rule: "aws_s3_bucket_lifecycle_configuration",
  versioning: "aws_s3_bucket_versioning",
  server_side_encryption_configuration: "aws_s3_bucket_server_side_encryption_configuration",
};

/**
 * Attributes in which a resource has changed only because another resource of the same plan declares it: the state of the one was written before
 * the other was made. Nobody has changed anything; if somebody does, it is the other resource that drifts.
 * @param declarations all resources of the plan, those with nothing to do too
 * @returns a test for one resource of the plan's drift
 */
export function declaredElsewhere(
  declarations: readonly PlannedResource[],
): (resource: PlannedResource, attribute: string) => boolean {
  const declared = new Map<string, Values[]>();
  for (const { type, change, mode } of declarations) {
    // What is there now, before the plan is applied: that is what was found.
    if (mode !== "managed" || change.before === null || change.before === undefined) continue;
    declared.set(type, [...(declared.get(type) ?? []), change.before]);
  }
  const of = (type: string): readonly Values[] => declared.get(type) ?? [];
  return ({ type, change: { after } }, attribute) => {
    if (type === "aws_s3_bucket") {
      const own = OF_BUCKET[attribute];
      return own !== undefined && of(own).some(({ bucket }) => bucket === after?.bucket);
    }
    if (type !== "aws_iam_role") return false;
    if (attribute === "managed_policy_arns")
      return isDeclared(after, of("aws_iam_role_policy_attachment"), declarations);
    if (attribute !== "inline_policy") return false;
    const policies = of("aws_iam_role_policy").filter(({ role }) => role === after?.name);
    const found = after?.inline_policy;
    return Array.isArray(found) && found.every((one) => policies.some((policy) => isSame(one, policy)));
  };
}

/** Whether everything that is attached to a role is what resources of their own want attached. */
function isDeclared(
  role: PlannedChange["after"],
  attachments: readonly Values[],
  declarations: readonly PlannedResource[],
): boolean {
  const own = attachments.filter((one) => one.role === role?.name);
  // What is wanted, and not what was found: that is what somebody may have changed.
  const exclusive = declarations
    .filter(({ type }) => type === "aws_iam_role_policy_attachments_exclusive")
    .flatMap(({ change: { after } }) => (after?.role_name === role?.name ? [after?.policy_arns] : []));
  const wanted = new Set([...own.map((one) => one.policy_arn), ...exclusive.flat()]);
  const found = role?.managed_policy_arns;
  return own.length + exclusive.length > 0 && Array.isArray(found) && found.every((arn) => wanted.has(arn));
}

function isSame(found: unknown, { name, policy }: Values): boolean {
  if (typeof found !== "object" || found === null || !("name" in found) || !("policy" in found)) return false;
  return found.name === name && isDeepStrictEqual(parsed(found.policy), parsed(policy));
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
