import type { ErrorGroup } from "./error-group";

export const VALUES = {
  title: "access.yaml: values",
  guide: "access-yaml.md",
  intro: "Values of access.yaml that AWS, CircleCI or git would not accept.",
  codes: {
    "bad-name": {
      cause:
        "A key that becomes part of a Terraform address, or the name of a person or group, has an invalid form.",
      fix: "Rename it with the characters that the message allows.",
    },
    "reserved-name": {
      cause:
        "A person or group is named `everyone`. The word means everyone who can start a pipeline of the project.",
      fix: "Rename the person or group.",
    },
    "everyone-in-list": {
      cause: "`everyone` is an element of a list.",
      fix: "Write `people: everyone` without a list, or name the people.",
    },
    "any-in-list": {
      cause: "`any` is an element of a list of branches or tags.",
      fix: 'Write `branches: any` without a list; for every tag, write `"*"`.',
    },
    "malformed-account-id": {
      cause: "The value is not an AWS account ID.",
      fix: "Write the 12 digits in quotes.",
    },
    "account-id-number": {
      cause: "The account ID has no quotes, so YAML reads a number and drops leading zeros.",
      fix: "Put the 12 digits in quotes.",
    },
    "malformed-region": {
      cause: "The value is not the name of an AWS region.",
      fix: "Write the region's name, such as `us-east-1`; an availability zone is not a region.",
    },
    "malformed-uuid": { cause: "The value is not a UUID.", fix: "Copy the ID from CircleCI." },
    "uuid-not-lower-case": {
      cause: "A UUID has capital letters. IAM compares subjects with regard to case.",
      fix: "Write the UUID in lower case.",
    },
    "malformed-repository": {
      cause: "The value is not a repository in the form that CircleCI writes into tokens.",
      fix: "Write `host/owner/name`, such as `github.com/acme/website`.",
    },
    "repository-is-url": {
      cause: "The repository is written as a URL.",
      fix: "Write it without scheme, user, `.git` and trailing slash.",
    },
    "malformed-server": {
      cause: "The value is not a host name.",
      fix: "Write the host of your CircleCI Server in lower case, without scheme and port.",
    },
    "server-is-cloud": { cause: "`server` names CircleCI's cloud.", fix: "Remove `server`." },
    "malformed-provider-version": {
      cause: "`terraform.awsProvider` is neither a version nor a version constraint.",
      fix: 'Write a version, such as "5.100.0", or a constraint, such as "~> 6.25".',
    },
    "provider-version-empty": {
      cause: "No version fits the constraint in `terraform.awsProvider`.",
      fix: "Remove the parts that contradict each other.",
    },
    "provider-version-range": {
      cause:
        "`terraform.awsProvider` allows versions of the AWS provider before 5.100.0, or 7.0.0 and later, whose arguments are not known here.",
      fix: 'Name a lower and an upper bound, such as "~> 6.25" or ">= 5.100.0, < 7.0.0".',
    },
    "malformed-audience": {
      cause: "The value cannot be the audience of a token or of an OIDC provider.",
      fix: "Write the token's `aud` claim, or remove the key to use the organization's ID.",
    },
    "malformed-ref": {
      cause: "git does not allow a branch or tag of this name.",
      fix: "Copy the name from `git branch -a` or `git tag`.",
    },
    "ref-with-prefix": {
      cause: "A branch or tag is written as a full ref.",
      fix: "Remove `refs/heads/` or `refs/tags/`.",
    },
    "star-not-at-end": {
      cause: "A `*` is not at the end of a branch or tag pattern.",
      fix: "End the pattern at its first `*`.",
    },
    "malformed-role-name": {
      cause: "IAM does not allow this role name.",
      fix: "Use 1-64 letters, digits and `_ + = , . @ -`.",
    },
    "role-name-too-long": {
      cause: "The IAM role's name has more than 64 characters.",
      fix: "Set a shorter `name` on the role.",
    },
    "malformed-path": {
      cause: "The value is not an IAM path.",
      fix: "Write a path that begins and ends with `/`, or remove the key.",
    },
    "malformed-description": {
      cause: "IAM does not allow this description.",
      fix: "Use up to 1,000 characters of ASCII and Latin-1.",
    },
    "malformed-policy-name": {
      cause: "IAM does not allow this inline policy name.",
      fix: "Use 1-128 letters, digits and `_ + = , . @ -`.",
    },
    "session-out-of-range": {
      cause: "The maximum session duration is outside of IAM's limits.",
      fix: "Write whole seconds from 3600 to 43200.",
    },
    "trust-policy-quota-out-of-range": {
      cause: "`trustPolicyQuota` is outside of the range that AWS grants.",
      fix: 'Write the value that Service Quotas shows for "Role trust policy length", 2048 to 8192.',
    },
    "malformed-arn": {
      cause: "The value is not an ARN of the required kind.",
      fix: "Write the complete ARN of the policy, key or resource.",
    },
    "wrong-partition": {
      cause: "An ARN belongs to another partition than the account's region.",
      fix: "Use an ARN of the account's partition.",
    },
    "encryption-key": {
      cause: "The key of a state encryption does not fit its key provider.",
      fix: "`aws_kms` has a `kmsKey`; `pbkdf2` has none, its passphrase is in `TF_ENCRYPTION`.",
    },
    "encryption-needs-opentofu": {
      cause: "An account encrypts its state, which Terraform cannot read.",
      fix: "Install OpenTofu and set `TERRAFORM_BINARY_NAME=tofu`.",
    },
    "wrong-region": {
      cause: "A KMS key is in another region than the bucket.",
      fix: "Use a key in the bucket's region, or a replica of the key there.",
    },
    "malformed-bucket-name": {
      cause: "S3 does not allow this bucket name.",
      fix: "Use 3-63 lower-case letters, digits, dots and hyphens.",
    },
    "days-out-of-range": {
      cause: "`keepVersionsDays` or `expireDays` is outside of the allowed range.",
      fix: "Write whole days from 1 to 3650, or remove the key for the default.",
    },
    "malformed-tag": {
      cause: "AWS does not allow this tag key or value.",
      fix: "Use the characters and lengths that the message allows.",
    },
    "reserved-tag": {
      cause: "The tag key is reserved by AWS, or set by this project on every resource.",
      fix: "Choose another key.",
    },
    "too-many-tags": {
      cause: "A role has more tags than AWS allows beside this project's own.",
      fix: "Remove some of the tags.",
    },
    "duplicate-tag": {
      cause: "Two tag keys differ in case only. IAM does not distinguish them.",
      fix: "Remove one of the two.",
    },
    "malformed-deploy": {
      cause: "A value under `deploys` is not a name that the AWS service accepts, or has a wildcard.",
      fix: "Write the name that the message describes, without `*`, `?` and `$`.",
    },
    "malformed-action": {
      cause: "The value is not an IAM action.",
      fix: "Write `service:Action`, such as `s3:GetObject`.",
    },
    "malformed-sid": {
      cause: "IAM does not allow this statement ID.",
      fix: "Use letters and digits, or remove the key.",
    },
    "unknown-action": {
      cause:
        "An action in `statements` does not exist, or a pattern matches no action. IAM would accept it, and it would have no effect.",
      fix: "Correct the spelling; if AWS added the action recently, add its service to `knownServices`.",
    },
    "unknown-operator": {
      cause: "IAM has no condition operator of this name.",
      fix: "Use an operator of the IAM User Guide, such as `StringEquals`.",
    },
    "malformed-condition-key": {
      cause: "The value is not a condition key.",
      fix: "Write `prefix:key`, such as `aws:SourceIp`.",
    },
    "malformed-pipeline": {
      cause:
        "A command, context, image, resource class or folder of the generated pipeline has an invalid form.",
      fix: "Write it as the message says; several commands are several elements of the list.",
    },
    "parallelism-out-of-range": {
      cause: "`parallelism` is outside of the allowed range.",
      fix: "Write a whole number from 1 to 256, or remove the key for one machine.",
    },
    "malformed-date": {
      cause: "`from` or `until` is not a date.",
      fix: "Write a day (`2026-12-31`, in UTC), or a time with its zone (`2026-12-31T18:00Z`).",
    },
    "time-without-zone": {
      cause: "A time in `from` or `until` has no zone, so it names a different moment in each place.",
      fix: "Add `Z` for UTC, or the offset: `2026-12-31T18:00+09:00`.",
    },
    "no-such-date": {
      cause:
        "A day or time does not exist, such as the 30th of February, or its year is not from 2000 to 2999.",
      fix: "Correct the day, the time or the offset.",
    },
    "until-before-from": {
      cause: "`until` is not after `from`, so the entry would never be in force.",
      fix: "Correct one of the two dates.",
    },
    "never-in-force": {
      cause:
        "The period of an entry has no moment in common with the period of its group, role or project, so it would never grant anything.",
      fix: "Correct the dates, or remove the entry.",
    },
    "several-names-in-entry": {
      cause: "An entry of a list of people has several keys, such as a name and `until` on the same level.",
      fix: "Write one entry for each name, with the period below the name: `{ bob: { until: 2026-12-31 } }`.",
    },
    "malformed-document-file": {
      cause: "The path does not name a policy file below the folder of access.yaml.",
      fix: "Move the file into the project, and name it without `./` and `../`.",
    },
  },
} as const satisfies ErrorGroup;
