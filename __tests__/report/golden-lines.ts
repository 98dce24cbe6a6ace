import type { GoldenName } from "../../dev/golden/cases";

/**
 * For each golden plan the lines that its reviewer needs to see: the headline, then the changes, or
 * the resources where access stays as it is. They stand in the report as they are here.
 */
export const GOLDEN_LINES: Readonly<Partial<Record<GoldenName, readonly string[]>>> = {
  "attachment-removed": [
    "🟢 **No change to access in 2 resources**",
    "`aws_iam_policy.site` has changed",
    "`aws_iam_role_policy_attachment.site` **will be destroyed**: it is no longer in the configuration",
  ],
  "aws-managed-policy-attached": [
    "🔴 **`website-deploy` becomes administrator · `alice` from `main`**",
    "| 🔴 administrator | `website-deploy` becomes administrator: every action on every resource | `alice` | `main` |",
    "`aws_iam_role_policy_attachment.administrator` will be created",
  ],
  "aws-managed-policy-in-role": [
    "🔴 **`website-legacy` becomes administrator · `alice` from `main`**",
    "| 🔴 administrator | `website-legacy` becomes administrator: every action on every resource | `alice` | `main` |",
    "`aws_iam_role.legacy` will be updated in-place",
  ],
  "boundary-removed": [
    "🟠 **Permissions boundary `boundary` no longer limits `website-deploy` · `alice` from `main`**",
    "| 🟠 new actions | Permissions boundary `boundary` no longer limits `website-deploy`, which it limited to `s3:*` on every resource | `alice` | `main` |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "boundary-widened": [
    "🟠 **The permissions boundary of `website-deploy` now allows every action on every resource · `alice` from `main`**",
    "| 🟠 new actions | The permissions boundary of `website-deploy` now allows every action on every resource, instead of `s3:*` on every resource | `alice` | `main` |",
    "`aws_iam_policy.boundary` will be updated in-place",
  ],
  "bucket-policy-exchanged": [
    "🔴 **Anyone can now perform `s3:GetObject` on `acme-website/*`**",
    "| 🔴 external access | `acme-website` now allows `s3:GetObject` on `acme-website/*` to anyone; `s3:*` on `acme-website`, `acme-website/*` for requests without TLS to principals of the owner's account whose policies allow it |",
    "`aws_s3_bucket_policy.site` will be updated in-place",
  ],
  "bucket-policy-opened": [
    "🔴 **Anyone can now perform `s3:GetObject` on `acme-website/*`, under conditions**",
    "| 🔴 external access | `acme-website` now allows `s3:GetObject` on `acme-website/*` for requests over TLS | anyone |",
    "`aws_s3_bucket_policy.site` will be updated in-place",
  ],
  "bucket-policy-removed": [
    "🟠 **Principals of the owner's account whose policies allow it can now access `acme-website` for requests without TLS**",
    "| 🟠 new actions | `acme-website` now allows `s3:*` on `acme-website`, `acme-website/*` for requests without TLS | principals of the owner's account whose policies allow it |",
    "`aws_s3_bucket_policy.site` **will be destroyed**: it is no longer in the configuration",
  ],
  "check-failed": [
    "🟠 **The maximum session duration of `website-deploy` increases from 1 hour to 12 hours**",
    "| 🟠 longer session | The maximum session duration of `website-deploy` increases from 1 hour to 12 hours |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "check-unknown": [
    "🟠 **New role `website-preview` · `alice` from `main`**",
    "| 🟠 new role | New role `website-preview` | `alice` | `main` |",
    "`aws_iam_role.preview` will be created",
  ],
  "count-lowered": [
    "🟢 **Access only shrinks: role `reviewer-1` is deleted · `alice` from `main`**",
    "| 🟢 access shrinks | Role `reviewer-1` is deleted | `alice` | `main` |",
    "`aws_iam_role.reviewer[1]` **will be destroyed**: its index is beyond count",
  ],
  "create-beside": [
    "🟠 **New role `website-preview`: `alice` from `main`; can perform `s3:GetObject` on `acme-website/*`**",
    "| 🟠 new role | New role `website-preview`: can perform `s3:GetObject` on `acme-website/*` | `alice` | `main` |",
    "`aws_iam_role.preview` will be created",
  ],
  create: [
    "🟠 **New role `website-deploy`: `alice` from `main`; can perform `s3:GetObject` and `s3:PutObject` on `acme-website/*`**",
    "| 🟠 new role | New role `website-deploy`: can perform `s3:GetObject` and `s3:PutObject` on `acme-website/*` | `alice` | `main` |",
    "`aws_iam_role.deploy` will be created",
  ],
  "data-read-after-dependency": [
    "🟠 **New OIDC provider in account `main`: the CircleCI organization of `access.yaml`; 1 effect undetermined**",
    "| 🟠 more tokens accepted | New OIDC provider in account `main`: the CircleCI organization of `access.yaml`, whose tokens roles can now trust, for the default audience |",
    "| 🟡 undetermined | The effect on who may assume `website-deploy` could not be determined: its trust policy is known only after apply: it depends on `data.aws_iam_policy_document` `.trust.json` |",
  ],
  "data-read-at-apply": [
    "🟠 **New OIDC provider in account `main`: the CircleCI organization of `access.yaml`; 1 effect undetermined**",
    "| 🟠 more tokens accepted | New OIDC provider in account `main`: the CircleCI organization of `access.yaml`, whose tokens roles can now trust, for the default audience |",
    "| 🟡 undetermined | The effect on who may assume `website-deploy` could not be determined: its trust policy is known only after apply: it depends on `aws_iam_openid_connect_provider` `.circleci.arn` |",
  ],
  "data-read-at-plan": [
    "🟠 **`alice` can now assume `website-deploy` from `main` with a token for another audience, such as `another-audience`**",
    "| 🟠 more people or refs | Can now assume `website-deploy` | `alice` | `main` with a token for another audience, such as `another-audience` |",
    "- **new, medium**: `audience-missing` in the trust policy of `website-deploy`: tokens for any audience are allowed, including those issued for other services",
  ],
  "deposed-and-updated": [
    "🟠 **Bucket `acme-website` is destroyed, only if it is empty; no change to access**",
    "`aws_s3_bucket.site (deposed deadbeef)` **will be destroyed**: accept with `--accept destroy-65dac0e66def`",
    "`aws_s3_bucket.site` will be updated in-place",
  ],
  deposed: [
    "🟠 **Bucket `acme-website` is destroyed, only if it is empty; no change to access**",
    "`aws_s3_bucket.site (deposed deadbeef)` **will be destroyed**: accept with `--accept destroy-9ae93313c5e1`",
    "| `deposed` | **1** |",
  ],
  "destroy-all": [
    "🟢 **Access only shrinks: role `website-deploy` is deleted · `alice` from `main`**",
    "| 🟢 access shrinks | Role `website-deploy` is deleted | `alice` | `main` |",
    "`aws_iam_role.deploy` **will be destroyed**: accept with `--accept destroy-372474376612`",
  ],
  destroy: [
    "🟢 **Access only shrinks: `website-deploy` can no longer perform `s3:GetObject` and `s3:PutObject` on `acme-website/*`**",
    "| 🟢 access shrinks | `website-deploy` can no longer perform `s3:GetObject` and `s3:PutObject` on `acme-website/*` | `alice` from `main` of `github.com/acme/website` |",
    "`aws_iam_role_policy.site` **will be destroyed**: it is no longer in the configuration",
  ],
  "drift-exclusive-created": [
    "🔴 **`website-deploy` becomes administrator, outside this configuration · `alice` from `main`; 1 effect undetermined**",
    "| 🔴 administrator | `website-deploy` becomes administrator: every action on every resource, outside this configuration; the effect on permissions of `website-deploy` could not be determined: policy `arn:aws:iam::123456789012:` `policy/administrator` is attached; its contents are not in the plan, and more | `alice` | `main` | `aws_iam_role.deploy` | `drift-9712e8b51f3c` |",
    "| 🟡 undetermined | `website-deploy` can no longer perform every action on every resource; the effect on permissions of `website-deploy` could not be determined: policy `arn:aws:iam::123456789012:` `policy/administrator` is detached; its contents are not in the plan |  |  | `aws_iam_role_policies_` `exclusive` `.deploy` and 1 more | `unknown-ec5f87454749` |",
  ],
  "drift-no-changes": [
    "🔴 **`website-deploy` becomes administrator, outside this configuration · `alice` from `main`**",
    "| 🔴 administrator | `website-deploy` becomes administrator: every action on every resource, outside this configuration; the effect on permissions of `website-deploy` could not be determined: policy `arn:aws:iam::123456789012:` `policy/administrator` is attached; its contents are not in the plan, and more | `alice` | `main` | `aws_iam_role.deploy` | `drift-65a9301badd2` |",
    "`aws_iam_role.deploy` has changed",
  ],
  "drift-refresh-only-deleted": [
    "🟠 **`bob` can now assume `website-deploy` from `main`, outside this configuration**",
    "| 🟠 more people or refs | Can now assume `website-deploy`, outside this configuration | `bob` | `main` |",
    "| 🟢 access shrinks | `website-preview` can no longer perform `s3:GetObject` on `acme-website/*`, outside this configuration | `alice` from `main` of `github.com/acme/website` |  |",
  ],
  "drift-refresh-only": [
    "🔴 **`website-deploy` becomes administrator, outside this configuration · `alice` from `main`**",
    "| 🔴 administrator | `website-deploy` becomes administrator: every action on every resource, outside this configuration; the effect on permissions of `website-deploy` could not be determined: policy `arn:aws:iam::123456789012:` `policy/administrator` is attached; its contents are not in the plan, and more | `alice` | `main` | `aws_iam_role.deploy` | `drift-5d106cdc0853` |",
    "`aws_iam_role.deploy` has changed",
  ],
  "drift-reverted": [
    "🟠 **`bob` can now assume `website-deploy` from `main`, outside this configuration; 1 more change**",
    "| 🟠 more people or refs | Can now assume `website-deploy`, outside this configuration | `bob` | `main` |",
    "| 🟠 new actions | `website-preview` can now perform `s3:GetObject` on `acme-website/*` | `alice` | `main` |",
  ],
  "drift-undone": [
    "🟢 **Access only shrinks: `website-deploy` can no longer perform every action on every resource**",
    "| 🟢 administrator removed | `website-deploy` can no longer perform every action on every resource | `alice` from `main` of `github.com/acme/website` |",
    "`aws_iam_role_policies_exclusive.deploy` has changed",
  ],
  "errored-but-broader": [
    "🔴 **1 of 1 stack could not be planned; external access to role `website-publish`**",
    "| 🔴 external access | Role `website-deploy` is deleted and created anew as `website-publish`: its sessions end, and policies that name it by ARN stop matching until they are saved again; callers must use the new name | everyone who can start a pipeline of `website` | any branch or other refs, and some refs of a fork or any other repository in project `website` |",
    "- **new, high**: `wildcard-past-field` in the trust policy of `website-publish`: a wildcard matches past its field: a branch with a name like this one is allowed, regardless of the origin and ref in the pattern",
  ],
  "errored-import-and-replace": [
    "🟠 **1 of 1 stack could not be planned; role `website-deploy` is deleted and created anew (its sessions end)**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew: its sessions end, and policies that name it by ARN stop matching until they are saved again; it cannot be assumed until it exists again |",
    "`aws_iam_role.deploy` **will be imported and must be replaced**",
  ],
  "errored-postcondition": [
    "🟠 **1 of 1 stack could not be planned; access grows: maximum session duration of `website-deploy`**",
    "| 🟠 longer session | The maximum session duration of `website-deploy` increases from 1 hour to 12 hours |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "errored-precondition": [
    "🟡 **1 of 1 stack could not be planned**",
    "| `errored-precondition` **plan failed** |",
  ],
  "errored-prevent-destroy": [
    "🟠 **1 of 1 stack could not be planned; role `website-deploy` is deleted and created anew as `website-publish`**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew as `website-publish`: its sessions end, and policies that name it by ARN stop matching until they are saved again; callers must use the new name | `alice` | `main` |",
    "`aws_iam_role.deploy` **must be replaced**: forced by `name`; it cannot be updated in place; the old one is destroyed before the new one is created",
  ],
  "exclusive-removed": [
    "🟠 **Policies that are added to `website-deploy` outside of Terraform are no longer removed**",
    "| 🟠 other change of access | Inline policies that are added to `website-deploy` outside of Terraform are no longer removed by a deploy; managed policies that are attached to `website-deploy` outside of Terraform are no longer removed by a deploy |",
    "`aws_iam_role.deploy` has changed",
  ],
  forgotten: [
    "🟢 **No change to access in 1 resource; 1 no longer managed by Terraform**",
    "`aws_iam_role.deploy` will no longer be managed by Terraform, but will not be destroyed: it is no longer in the configuration",
    "| `forgotten` | 1 |",
  ],
  "import-and-replace": [
    "🟠 **Role `website-deploy` is deleted and created anew (its sessions end)**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew: its sessions end, and policies that name it by ARN stop matching until they are saved again; it cannot be assumed until it exists again |",
    "`aws_iam_role.deploy` **will be imported and must be replaced**",
  ],
  "import-and-update": [
    "🟠 **`bob` can now assume `website-deploy` from `main`**",
    "| 🟠 more people or refs | Can now assume `website-deploy` | `bob` | `main` |",
    "`aws_iam_role.deploy` will be imported and updated in-place: import ID `website-deploy`",
  ],
  import: [
    "🟢 **No change to access in 1 resource**",
    "`aws_iam_role.deploy` will be imported: import ID `website-deploy`",
    "| `import` | 1 |",
  ],
  "inline-policy-in-role-removed": [
    "🟢 **Access only shrinks: `website-legacy` can no longer perform `s3:GetObject` on `acme-website/*`**",
    "| 🟢 access shrinks | `website-legacy` can no longer perform `s3:GetObject` on `acme-website/*` | `alice` from `main` of `github.com/acme/website` |",
    "`aws_iam_role.legacy` will be updated in-place",
  ],
  "inline-policy-in-role-widened": [
    "🟠 **`website-legacy` can now perform `s3:PutObject` on `acme-website/*` · `alice` from `main`**",
    "| 🟠 new actions | `website-legacy` can now perform `s3:PutObject` on `acme-website/*` | `alice` | `main` |",
    "`aws_iam_role.legacy` will be updated in-place",
  ],
  "inline-policy-widened": [
    "🔴 **`website-deploy` becomes administrator · `alice` from `main`**",
    "| 🔴 administrator | `website-deploy` becomes administrator: every action on every resource | `alice` | `main` |",
    "`aws_iam_role_policy.inline` will be updated in-place",
  ],
  "managed-policy-attached": [
    "🔴 **`website-deploy` becomes administrator · `alice` from `main`**",
    "| 🔴 administrator | `website-deploy` becomes administrator: every action on every resource | `alice` | `main` |",
    "`aws_iam_role_policy_attachment.other` will be created",
  ],
  "managed-policy-widened": [
    "🟢 **No change to access in 1 resource**",
    "`aws_iam_policy.site` will be updated in-place",
    "| `managed-policy-widened` | 1 |",
  ],
  "module-changed": [
    "🟠 **`bob` can now assume `website-deploy` from `main`**",
    "| 🟠 more people or refs | Can now assume `website-deploy` | `bob` | `main` |",
    '`module.site["website"].module.role.aws_iam_role.this` will be updated in-place',
  ],
  "module-key-exchanged": [
    "🟠 **New role `docs-2.0-deploy`: `alice` from `main`; can perform `s3:GetObject` on `acme-website/*`**",
    "| 🟠 new role | New role `docs-2.0-deploy`: can perform `s3:GetObject` on `acme-website/*` | `alice` | `main` |",
    "| 🟢 access shrinks | Role `docs-deploy` is deleted | `alice` | `main` |",
  ],
  "module-removed": [
    "🟢 **Access only shrinks: roles `docs-deploy` and `website-deploy` are deleted · `alice` from `main`**",
    "| 🟢 access shrinks | Roles `docs-deploy` and `website-deploy` are deleted | `alice` | `main` |",
    "| 🟢 access shrinks | Roles `docs-deploy` and `website-deploy` are deleted | `alice` | `main` |",
  ],
  "moved-and-replaced": [
    "🟠 **Role `website-deploy` is deleted and created anew as `website-publish` (its sessions end) · `alice` from `main`**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew as `website-publish`: its sessions end, and policies that name it by ARN stop matching until they are saved again; callers must use the new name | `alice` | `main` |",
    "`aws_iam_role.publish` **must be replaced**: moved from `aws_iam_role.deploy`",
  ],
  "moved-and-updated": [
    "🟠 **`bob` can now assume `website-deploy` from `main`**",
    "| 🟠 more people or refs | Can now assume `website-deploy`; no longer: `alice` from `main` | `bob` | `main` |",
    "`aws_iam_role.publish` will be updated in-place: moved from `aws_iam_role.deploy`",
  ],
  "moved-into-module": [
    "🟢 **No change to access in 1 resource**",
    "`module.deploy.aws_iam_role.this` has moved: from `aws_iam_role.deploy`",
    "| `moved-into-module` | 1 |",
  ],
  moved: [
    "🟢 **No change to access in 1 resource**",
    "`aws_iam_role.publish` has moved: from `aws_iam_role.deploy`",
    "| `moved` | 1 |",
  ],
  "no-changes": ["🟢 **No changes**"],
  "outputs-only": ["🟢 **No change to access**", "| `outputs-only` |"],
  "outputs-unknown": [
    "🟢 **No change to access in 1 resource**",
    "`terraform_data.release` will be updated in-place",
    "| `outputs-unknown` | 1 |",
  ],
  "provider-audience-added": [
    "🟠 **CircleCI's OIDC provider in account `main` now accepts tokens for `sts.amazonaws.com`**",
    "| 🟠 more tokens accepted | CircleCI's OIDC provider in account `main` now accepts tokens for `sts.amazonaws.com`, also in every role that trusts it without an audience condition |",
    "`aws_iam_openid_connect_provider.circleci` will be updated in-place",
  ],
  "provider-replaced": [
    "🟠 **New OIDC provider in account `main`: every CircleCI organization (`oidc.circleci.com`)**",
    "| 🟠 more tokens accepted | New OIDC provider in account `main`: every CircleCI organization (`oidc.circleci.com`), whose tokens roles can now trust, for `6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11` |",
    "| 🟢 access shrinks | CircleCI's OIDC provider in account `main` is deleted, so that no role accepts its tokens any longer, for the default audience; `alice` can no longer assume `website-deploy` from `main` of `github.com/acme/website` | `alice` | `main` |",
  ],
  "public-access-block-loosened": [
    "🔴 **`acme-website` no longer blocks all public access**",
    "| 🔴 external access | New bucket policies that grant public access are no longer blocked on `acme-website`; a bucket policy that grants public access is no longer restricted on `acme-website` |",
    "`aws_s3_bucket_public_access_block.site` will be updated in-place",
  ],
  "public-access-block-removed": [
    "🔴 **`acme-website` no longer blocks public access**",
    "| 🔴 external access | `acme-website` no longer blocks public access |",
    "`aws_s3_bucket_public_access_block.site` **will be destroyed**: it is no longer in the configuration",
  ],
  "replace-because-tainted": [
    "🟠 **Role `website-deploy` is deleted and created anew (its sessions end)**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew: its sessions end, and policies that name it by ARN stop matching until they are saved again; it cannot be assumed until it exists again |",
    "`aws_iam_role.deploy` **must be replaced**: it is tainted: an earlier apply did not complete; the old one is destroyed before the new one is created",
  ],
  "replace-by-attribute": [
    "🟠 **Role `website-deploy` is deleted and created anew as `website-publish` (its sessions end) · `alice` from `main`**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew as `website-publish`: its sessions end, and policies that name it by ARN stop matching until they are saved again; callers must use the new name; it can perform `s3:GetObject` and `s3:PutObject` on `acme-website/*` | `alice` | `main` |",
    "`aws_iam_role.deploy` **must be replaced**: forced by `name`; it cannot be updated in place; the old one is destroyed before the new one is created",
  ],
  "replace-by-request": [
    "🟠 **Role `website-deploy` is deleted and created anew (its sessions end)**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew: its sessions end, and policies that name it by ARN stop matching until they are saved again; it cannot be assumed until it exists again |",
    "`aws_iam_role.deploy` **must be replaced**: requested with -replace; the old one is destroyed before the new one is created",
  ],
  "replace-by-trigger": [
    "🟠 **Role `website-deploy` is deleted and created anew (its sessions end)**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew: its sessions end, and policies that name it by ARN stop matching until they are saved again; it cannot be assumed until it exists again |",
    "`aws_iam_role.deploy` **must be replaced**: `a reference in its replace_triggered_by changes`; the old one is destroyed before the new one is created",
  ],
  "replace-create-before-destroy": [
    "🟠 **Role `website-deploy` is deleted and created anew as `website-publish` (its sessions end) · `alice` from `main`**",
    "| 🟠 replaced | Role `website-deploy` is deleted and created anew as `website-publish`: its sessions end, and policies that name it by ARN stop matching until they are saved again; callers must use the new name; it can perform `s3:GetObject` and `s3:PutObject` on `acme-website/*` | `alice` | `main` |",
    "`aws_iam_role.deploy` **must be replaced**: forced by `name`; it cannot be updated in place; the new one is created before the old one is destroyed",
  ],
  "sensitive-create": [
    "🟠 **The holder of access key `aws_iam_access_key.robot` can now act as user `robot`; 1 effect undetermined**",
    "| 🟠 new credentials | The holder of access key `aws_iam_access_key.robot` can now act as user `robot`, which has no permissions in the plans |",
    "| 🟡 undetermined | New role `website-deploy`: the effect on who may assume `website-deploy` could not be determined: its trust policy is marked as sensitive; the effect on permissions of `website-deploy` could not be determined: inline policy `site` is marked as sensitive |",
  ],
  "sensitive-destroy": [
    "🟡 **The effect on `website-deploy` could not be determined**",
    "| 🟡 undetermined | Role `website-deploy` is deleted; the effect on who may assume `website-deploy` could not be determined: the current trust policy is marked as sensitive; the effect on permissions of `website-deploy` could not be determined: inline policy `site` is marked as sensitive |",
    "| 🟢 access shrinks | The holder of access key `aws_iam_access_key.robot` can no longer act as user `robot` |",
  ],
  "sensitive-marks-changed": ["🟢 **No change to access**", "| `sensitive-marks-changed` |"],
  "sensitive-no-changes": ["🟢 **No changes**"],
  "sensitive-update": [
    "🟡 **The effect on `website-deploy` could not be determined; 1 not examined**",
    "| 🟡 undetermined | The effect on who may assume `website-deploy` could not be determined: its trust policy is marked as sensitive |",
    "| 🟡 undetermined | The effect on permissions of `website-deploy` could not be determined: inline policy `site` is marked as sensitive, and more |",
  ],
  "session-raised": [
    "🟠 **The maximum session duration of `website-deploy` increases from 1 hour to 12 hours**",
    "| 🟠 longer session | The maximum session duration of `website-deploy` increases from 1 hour to 12 hours |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "several-providers": ["🟢 **No change to access in 3 resources**"],
  "talk-branch-added": [
    "🟠 **`alice` can now assume `website-deploy` from `release/*`**",
    "| 🟠 more people or refs | Can now assume `website-deploy` | `alice` | `release/*` |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "talk-first-identity": [
    "🟠 **New OIDC provider in account `main`: the CircleCI organization of `access.yaml`**",
    "| 🟠 more tokens accepted | New OIDC provider in account `main`: the CircleCI organization of `access.yaml`, whose tokens roles can now trust, for the default audience |",
    "`aws_iam_openid_connect_provider.circleci` will be created",
  ],
  "talk-first-state": [
    "🟢 **Access only shrinks: public access to `acme-terraform-state`**",
    "| 🟢 external access removed | New ACLs that grant public access are now blocked on `acme-terraform-state`; new bucket policies that grant public access are now blocked on `acme-terraform-state`; 3 more, listed below |",
    "`aws_s3_bucket.state` will be imported and updated in-place: import ID `acme-terraform-state`",
  ],
  "talk-first-website": [
    "🟠 **New role `website-deploy` · `alice` from `main`; 1 more change**",
    "| 🟠 new role | New role `website-deploy`: can perform `s3:ListBucket` and `s3:ListBucketMultipartUploads` on `acme-website`; `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject`, and 2 more on `acme-website/*` | `alice` | `main` |",
    "| 🟠 new role | New role `website-preview`: can perform `s3:ListBucket` and `s3:ListBucketMultipartUploads` on `acme-website-preview`; `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject`, and 2 more on `acme-website-preview/*` | everyone who can start a pipeline of `website` | any ref |",
  ],
  "talk-person-added": [
    "🟠 **`bob` can now assume `website-deploy` from `main`**",
    "| 🟠 more people or refs | Can now assume `website-deploy` | `bob` | `main` |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "talk-role-removed": [
    "🟠 **Bucket `acme-website-preview` is destroyed, only if it is empty; access only shrinks**",
    "| 🟢 access shrinks | Role `website-preview` is deleted | everyone who can start a pipeline of `website` | any ref |",
    "`aws_iam_role.preview` **will be destroyed**",
  ],
  target: [
    "🟡 **The plan of 1 of 1 stack is incomplete**",
    "`terraform_data.release` will be updated in-place",
    "| `target` **incomplete** | 1 |",
  ],
  "trust-branch-widened": [
    "🟠 **`alice` can now assume `website-deploy` from any branch**",
    "| 🟠 more people or refs | Can now assume `website-deploy` | `alice` | any branch |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "trust-everyone": [
    "🟠 **Everyone else who can start a pipeline of `website` can now assume `website-deploy` from `main`**",
    "| 🟠 more people or refs | Can now assume `website-deploy` | everyone else who can start a pipeline of `website` | `main` |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "trust-person-added": [
    "🟠 **`bob` can now assume `website-deploy` from `main`**",
    "| 🟠 more people or refs | Can now assume `website-deploy` | `bob` | `main` |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "trust-person-exchanged": [
    "🟠 **`bob` can now assume `website-deploy` from `main`**",
    "| 🟠 more people or refs | Can now assume `website-deploy`; no longer: `alice` from `main` | `bob` | `main` |",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
  "trust-reworded": [
    "🟢 **No change to access in 1 resource**",
    "`aws_iam_role.deploy` will be updated in-place",
    "| `trust-reworded` | 1 |",
  ],
  "unknown-attachment": [
    "🟠 **`website-deploy` can now perform `s3:GetObject` on `acme-website/*` · `alice` from `main`**",
    "| 🟠 new actions | `website-deploy` can now perform `s3:GetObject` on `acme-website/*` | `alice` | `main` |",
    "| 🟢 access shrinks | Managed policies that are attached to `website-deploy` outside of Terraform are now removed by the next deploy |  |  |",
  ],
  "unknown-boundary": [
    "🟢 **Access only shrinks: permissions boundary `site` now limits `website-deploy`**",
    "| 🟢 access shrinks | Permissions boundary `site` now limits `website-deploy`, which leaves at most `s3:GetObject` on `arn:aws:s3:::acme-website/*` | `alice` from `main` of `github.com/acme/website` |",
    "`aws_iam_policy.site` will be created",
  ],
  "unknown-trust-created": [
    "🟠 **New OIDC provider: the CircleCI organization of `access.yaml`; one effect could not be determined**",
    "| 🟠 more tokens accepted | New OIDC provider: the CircleCI organization of `access.yaml`, whose tokens roles can now trust, for the default audience |",
    "| 🟡 undetermined | New role `website-deploy`: the effect on who may assume `website-deploy` could not be determined: its trust policy is known only after apply: it depends on `aws_iam_openid_connect_provider` `.circleci.arn` |",
  ],
  "unknown-trust-updated": [
    "🟠 **New OIDC provider in account `main`: the CircleCI organization of `access.yaml`; 1 effect undetermined**",
    "| 🟠 more tokens accepted | New OIDC provider in account `main`: the CircleCI organization of `access.yaml`, whose tokens roles can now trust, for the default audience |",
    "| 🟡 undetermined | The effect on who may assume `website-deploy` could not be determined: its trust policy is known only after apply: it depends on `aws_iam_openid_connect_provider` `.circleci.arn` |",
  ],
  update: [
    "🟡 **Access was not examined in 1 resource**",
    "- **not examined**: `aws_iam_role.deploy`: update: `tags`, which policies can use in conditions (aws:PrincipalTag)",
    "`aws_iam_role.deploy` will be updated in-place",
  ],
};
