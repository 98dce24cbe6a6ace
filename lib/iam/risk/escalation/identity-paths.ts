import { attaching, on, onOthers, onUnnamed, unbounded } from "./calls";
import { type EscalationPath, escalation } from "./escalation-path";

/** Ways by IAM and by roles alone. */
export const IDENTITY_PATHS: readonly EscalationPath[] = [
  escalation("iam-create-policy-version", "iam-001 iam-016 iam-020 rhino-1", on("iam:CreatePolicyVersion")),
  escalation("iam-set-default-policy-version", "rhino-2", on("iam:SetDefaultPolicyVersion")),
  escalation("iam-create-access-key", "iam-002 iam-003 rhino-4", onOthers("iam:CreateAccessKey")),
  escalation("iam-create-login-profile", "iam-004 rhino-5", onOthers("iam:CreateLoginProfile")),
  escalation("iam-update-login-profile", "iam-006 rhino-6", onOthers("iam:UpdateLoginProfile")),
  escalation("iam-put-user-policy", "iam-007 iam-018 rhino-10", unbounded("iam:PutUserPolicy")),
  escalation("iam-put-group-policy", "iam-011 rhino-11", on("iam:PutGroupPolicy")),
  escalation("iam-put-role-policy", "iam-005 iam-017 iam-021 rhino-12", unbounded("iam:PutRolePolicy")),
  escalation(
    "iam-attach-user-policy",
    "iam-008 iam-015 rhino-7",
    attaching("iam:AttachUserPolicy", "unbounded"),
  ),
  escalation("iam-attach-group-policy", "iam-010 rhino-8", attaching("iam:AttachGroupPolicy", "any")),
  escalation(
    "iam-attach-role-policy",
    "iam-009 iam-014 iam-019 rhino-9",
    attaching("iam:AttachRolePolicy", "unbounded"),
  ),
  escalation("iam-add-user-to-group", "iam-013 rhino-13", on("iam:AddUserToGroup")),
  escalation("iam-update-assume-role-policy", "iam-012 rhino-14", unbounded("iam:UpdateAssumeRolePolicy")),
  escalation("sts-assume-role", "sts-001", onUnnamed("sts:AssumeRole")),
  // A boundary that can be removed limits nothing (IAM User Guide, "Permissions boundaries").
  escalation("iam-delete-role-boundary", "", on("iam:DeleteRolePermissionsBoundary")),
  escalation("iam-delete-user-boundary", "", on("iam:DeleteUserPermissionsBoundary")),
  // Metadata of another identity provider sign for every role that trusts it (IAM API Reference).
  escalation("iam-update-saml-provider", "", on("iam:UpdateSAMLProvider")),
  // IAM Identity Center API Reference: each changes what users and groups may do in accounts.
  escalation("sso-create-account-assignment", "", on("sso:CreateAccountAssignment")),
  escalation("sso-put-inline-policy", "", on("sso:PutInlinePolicyToPermissionSet")),
  escalation("sso-attach-managed-policy", "", on("sso:AttachManagedPolicyToPermissionSet")),
];
