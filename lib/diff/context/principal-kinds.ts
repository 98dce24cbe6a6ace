/**
 * What a policy can be attached to so that it says what it may do (IAM User Guide, "Identity-based
 * policies"; IAM Identity Center, "Permission sets").
 */
export const PRINCIPAL_KINDS = ["role", "user", "group", "permission set"] as const;
export type KindName = (typeof PRINCIPAL_KINDS)[number];

/**
 * Which resources hold a kind of principal and what it may do (AWS provider's documentation of
 * each).
 */
export interface PrincipalKind {
  readonly name: KindName;
  /** The type that is the principal itself. */
  readonly type: string;
  /** By which attribute others call it: names are unique within an account, ARNs everywhere. */
  readonly calledBy: "name" | "arn";
  /** Types that say what it may do, and by which attribute each says whose it is. */
  readonly parts: Readonly<Record<string, string>>;
  /** Types that give out credentials of the principal, and the attribute of each that names it. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly inline: {
    /** A list in the principal's own resource. */
    readonly own?: string;
    readonly separate: string;
    /** The attribute of `separate` that is its text. */
    readonly text: string;
    readonly exclusive?: string;
  };
  readonly attached: {
    readonly own?: string;
    /** By type, the attribute that says which policy. */
    readonly separate: Readonly<Record<string, string>>;
    readonly exclusive?: string;
  };
  /** The attribute of the principal's own resource, or the type that sets it. */
  readonly boundary?: { readonly own: string } | { readonly separate: string };
}

/** Attributes that list principals. */
export const LISTS: ReadonlySet<string> = new Set(["roles", "users", "groups"]);

const ATTACHMENT = { aws_iam_policy_attachment: "policy_arn" } as const;

export const KINDS: Readonly<Record<KindName, PrincipalKind>> = {
  role: {
    name: "role",
    type: "aws_iam_role",
    calledBy: "name",
    parts: {
      aws_iam_role_policy: "role",
      aws_iam_role_policy_attachment: "role",
      aws_iam_policy_attachment: "roles",
      aws_iam_role_policies_exclusive: "role_name",
      aws_iam_role_policy_attachments_exclusive: "role_name",
    },
    credentials: {},
    inline: {
      own: "inline_policy",
      separate: "aws_iam_role_policy",
      text: "policy",
      exclusive: "aws_iam_role_policies_exclusive",
    },
    attached: {
      own: "managed_policy_arns",
      separate: { aws_iam_role_policy_attachment: "policy_arn", ...ATTACHMENT },
      exclusive: "aws_iam_role_policy_attachments_exclusive",
    },
    boundary: { own: "permissions_boundary" },
  },
  user: {
    name: "user",
    type: "aws_iam_user",
    calledBy: "name",
    parts: {
      aws_iam_user_policy: "user",
      aws_iam_user_policy_attachment: "user",
      aws_iam_policy_attachment: "users",
      aws_iam_user_policies_exclusive: "user_name",
      aws_iam_user_policy_attachments_exclusive: "user_name",
      aws_iam_user_group_membership: "user",
      aws_iam_group_membership: "users",
    },
    credentials: {
      aws_iam_access_key: "user",
      aws_iam_user_login_profile: "user",
      aws_iam_service_specific_credential: "user_name",
      aws_iam_user_ssh_key: "username",
      aws_iam_signing_certificate: "user_name",
    },
    inline: {
      separate: "aws_iam_user_policy",
      text: "policy",
      exclusive: "aws_iam_user_policies_exclusive",
    },
    attached: {
      separate: { aws_iam_user_policy_attachment: "policy_arn", ...ATTACHMENT },
      exclusive: "aws_iam_user_policy_attachments_exclusive",
    },
    boundary: { own: "permissions_boundary" },
  },
  group: {
    name: "group",
    type: "aws_iam_group",
    calledBy: "name",
    parts: {
      aws_iam_group_policy: "group",
      aws_iam_group_policy_attachment: "group",
      aws_iam_policy_attachment: "groups",
      aws_iam_group_policies_exclusive: "group_name",
      aws_iam_group_policy_attachments_exclusive: "group_name",
    },
    credentials: {},
    inline: {
      separate: "aws_iam_group_policy",
      text: "policy",
      exclusive: "aws_iam_group_policies_exclusive",
    },
    attached: {
      separate: { aws_iam_group_policy_attachment: "policy_arn", ...ATTACHMENT },
      exclusive: "aws_iam_group_policy_attachments_exclusive",
    },
  },
  "permission set": {
    name: "permission set",
    type: "aws_ssoadmin_permission_set",
    calledBy: "arn",
    parts: {
      aws_ssoadmin_permission_set_inline_policy: "permission_set_arn",
      aws_ssoadmin_managed_policy_attachment: "permission_set_arn",
      aws_ssoadmin_customer_managed_policy_attachment: "permission_set_arn",
      aws_ssoadmin_permissions_boundary_attachment: "permission_set_arn",
    },
    credentials: { aws_ssoadmin_account_assignment: "permission_set_arn" },
    inline: { separate: "aws_ssoadmin_permission_set_inline_policy", text: "inline_policy" },
    attached: {
      separate: {
        aws_ssoadmin_managed_policy_attachment: "managed_policy_arn",
        aws_ssoadmin_customer_managed_policy_attachment: "customer_managed_policy_reference",
      },
    },
    boundary: { separate: "aws_ssoadmin_permissions_boundary_attachment" },
  },
};
