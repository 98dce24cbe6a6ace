import { type Timeline, textAt } from "../../context/timelines";
import { aspectOf } from "../../coverage/compared-attributes";
import type { Attributes } from "../../model/facts";
import { isSeveral, type SeveralManagers, severalManagers } from "../several-managers";

/** By type, the attributes by which it is known which object of AWS it is. */
const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["name"],
  aws_iam_role_policy: ["role", "name"],
  aws_iam_policy: ["path", "name"],
  aws_iam_policy_attachment: ["policy_arn"],
  aws_iam_instance_profile: ["name"],
  aws_iam_user: ["name"],
  aws_iam_user_policy: ["user", "name"],
  aws_iam_user_policies_exclusive: ["user_name"],
  aws_iam_user_policy_attachments_exclusive: ["user_name"],
  aws_iam_group: ["name"],
  aws_iam_group_policy: ["group", "name"],
  aws_iam_group_policies_exclusive: ["group_name"],
  aws_iam_group_policy_attachments_exclusive: ["group_name"],
  aws_iam_group_membership: ["group"],
  aws_ssoadmin_permission_set_inline_policy: ["permission_set_arn"],
  aws_ssoadmin_permissions_boundary_attachment: ["permission_set_arn"],
  aws_iam_role_policies_exclusive: ["role_name"],
  aws_iam_role_policy_attachments_exclusive: ["role_name"],
  aws_iam_openid_connect_provider: ["url"],
  aws_s3_bucket: ["bucket"],
  aws_s3_bucket_policy: ["bucket"],
  aws_s3_bucket_acl: ["bucket"],
  aws_s3_bucket_ownership_controls: ["bucket"],
  aws_s3_bucket_public_access_block: ["bucket"],
  aws_s3_account_public_access_block: [],
};

/** Roles, policies, buckets and the like that several resources manage. */
export const managedBySeveral = severalManagers("managed-by-several", ({ byType }) =>
  Object.entries(OBJECTS).flatMap(([type, by]) =>
    sameObjects(byType.get(type) ?? [], by).map((managers) => ({
      managers,
      aspect: aspectOf(type),
      subject: nameOf(managers[0].at.planned, by) ?? type,
    })),
  ),
);

/** Objects that several of these will hold, and that the plan does something with. */
function sameObjects(timelines: readonly Timeline[], by: readonly string[]): readonly SeveralManagers[] {
  // The value that Terraform forgets is the value of the resource that takes it over.
  const holding = timelines.filter(({ isForgotten }) => !isForgotten);
  const groups = new Map<string, Timeline[]>();
  for (const { isPlanned, at } of holding) {
    const name = isPlanned ? nameOf(at.planned, by) : undefined;
    if (name !== undefined) groups.set(name, []);
  }
  if (groups.size === 0) return [];
  for (const timeline of holding) groups.get(nameOf(timeline.at.planned, by) ?? "")?.push(timeline);
  return [...groups.values()]
    .flatMap((group) => ofOneAccount(group).filter(isSeveral))
    .filter((holders) => holders.some(({ isPlanned }) => isPlanned));
}

/** A plan with an unknown account may work in any account. */
function ofOneAccount(group: readonly Timeline[]): readonly (readonly Timeline[])[] {
  const accounts = [...new Set(group.flatMap(({ account }) => account ?? []))];
  if (accounts.length < 2) return [group];
  return accounts.map((one) => group.filter(({ account }) => account === undefined || account === one));
}

/** Undefined: it does not exist, or its object is known only after apply. */
function nameOf(attributes: Attributes | undefined, by: readonly string[]): string | undefined {
  if (attributes === undefined) return undefined;
  const parts = by.map((name) => textAt(attributes, name));
  if (parts.includes(undefined)) return undefined;
  return parts.length === 2 && parts[0]?.endsWith("/") === true ? parts.join("") : parts.join(", ");
}
