import type { ErrorGroup } from "./error-group";

export const RULES = {
  title: "access.yaml: rules across keys",
  guide: "access-yaml.md",
  intro: "Entries of access.yaml that are valid on their own and contradict each other.",
  codes: {
    "unknown-account": {
      cause: "access.yaml has no account of this name.",
      fix: "Correct the name, or add the account to `accounts`.",
    },
    "account-needed": {
      cause: "With several accounts, a role, a bucket or a command has to name one.",
      fix: "Add `account:` to the role or bucket, or pass `--account`.",
    },
    "unknown-organization": {
      cause: "A project names an organization that access.yaml does not have.",
      fix: "Correct the name, or add the organization to `organizations`.",
    },
    "organization-beside-organizations": {
      cause: "access.yaml has both `organization` and `organizations`.",
      fix: "Move the organization into `organizations`, with a name and `default: true`.",
    },
    "several-default-organizations": {
      cause: "Two organizations have `default: true`.",
      fix: "Remove it from one of the two.",
    },
    "default-organization-needed": {
      cause: "`provider.audiences` of an account does not say for which of several organizations.",
      fix: "Add `default: true` to the organization whose provider has these audiences.",
    },
    "wrong-account": {
      cause:
        "A managed policy belongs to another account than the role; or the AWS credentials belong to another account than the command needs.",
      fix: "Name a policy of the role's account or of AWS; or sign in to the right account.",
    },
    "unknown-person": {
      cause: "access.yaml has no person or group of this name.",
      fix: "Correct the name, or add the person to `people`.",
    },
    "unknown-project": {
      cause: "access.yaml has no project of this name.",
      fix: "Correct the name, or add the project to `projects`.",
    },
    "unknown-role": {
      cause: "No role of this name exists where one is required.",
      fix: "Correct the name, or choose one of those that the message lists.",
    },
    "group-named-as-person": { cause: "A group and a person have the same name.", fix: "Rename the group." },
    "group-in-group": { cause: "A group lists another group as a member.", fix: "Name the people." },
    "duplicate-person-id": {
      cause: "Two people have the same CircleCI user ID.",
      fix: "Remove one of the two entries, or correct the copied ID.",
    },
    "duplicate-project-id": {
      cause: "Two projects have the same CircleCI project ID.",
      fix: "Remove one of the two entries, or correct the copied ID.",
    },
    "duplicate-organization-id": {
      cause: "Two organizations have the same CircleCI ID.",
      fix: "Remove one of the two entries, or correct the copied ID.",
    },
    "duplicate-account-id": {
      cause: "Two accounts have the same AWS account ID.",
      fix: "Remove one of the two entries, or correct the copied ID.",
    },
    "duplicate-bucket": {
      cause: "Two entries name the same bucket. Bucket names are globally unique.",
      fix: "Remove one of the two entries, or rename the bucket.",
    },
    "duplicate-role-name": {
      cause: "Two roles of one account have the same IAM name without regard to case.",
      fix: "Set another `name` on one of them.",
    },
    "duplicate-sid": {
      cause: "Two statements of one role have the same `Sid`.",
      fix: "Rename one of the two.",
    },
    "id-of-something-else": {
      cause: "The ID already belongs to the organization, a project or a person.",
      fix: "Copy the right ID from CircleCI.",
    },
    "stack-name-collision": {
      cause: "Two stacks would have the same name without regard to case, and so the same state.",
      fix: "Rename the project or the account.",
    },
    "refs-missing": {
      cause: "A role does not say from which branches or tags it may be assumed.",
      fix: "Add `branches`, `tags` or both.",
    },
    "tags-beside-any": {
      cause: "A role has `tags` beside `branches: any`, which already includes every tag.",
      fix: "Remove `tags`, or list the branches.",
    },
    "tokens-without-origin-beside-refs": {
      cause:
        "`tokensWithoutOrigin` is set together with a list of refs. A token without an origin names no ref.",
      fix: "Remove `tokensWithoutOrigin`, or write `branches: any`.",
    },
    "beside-hand-written": {
      cause: "A role with a hand-written trust policy has a key that depends on `people` and refs.",
      fix: "Add `people` and refs, or remove the key.",
    },
    "principal-refused": {
      cause: "A statement of a role's own policy has a `Principal`.",
      fix: "Remove it; `people`, `branches` and `tags` say who may assume the role.",
    },
    "action-missing": {
      cause: "A statement has neither `Action` nor `NotAction`.",
      fix: "Add one of the two.",
    },
    "action-and-not-action": {
      cause: "A statement has both `Action` and `NotAction`.",
      fix: "Remove one of the two, or write two statements.",
    },
    "resource-missing": {
      cause: "A statement has neither `Resource` nor `NotResource`.",
      fix: "Add one of the two.",
    },
    "resource-and-not-resource": {
      cause: "A statement has both `Resource` and `NotResource`.",
      fix: "Remove one of the two, or write two statements.",
    },
    "too-many-policies": {
      cause: "A role has more managed policies than IAM attaches.",
      fix: "Combine some of them, or use `statements`.",
    },
    "too-many-audiences": {
      cause: "The account's OIDC provider would have more than 100 audiences.",
      fix: "Let projects share an audience, or spread them over several accounts.",
    },
    "pipeline-keys-exclusive": {
      cause:
        "Two keys of `pipeline` exclude each other, such as `executor` and `image`, or a key is not possible for this role.",
      fix: "Remove one of the two.",
    },
    "circular-pipeline": {
      cause: "`pipeline.after` makes a job wait for itself.",
      fix: "Remove one role from one of the lists.",
    },
    "beside-terraform": {
      cause: "A role that runs Terraform has a key that would add to its computed policies or jobs.",
      fix: "Move the key to a role of its own.",
    },
    "apply-for-everyone": {
      cause:
        "A role with `terraform: apply` is open to everyone who can start a pipeline, who could then change every role of the account.",
      fix: "List the people who may change access.",
    },
    "apply-from-any": {
      cause:
        "A role with `terraform: apply` may be assumed from every ref, so unreviewed code could change every role of the account.",
      fix: "List the branches whose commits are reviewed.",
    },
    "watch-for-everyone": {
      cause:
        "A role with `terraform: watch` may be assumed by everyone who can start a pipeline. It reads all roles and policies of the account.",
      fix: "List the actor of the schedule only.",
    },
    "watch-from-any": {
      cause: "A role with `terraform: watch` may be assumed from every ref, so unreviewed code could use it.",
      fix: "List the branch on which the schedule runs.",
    },
    "watch-without-role": {
      cause: "`pipeline.watch` is set, and no role of the project has `terraform: watch`.",
      fix: "Add such a role, or remove `pipeline.watch`.",
    },
    "apply-without-plan": {
      cause: "An account has a role with `terraform: apply` and none with `terraform: plan`.",
      fix: "Add a role with `terraform: plan` to the project.",
    },
    "second-terraform-role": {
      cause: "An account has two roles for the same Terraform task.",
      fix: "Combine the people and refs of both in one role.",
    },
    "terraform-in-two-projects": {
      cause: "Roles that run Terraform are in more than one project.",
      fix: "Keep them in the project whose repository holds access.yaml.",
    },
    "boundary-of-its-own": {
      cause: "A role has a permissions boundary of its own in an account with a role that applies.",
      fix: "Remove it, or set it once as the account's `permissionsBoundary`.",
    },
    "deploy-state-bucket": {
      cause:
        "`deploys: terraform` names the account's state bucket, which holds the states of this file's own stacks.",
      fix: "Keep the project's state in another bucket.",
    },
    "boundary-needed": {
      cause: "The permissions of a role are not all in access.yaml, so its boundary cannot be computed.",
      fix: "Write them as `statements`, or set the account's `permissionsBoundary`.",
    },
    "beyond-boundary": {
      cause:
        "A statement allows permissions management (privilege escalation), which the computed boundary never allows.",
      fix: "Name the services that are needed, or set the account's `permissionsBoundary`.",
    },
    "document-missing": {
      cause: "A policy file that access.yaml names does not exist.",
      fix: "Restore the file, or remove the key.",
    },
    "document-unreadable": {
      cause: "A policy file that access.yaml names cannot be read.",
      fix: "Check the path and the permissions of the file.",
    },
    "document-not-read": {
      cause: "A policy file that access.yaml names is not a valid policy.",
      fix: "Correct the file as the message says.",
    },
    "document-of-another-kind": {
      cause:
        "A policy file is a trust policy where a permissions policy is required, or the other way round.",
      fix: "Name the right file.",
    },
    "inline-policy-name-taken": {
      cause: "An inline policy from a file has the name of one that is written from access.yaml.",
      fix: "Rename the inline policy, or remove the key that the other is written from.",
    },
    "trust-policy-too-long": {
      cause: 'A trust policy is longer than the account\'s quota "Role trust policy length".',
      fix: "Name fewer people or refs, split the role, or have the quota raised and set `trustPolicyQuota`.",
    },
    "inline-policies-too-long": {
      cause: "The inline policies of a role are longer than 10,240 characters together.",
      fix: "Move statements into a managed policy and name its ARN under `policies`.",
    },
    "boundary-too-long": {
      cause: "The computed permissions boundary of an account is longer than 6,144 characters.",
      fix: "Shorten statements, spread the projects over several accounts, or set `permissionsBoundary`.",
    },
  },
} as const satisfies ErrorGroup;
