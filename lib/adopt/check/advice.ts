/** The change of access.yaml with which a deploy keeps an attribute of an adopted object. */
export function adviceFor(type: string, attribute: string, before: unknown): string {
  const top = attribute.split(/[.[]/)[0] ?? "";
  const value = typeof before === "string" ? JSON.stringify(before) : JSON.stringify(before ?? "");
  return (ADVICE[type]?.[top] ?? GENERAL[top] ?? fallback)(value);
}

type Advice = (before: string) => string;

const fallback: Advice = () =>
  "no key of access.yaml sets this attribute; do not deploy before the cause is known";

const GENERAL: Readonly<Record<string, Advice>> = {
  tags: () => "list the object's tags under `awsTags`",
  tags_all: () => "set `defaultTags: false`, and list the object's tags under `awsTags`",
  // Version 6 of the provider has it on every regional resource.
  region: (before) =>
    `the object is in region ${before}, and its account in access.yaml in another: leave it there`,
};

const keep =
  (setting: string): Advice =>
  () =>
    `add ${setting} to the bucket's \`keep\``;

const ADVICE: Readonly<Record<string, Readonly<Record<string, Advice>>>> = {
  aws_iam_role: {
    name: (before) => `set \`name: ${before}\``,
    path: (before) => `set \`path: ${before}\``,
    description: (before) => `set \`description: ${before}\``,
    max_session_duration: (before) => `set \`session: ${before}\``,
    permissions_boundary: (before) =>
      before === '""'
        ? "every role of this account gets a permissions boundary (accounts.….permissionsBoundary, or a role with `terraform: apply`): attach it by hand first, or adopt the role before you add the boundary"
        : `set \`permissionsBoundary: ${before}\``,
    assume_role_policy: () => "set `trust: FILE.json` to a copy of the policy in AWS",
    force_detach_policies: () => "import the role again: run adopt",
  },
  aws_iam_role_policy: {
    policy: () => "set `inlinePolicies: { NAME: FILE.json }` to a copy of the policy in AWS",
    name: () => "use the policy's name in AWS as its key under `inlinePolicies`",
  },
  aws_iam_role_policies_exclusive: {
    policy_names: () => "list exactly the role's inline policies under `inlinePolicies`",
  },
  aws_iam_role_policy_attachments_exclusive: {
    policy_arns: () => "list exactly the role's attached policies under `policies`",
  },
  aws_iam_openid_connect_provider: {
    client_id_list: () => "list the provider's further audiences under accounts.….provider.audiences",
    url: () =>
      "a provider with another URL cannot be adopted: keep it, and let a deploy create the right one",
  },
  aws_s3_bucket: { lifecycle_rule: keep("lifecycle"), bucket: () => "use the bucket's name in AWS" },
  aws_s3_bucket_policy: { policy: keep("policy") },
  aws_s3_bucket_versioning: { versioning_configuration: keep("versioning") },
  aws_s3_bucket_ownership_controls: { rule: keep("ownership") },
  aws_s3_bucket_server_side_encryption_configuration: { rule: keep("encryption") },
  aws_s3_bucket_public_access_block: {
    block_public_acls: keep("publicAccess"),
    block_public_policy: keep("publicAccess"),
    ignore_public_acls: keep("publicAccess"),
    restrict_public_buckets: keep("publicAccess"),
  },
};

/**
 * The change of access.yaml with which a deploy creates no further resource of an adopted object.
 */
export function adviceForCreation(type: string): string {
  return CREATION[type] ?? "remove the key of access.yaml that declares it";
}

const CREATION: Readonly<Record<string, string>> = {
  aws_iam_role_policy:
    "remove the key of the role that declares it (`bucket`, `statements` or `inlinePolicies`)",
  aws_iam_role_policy_attachment: "remove the policy from the role's `policies`",
  aws_s3_bucket_policy: "add policy to the bucket's `keep`",
  aws_s3_bucket_versioning: "add versioning to the bucket's `keep`",
  aws_s3_bucket_ownership_controls: "add ownership to the bucket's `keep`",
  aws_s3_bucket_server_side_encryption_configuration: "add encryption to the bucket's `keep`",
  aws_s3_bucket_public_access_block: "add publicAccess to the bucket's `keep`",
};
