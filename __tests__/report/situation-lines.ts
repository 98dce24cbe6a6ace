/**
 * For each situation the lines that its reviewer needs to see: the headline, then the changes, what
 * was not examined, or the stack and its resources. They stand in the review as they are here.
 */
export const SITUATION_LINES: Readonly<Record<string, readonly string[]>> = {
  "account-imported-and-widened": [
    "🔴 **`ci-deploy` can now write every S3 object**",
    "| 🔴 all data of a service | `ci-deploy` can now write every S3 object (`s3:PutObject` on `*`): `s3:PutObject` and `s3:DeleteObject` on every resource",
    '-     Resource: "arn:aws:s3:::acme-website/*"\n+     Resource: "*"',
  ],
  "account-imported": [
    "🟢 **No change to access in 5 resources**",
    "`aws_s3_bucket.website` will be imported",
    "`aws_iam_role.deploy` will be imported: import ID `ci-deploy`",
  ],
  "administrator-attached-by-hand": [
    "🔴 **`deploy` becomes administrator, outside this configuration**",
    "| 🔴 administrator | `deploy` becomes administrator: every action on every resource, outside this configuration",
    "| 🟢 administrator removed | `deploy` can no longer perform every action on every resource",
  ],
  "administrator-attached": [
    "🔴 **`batch` becomes administrator**",
    "| 🔴 administrator | `batch` becomes administrator: every action on every resource",
    "+ policy_arn = arn:aws:iam::aws:policy/AdministratorAccess",
  ],
  "boundary-removed-from-developers": [
    "🔴 **Each of `developer-ann`, `developer-ben`, and `developer-cho` becomes administrator**",
    "| 🔴 administrator | Each of `developer-ann`, `developer-ben`, and `developer-cho` becomes administrator: every action on every resource",
    '`aws_iam_role.developer["ann"]` will be updated in-place',
  ],
  "circleci-deployer-added": [
    "🟠 **`bob` can now assume `website-deploy` from `main`**",
    "| 🟠 more people or refs | Can now assume `website-deploy`",
    '/user/91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main"',
  ],
  "circleci-guide-pin": [
    "🔴 **Everyone who can start a pipeline of `website` can now assume `website-deploy`, also from forks**",
    "| 🔴 external access | Can now assume `website-deploy`",
    "from `main` of a fork or any other repository, such as `github.com/",
  ],
  "count-becomes-for-each": [
    "🟠 **Roles `reader-acme-a`, `reader-acme-b`, and `reader-acme-c` are deleted and created anew (their sessions end)**",
    "| 🟠 replaced | Roles `reader-acme-a`, `reader-acme-b`, and `reader-acme-c` are deleted and created anew: their sessions end, and policies that name them by ARN stop matching until they are saved again; they cannot be assumed until they exist again |",
    '`aws_iam_role.reader["acme-a"]` will be created',
  ],
  "count-item-removed": [
    "🟠 **Roles `reader-acme-b` and `reader-acme-c` are deleted and created anew (their sessions end)**",
    "| 🟠 replaced | Roles `reader-acme-b` and `reader-acme-c` are deleted and created anew: their sessions end",
    "| 🟢 access shrinks | Role `reader-acme-a` is deleted | `ec2.amazonaws.com` |",
  ],
  "data-lake-created": [
    "🟠 **New role `lake-etl` · `glue.amazonaws.com`; the effect on `lake-etl` could not be determined**",
    '| 🟠 new role | New role `lake-etl`: the effect on permissions of `lake-etl` could not be determined: inline policy `lake` is known only after apply: it depends on `aws_s3_bucket.zone["curated"].arn`, `aws_s3_bucket.zone["raw"].arn`',
    '`aws_s3_bucket_public_access_block.zone["curated"]` will be created',
  ],
  "data-lake-etl-deletes": [
    "🔴 **`lake-etl` can now destroy data**",
    "| 🔴 data destruction | `lake-etl` can now destroy data (`s3:DeleteObjectVersion`): `s3:DeleteObjectVersion` and `s3:DeleteObject` on `acme-lake-curated/*`",
    '+       "s3:DeleteObject"\n+       "s3:DeleteObjectVersion"',
  ],
  "data-lake-partner": [
    "🔴 **Another account can now perform `s3:GetObject` on `acme-lake-published/*`**",
    "| 🔴 external access | `acme-lake-published` now allows `s3:GetObject` on `acme-lake-published/*`",
    '+     Principal.AWS: "arn:aws:iam::444455556666:root"',
  ],
  "ecs-image-changed": [
    "🟢 **No change to access in 1 resource**",
    "- container_definitions[0].image = 123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:2026.10.1",
    "`aws_ecs_task_definition.orders` **must be replaced**: forced by `container_definitions`",
  ],
  "ecs-task-runs-as-administrator": [
    "🔴 **`aws_ecs_task_definition.orders` now runs as an administrator**",
    "| 🔴 administrator | `aws_ecs_task_definition.orders` now runs as `operations`, which can perform every action on every resource; `aws_ecs_task_definition.orders` no longer runs as `orders-task`",
    "task_role_arn = arn:aws:iam::123456789012:role/operations",
  ],
  "eks-module-created": [
    "🔴 **New role `platform-node` can read every container image; 3 more changes; 1 effect undetermined; 1 not examined**",
    "| 🔴 all data of a service | New role `platform-node`: can read every container image (`ecr:GetDownloadUrlForLayer` on `*`); can perform `ecr:GetAuthorizationToken`, `ecr:BatchCheckLayerAvailability`, `ecr:GetDownloadUrlForLayer`, and 5 more on every resource; and more",
    "| 🔴 data destruction | New role `platform-cluster`: can destroy data (`ec2:DeleteVolume`); and more, listed below |",
  ],
  "environment-destroyed": [
    "🟠 **Buckets `acme-staging-api` and 2 more are destroyed, only if they are empty; access only shrinks**",
    "| 🟢 access shrinks | Roles `staging-api`, `staging-jobs`, and `staging-web` are deleted",
    "`staging-jobs` can no longer perform `s3:GetObject` on `acme-staging-jobs/*`",
  ],
  "every-secret": [
    "🔴 **`orders` can now read every secret**",
    "| 🔴 all data of a service | `orders` can now read every secret (`secretsmanager:GetSecretValue` on `*`)",
    '+     Resource: "*"',
  ],
  "everything-but-iam": [
    "🔴 **`platform` becomes administrator**",
    "| 🔴 administrator | `platform` becomes administrator: every action except `iam:*` and `organizations:*`",
    '+     NotAction: ["iam:*", "organizations:*"]\n+     Resource: "*"',
  ],
  "function-invoked-by-another-account": [
    "🔴 **Another account can now perform `lambda:InvokeFunction` on `hook`; 2 more changes**",
    "| 🔴 external access | `hook` now allows `lambda:InvokeFunction` | any principal in account `444455556666`",
    "| 🟠 more resources | `aws_lambda_function.hook` now runs as `hook`, which has no permissions in the plans",
  ],
  "function-url-public": [
    "🔴 **Anyone can now call the URL of `hook`; 2 more changes**",
    "| 🔴 external access | Anyone can now call the URL of `hook`",
    "| 🟠 more resources | `aws_lambda_function.hook` now runs as `hook`, which has no permissions in the plans",
  ],
  "github-any-branch": [
    "🔴 **GitHub Actions jobs of `acme/website` can now assume `github-release` (administrator)**",
    "| 🔴 administrator | Can now assume `github-release` (administrator: every action except `iam:*`, `organizations:*`, and `account:*`)",
    '+     Condition.StringLike["token.actions.githubusercontent.com:sub"]: "repo:acme/website:*"',
  ],
  "grant-extended": [
    "🟠 **`contractor` can now perform `s3:GetObject` on `acme-reports/*`, under conditions**",
    "| 🟠 new actions | `contractor` can now perform `s3:GetObject` on `acme-reports/*` for requests from 1 January 2027 on and before 1 March 2027",
    '+     Condition.DateLessThan["aws:CurrentTime"]: "2027-03-01T00:00:00Z"',
  ],
  "images-for-the-organization": [
    "🔴 **Every account of organization `o-a1b2c3d4e5` can now access `base`**",
    "| 🔴 external access | `base` now allows `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer`; no longer to any principal in account `444455556666` for requests from outside organization `o-a1b2c3d4e5` | every account of organization `o-a1b2c3d4e5`",
    '+     Condition.StringEquals["aws:PrincipalOrgID"]: "o-a1b2c3d4e5"',
  ],
  "instances-run-as-administrator": [
    "🔴 **`aws_iam_instance_profile.operations` now runs as an administrator; 1 more change**",
    "| 🔴 administrator | An instance with instance profile `operations` now runs as `operations`, which can perform every action on every resource",
    "| 🔴 administrator | `aws_launch_template.web` now runs as role `operations` (instance profile `operations`), which can perform every action on every resource; `aws_launch_template.web` no longer runs as role `web` (instance profile `web`)",
  ],
  "key-used-by-another-account": [
    "🔴 **Another account can now perform `kms:Decrypt` and `kms:DescribeKey` on `aws_kms_key.data`**",
    "| 🔴 external access | `aws_kms_key.data` now allows `kms:Decrypt` and `kms:DescribeKey` | any principal in account `444455556666`",
    '+     Action: ["kms:Decrypt", "kms:DescribeKey"]',
  ],
  "lambda-wildcard": [
    "🔴 **`deployer` can escalate its privileges**",
    "| 🔴 privilege escalation | `deployer` can escalate its privileges by `lambda:UpdateFunctionCode`, and 1 other way: `lambda:Update*` on every resource",
    '+     Action: "lambda:Update*"\n+     Resource: "*"',
  ],
  "longer-sessions": [
    "🟠 **The maximum session duration of `release` increases from 1 hour to 12 hours**",
    "| 🟠 longer session | The maximum session duration of `release` increases from 1 hour to 12 hours",
    "- max_session_duration = 3600\n+ max_session_duration = 43200",
  ],
  "may-assume-any-role": [
    "🔴 **`operator` can escalate its privileges**",
    "| 🔴 privilege escalation | `operator` can escalate its privileges by `sts:AssumeRole` on every resource",
    '-     Resource: "arn:aws:iam::123456789012:role/app-*"\n+     Resource: "*"',
  ],
  "may-change-a-policy-version": [
    "🔴 **`builder` can escalate its privileges**",
    "| 🔴 privilege escalation | `builder` can escalate its privileges by `iam:CreatePolicyVersion` on every resource",
    '+       "iam:CreatePolicyVersion"',
  ],
  "may-pass-any-role": [
    "🔴 **`builder` can escalate its privileges**",
    "| 🔴 privilege escalation | `builder` can escalate its privileges by `iam:PassRole`, then `lambda:CreateFunction`, then `lambda:InvokeFunction`: `iam:PassRole` on every resource",
    '+     Action: "iam:PassRole"\n+     Resource: "*"',
  ],
  "permission-set-created": [
    "🔴 **New permission set `Developers`, administrator**",
    "| 🔴 administrator | New permission set `Developers`: administrator: every action except `iam:*`, `organizations:*`, and `account:*` | identity store group `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`",
    "can now perform everything except `iam:*`, `organizations:*`, `account:*` on every resource; this applies to identity store group",
  ],
  "plan-role-writes-state": [
    "🟠 **`ci-plan` can now perform `s3:PutObject` and `s3:DeleteObject` on `acme-terraform-state/*`**",
    "| 🟠 new actions | `ci-plan` can now perform `s3:PutObject` and `s3:DeleteObject` on `acme-terraform-state/*`",
    '+       "s3:PutObject"',
  ],
  "policy-changed-by-hand": [
    "🔴 **`deploy` can now read every S3 object, outside this configuration**",
    "| 🔴 all data of a service | `deploy` can now read every S3 object (`s3:GetObject` on `*`) and write every S3 object (`s3:PutObject` on `*`), outside this configuration: `s3:*` on every resource",
    "| 🟢 all data of a service removed | `deploy` can no longer perform `s3:*` on every resource",
  ],
  "policy-known-after-apply": [
    "🟡 **The effect on `indexer` could not be determined**",
    "| 🟡 undetermined | The effect on permissions of `indexer` could not be determined: inline policy `access` is known only after apply: it depends on `aws_sqs_queue.index.arn`",
    "+ policy = (known after apply)",
  ],
  "production-tables-deleted-by-a-job": [
    "🔴 **`cleanup` can now read every DynamoDB table**",
    "| 🔴 all data of a service | `cleanup` can now read every DynamoDB table (`dynamodb:Scan`) and write every DynamoDB table (`dynamodb:DeleteItem`): `dynamodb:Scan`, `dynamodb:DeleteTable`, and `dynamodb:DeleteItem` on `arn:aws:dynamodb:us-east-1:123456789012:table/*`",
    '+     Action: ["dynamodb:DeleteItem", "dynamodb:DeleteTable", "dynamodb:Scan"]',
  ],
  "provider-upgraded": [
    "🟠 **`invoices` can now perform `s3:PutObject` on `acme-invoices/*`**",
    "- retention_in_days = 30\n+ retention_in_days = 90",
    "+ skip_destroy = false\n```\n\nThe same in 14 more resources: ",
  ],
  "queue-open-to-everyone": [
    "🔴 **Anyone can now perform `sqs:SendMessage` on `orders`**",
    "| 🔴 external access | `aws_sqs_queue.orders` now allows `sqs:SendMessage` on `arn:aws:sqs:us-east-1:123456789012:orders`",
    '-     Condition.ArnEquals["aws:SourceArn"]: "arn:aws:sns:us-east-1:123456789012:orders"',
  ],
  "refactored-into-modules": [
    "🟢 **No change to access in 12 resources**",
    "`module.exports.aws_iam_role.this` has moved: from `aws_iam_role.exports`",
    "`module.emails.aws_iam_role.this` has moved: from `aws_iam_role.emails`",
  ],
  "refactored-with-a-wider-policy": [
    "🔴 **`fn-exports` can now destroy data**",
    "| 🔴 data destruction | `fn-exports` can now destroy data (`dynamodb:DeleteTable` and `dynamodb:DeleteBackup`): `dynamodb:*` on `arn:aws:dynamodb:us-east-1:123456789012:table/exports`",
    '+       "dynamodb:*"\n-       "dynamodb:GetItem"',
  ],
  "region-restriction-removed": [
    "🔴 **`global` can escalate its privileges**",
    "| 🔴 privilege escalation | `global` can escalate its privileges by `ec2:CreateLaunchTemplateVersion`, then `ec2:ModifyLaunchTemplate`, and 1 other way: `ec2:*` on every resource",
    '-     Condition.StringNotEquals["aws:RequestedRegion"]: "eu-central-1"',
  ],
  "role-renamed": [
    "🟠 **Role `deploy` is deleted and created anew as `website-deploy` (its sessions end) · `ec2.amazonaws.com`**",
    "| 🟠 replaced | Role `deploy` is deleted and created anew as `website-deploy`: its sessions end, and policies that name it by ARN stop matching until they are saved again; callers must use the new name; it can perform `s3:PutObject` on `acme-website/*` |",
    "`aws_iam_role.deploy` **must be replaced**: forced by `name`",
  ],
  "script-and-stack-set": [
    "🟡 **Access was not examined in 2 resources**",
    "- **not examined**: `aws_cloudformation_stack.baseline`",
    "- **not examined**: `terraform_data.migrate`",
  ],
  "secret-and-its-reader": [
    "🟠 **`orders` can now perform `secretsmanager:GetSecretValue` on `secret:orders/database-wawfXH`**",
    "| 🟠 new actions | `orders` can now perform `secretsmanager:GetSecretValue` on `arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/database-wawfXH`",
    '+     Action: "secretsmanager:GetSecretValue"',
  ],
  "service-account-wildcard": [
    "🟠 **Service account `external-dns` in any namespace can now assume `external-dns`**",
    "| 🟠 more people or refs | Can now assume `external-dns`",
    '"system:serviceaccount:*:external-dns"',
  ],
  "source-range-widened": [
    "🟠 **`office` can now perform `s3:GetObject` on `acme-reports/*`, under conditions**",
    "| 🟠 new actions | `office` can now perform `s3:GetObject` on `acme-reports/*` for requests from any IPv4 address outside `10.0.0.0/8` |",
    '-     Condition.IpAddress["aws:SourceIp"]: "10.0.0.0/8"\n+     Condition.IpAddress["aws:SourceIp"]: "0.0.0.0/0"',
  ],
  "stacks-not-planned": [
    "🔴 **2 of 3 stacks could not be planned; `api` can now read every secret**",
    "**2 of 3 stacks could not be planned.** What follows is about the other stack.",
    "`orders`:\n\n```diff\n  terraform plan failed (exit code 1):\n  Error: reading SSM Parameter (/orders/image): couldn't find resource\n",
  ],
  "static-site-created": [
    "🟡 **The effect on `acme-www` could not be determined; 2 not examined**",
    "| 🟡 undetermined | The effect on bucket policy of `acme-www` could not be determined: its policy is known only after apply: it depends on `aws_cloudfront_distribution.site.arn`, `aws_s3_bucket.site.arn`",
    "- **not examined**: `aws_cloudfront_distribution.site`",
  ],
  "static-site-public": [
    "🔴 **Anyone can now perform `s3:GetObject` on `acme-www/*`; 1 more change**",
    "| 🔴 external access | `acme-www` now allows `s3:GetObject` on `acme-www/*`",
    "| 🔴 external access | `acme-www` no longer blocks public access",
  ],
  "tags-everywhere": [
    "🟢 **No change to access in 16 resources; 12 not examined**",
    "- **not examined**: `aws_iam_role.service[0]`",
    "- **not examined**: `aws_iam_role.service[10]`",
  ],
  "team-added": [
    "🟠 **New role `team-website` · any principal in account `main`, under conditions**",
    "| 🟠 new role | New role `team-website`: can perform `s3:ListBucket` on `acme-website`; `s3:PutObject` and `s3:GetObject` on `acme-website/*`",
    "any principal in account `123456789012` can now assume `team-website`, for requests by principals with tag `team` equal to `website`",
  ],
  "team-sees-another-bucket": [
    "🟠 **Access grows: permissions of `team-payments`**",
    "| 🟠 new actions | `team-payments` can now perform `s3:ListBucket` on `acme-search`; `s3:PutObject` and `s3:GetObject` on `acme-search/*`",
    '+       "arn:aws:s3:::acme-search/*"',
  ],
  "template-file-widened": [
    "🔴 **`worker` can now destroy data**",
    "| 🔴 data destruction | `worker` can now destroy data (`sqs:PurgeQueue` and `sqs:DeleteQueue`): `sqs:*` on `arn:aws:sqs:us-east-1:123456789012:orders`; `sqs:*` on `arn:aws:sqs:us-east-1:123456789012:invoices`",
    '+       "sqs:*"\n-       "sqs:DeleteMessage"',
  ],
  "tls-no-longer-required": [
    "🔴 **Role `auditor` of another account can now perform `s3:GetObject` on `acme-reports/*` for requests without TLS**",
    "| 🔴 external access | `acme-reports` now allows `s3:GetObject` on `acme-reports/*` for requests without TLS",
    "; `s3:*` on `acme-reports`, `acme-reports/*` for requests without TLS to principals of the owner's account whose policies allow it |",
  ],
  "trusted-account-exchanged": [
    "🔴 **Another account can now assume `monitoring-vendor`, under conditions**",
    "| 🔴 external access | Can now assume `monitoring-vendor` for requests with external ID `acme-4711`; no longer: any principal in account `444455556666`",
    '-     Principal.AWS: "arn:aws:iam::444455556666:root"\n+     Principal.AWS: "arn:aws:iam::777788889999:root"',
  ],
  "user-joins-administrators": [
    "🔴 **User `ben` becomes administrator**",
    "| 🔴 administrator | User `ben` becomes administrator: every action on every resource",
    "+ users[1] = ben",
  ],
  "user-with-an-access-key": [
    "🟠 **The holder of access key `aws_iam_access_key.backup` can now act as user `backup`**",
    "| 🟠 new credentials | The holder of access key `aws_iam_access_key.backup` can now act as user `backup`, which can perform `s3:PutObject` on `arn:aws:s3:::acme-backup/*`",
    "+ secret = (sensitive)",
  ],
  "vendor-added": [
    "🔴 **New role `monitoring-vendor` · another account, under conditions**",
    "| 🔴 external access | New role `monitoring-vendor`: can perform `s3:ListBucket`, `quicksight:Describe*`, `iot:List*`, and 5 more on every resource; and more",
    "any principal in account `444455556666` can now assume `monitoring-vendor`, for requests with external ID `acme-4711`",
  ],
  "vendor-reads-everything": [
    "🔴 **`monitoring-vendor` can now read every S3 object**",
    "| 🔴 all data of a service | `monitoring-vendor` can now read every S3 object (`s3:GetObject` on `*`), read every SSM parameter (`ssm:GetParameter` on `*`), read every DynamoDB table (`dynamodb:GetItem` on `*`), and 6 more; less of other access, listed below |",
    `--policy-input-list "$(contents 'arn:aws:iam::aws:policy/ReadOnlyAccess')"`,
  ],
  "vendor-without-external-id": [
    "🔴 **Another account can now assume `monitoring-vendor` without the external ID**",
    "| 🔴 external access | Can now assume `monitoring-vendor` for requests without external ID `acme-4711` | any principal in account `444455556666`",
    '-     Condition.StringEquals["sts:ExternalId"]: "acme-4711"',
  ],
};
