import { isDeepStrictEqual } from "node:util";
import { remembered } from "../collections/remembered";
import { attachmentsIn, isCounted, isName } from "./attachment-count";
import type { PlannedChange, PlannedResource } from "./plan-json";

type Values = NonNullable<PlannedChange["after"]>;

/**
 * Attributes of a bucket that a resource of their own declares: the provider writes it into both
 * (AWS provider, `aws_s3_bucket`).
 */
const OF_BUCKET: Readonly<Record<string, string>> = {
  policy: "aws_s3_bucket_policy",
  lifecycle_rule: "aws_s3_bucket_lifecycle_configuration",
  versioning: "aws_s3_bucket_versioning",
  server_side_encryption_configuration: "aws_s3_bucket_server_side_encryption_configuration",
};

/**
 * Attributes that changed only because another resource of the same plan declares them: the state
 * of the first was written before the other was created. That is not drift. A change outside of
 * Terraform shows as drift of the other resource.
 * @param declarations all resources of the plan, also unchanged ones
 * @returns a test for one resource of the plan's drift
 */
export function declaredElsewhere(
  declarations: readonly PlannedResource[],
): (resource: PlannedResource, attribute: string) => boolean {
  const declared = new Declared(declarations);
  const attachments = attachmentsIn(declarations);
  return ({ type, change: { after } }, attribute) => {
    if (type === "aws_s3_bucket") {
      const own = OF_BUCKET[attribute];
      return own !== undefined && declared.of(own, after?.bucket).length > 0;
    }
    if (type === "aws_iam_policy") return attribute === "attachment_count" && isCounted(after, attachments);
    if (type !== "aws_iam_role") return false;
    if (attribute === "managed_policy_arns") return isDeclared(after, declared);
    if (attribute !== "inline_policy") return false;
    const policies = declared.of("aws_iam_role_policy", after?.name);
    const found = after?.inline_policy;
    return Array.isArray(found) && found.every((one) => policies.some((policy) => isSame(one, policy)));
  };
}

/** By which attribute a resource says whose it is: the name of a role or a bucket. */
const WHOSE: Readonly<Record<string, string>> = {
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_iam_role_policy_attachments_exclusive: "role_name",
  ...Object.fromEntries(Object.values(OF_BUCKET).map((type) => [type, "bucket"])),
};

/** Resources that declare something of another one, by their type and its name. */
class Declared {
  readonly #found = new Map<string, Values[]>();

  constructor(declarations: readonly PlannedResource[]) {
    for (const { type, mode, change } of declarations) {
      const whose = WHOSE[type];
      if (whose === undefined || mode !== "managed") continue;
      // The current value, before the plan is applied. For an exclusive resource the planned value:
      // the current one can contain changes made outside of Terraform.
      const values = type.endsWith("_exclusive") ? change.after : change.before;
      if (values === null || values === undefined) continue;
      const name = values[whose];
      if (!isName(name)) continue;
      remembered<string, Values[]>(this.#found, `${type} ${name}`, () => []).push(values);
    }
  }

  of(type: string, name: unknown): readonly Values[] {
    return isName(name) ? (this.#found.get(`${type} ${name}`) ?? []) : [];
  }
}

/** Whether everything that is attached to a role is what resources of their own want attached. */
function isDeclared(role: PlannedChange["after"], declared: Declared): boolean {
  const own = declared.of("aws_iam_role_policy_attachment", role?.name);
  const exclusive = declared.of("aws_iam_role_policy_attachments_exclusive", role?.name);
  const wanted = new Set([
    ...own.map((one) => one.policy_arn),
    ...exclusive.flatMap((one) => one.policy_arns),
  ]);
  const found = role?.managed_policy_arns;
  return (
    own.length + exclusive.length > 0 &&
    Array.isArray(found) &&
    found.every((arn) => isName(arn) && wanted.has(arn))
  );
}

function isSame(found: unknown, { name, policy }: Values): boolean {
  if (typeof found !== "object" || found === null || !("name" in found) || !("policy" in found)) return false;
  if (!isName(found.name) || !isName(found.policy)) return false;
  return found.name === name && isDeepStrictEqual(parsed(found.policy), parsed(policy));
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
