import type { PlannedChange, PlannedResource } from "./plan-json";

type Values = NonNullable<PlannedChange["after"]>;

/** What a policy is attached to, such as `role deploy`, each once, by the policy's ARN. */
type Attachments = ReadonlyMap<string, ReadonlySet<string>>;

interface Attaching {
  /** The attribute that has the ARN, or a list of them. */
  readonly arns: string;
  /** By kind: the attribute that has the name of a role, user or group, or a list of them. */
  readonly names: Readonly<Record<string, string>>;
}

/** What attaches policies (AWS provider, resources of IAM). */
const ATTACHING: Readonly<Record<string, Attaching>> = {
  aws_iam_role_policy_attachment: { arns: "policy_arn", names: { role: "role" } },
  aws_iam_user_policy_attachment: { arns: "policy_arn", names: { user: "user" } },
  aws_iam_group_policy_attachment: { arns: "policy_arn", names: { group: "group" } },
  aws_iam_policy_attachment: {
    arns: "policy_arn",
    names: { role: "roles", user: "users", group: "groups" },
  },
  aws_iam_role_policy_attachments_exclusive: { arns: "policy_arns", names: { role: "role_name" } },
  aws_iam_user_policy_attachments_exclusive: { arns: "policy_arns", names: { user: "user_name" } },
  aws_iam_group_policy_attachments_exclusive: { arns: "policy_arns", names: { group: "group_name" } },
};

/**
 * What a plan's resources attach both now and as planned. What exists now and is not planned may
 * have been attached outside of Terraform; what is planned and does not exist yet is not counted.
 */
export function attachmentsIn(declarations: readonly PlannedResource[]): Attachments {
  const found = new Map<string, Set<string>>();
  for (const { type, mode, change } of declarations) {
    const attaching = ATTACHING[type];
    if (attaching === undefined || mode !== "managed") continue;
    const wanted = new Set(pairsIn(change.after, attaching).map(([arn, principal]) => `${arn} ${principal}`));
    for (const [arn, principal] of pairsIn(change.before, attaching))
      if (wanted.has(`${arn} ${principal}`)) found.set(arn, (found.get(arn) ?? new Set()).add(principal));
  }
  return found;
}

/**
 * Whether a policy is attached to exactly as many users, groups and roles as the plan's resources
 * attach it to (`attachment_count`).
 */
export function isCounted(policy: PlannedChange["after"], attachments: Attachments): boolean {
  const arn = policy?.arn;
  return isName(arn) && attachments.has(arn) && attachments.get(arn)?.size === policy?.attachment_count;
}

function pairsIn(
  values: Values | null | undefined,
  { arns, names }: Attaching,
): readonly (readonly [arn: string, principal: string])[] {
  if (values === null || values === undefined) return [];
  const principal = Object.entries(names).flatMap(([kind, attribute]) =>
    namesIn(values[attribute]).map((name) => `${kind} ${name}`),
  );
  return namesIn(values[arns]).flatMap((arn) => principal.map((one) => [arn, one] as const));
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(isName) : isName(value) ? [value] : [];
}

/** Whether a value is a name. A masked or unknown value is null in a plan, and not a name. */
export function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
