/**
 * Types that let others act as a role, and by which attributes they say who: whoever these name
 * gets the role's credentials.
 */
const GIVES_OUT: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_identity_pool_roles_attachment: ["identity_pool_id", "role_mapping"],
  aws_cognito_user_group: ["user_pool_id"],
  aws_eks_pod_identity_association: ["cluster_name", "namespace", "service_account"],
  aws_iot_role_alias: ["alias"],
  aws_rolesanywhere_profile: [],
  aws_ssm_activation: [],
  aws_transfer_user: ["server_id", "user_name"],
  aws_transfer_access: ["server_id", "external_id"],
};

/** Attributes that say who gets the role; a change of them is a change of who acts as it. */
export function recipientAttributes(type: string): readonly string[] {
  return GIVES_OUT[type] ?? [];
}

export interface Verbs {
  readonly gained: string;
  readonly lost: string;
}

/** What a resource of that type does with a role. */
export function verbsOf(type: string): Verbs {
  return type in GIVES_OUT
    ? { gained: " now gives out credentials of ", lost: " no longer gives out credentials of " }
    : { gained: " now runs as ", lost: " no longer runs as " };
}
