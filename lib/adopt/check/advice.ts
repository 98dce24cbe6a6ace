/** What access.yaml has to say so that a deploy leaves a part of an adopted object as it is. */
export function adviceFor(type: string, attribute: string, before: unknown): string {
  const top = attribute.split(/[.[]/)[0] ?? "";
  const value = typeof before === "string" ? JSON.stringify(before) : JSON.stringify(before ?? "");
  return (ADVICE[type]?.[top] ?? GENERAL[top] ?? fallback)(value);
}

type Advice = (before: string) => string;

const fallback: Advice = () =>
  "nothing in access.yaml sets this; do not deploy before it is clear where the difference comes from";

const GENERAL: Readonly<Record<string, Advice>> = {
  tags: () => "list the object's tags under `awsTags`",
  tags_all: () => "`defaultTags: false`, and the object's tags under `awsTags`",
};

const keep =
  (setting: string): Advice =>
  () =>
    `add ${setting} to the bucket's \`keep\``;

const ADVICE: Readonly<Record<string, Readonly<Record<string, Advice>>>> = {
  aws_iam_role: {
    name: (before) => `\`name: ${before}\``,
    path: (before) => `\`path: ${before}\``,
    description: (before) => `\`description: ${before}\``,
    max_session_duration: (before) => `\`session: ${before}\``,
    permissions_boundary: (before) =>
      before === '""'
        ? "nothing: every role of this account has its boundary (accounts.….permissionsBoundary, or a role with `terraform: apply`); attach it by hand first, or adopt the role before the boundary is there"
        : `\`permissionsBoundary: ${before}\``,
    assume_role_policy: () => "`trust: FILE.json` with the policy as it is in AWS",
    force_detach_policies: () => "nothing: import it again",
  },
  aws_iam_role_policy: {
    policy: () => "`inlinePolicies: { NAME: FILE.json }` with the policy as it is in AWS",
    name: () => "the policy's own name under `inlinePolicies`",
  },
  aws_iam_role_policies_exclusive: {
    policy_names: () => "list every inline policy of the role under `inlinePolicies`, and no other",
  },
  aws_iam_role_policy_attachments_exclusive: {
    policy_arns: () => "list every attached policy of the role under `policies`, and no other",
  },
  aws_iam_openid_connect_provider: {
    client_id_list: () => "list every audience that no role asks for under accounts.….provider.audiences",
    url: () =>
      "nothing: a provider of another URL cannot be adopted; leave it, and let a deploy create the right one",
  },
  aws_s3_bucket: { lifecycle_rule: keep("lifecycle"), bucket: () => "the bucket's own name" },
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

/** What to do where a resource would be made on an adopted object that has nothing of the kind. */
export function adviceForCreation(type: string): string {
  return CREATION[type] ?? "take out of access.yaml what it is written from";
}

const CREATION: Readonly<Record<string, string>> = {
  aws_iam_role_policy:
    "take out of the role's entry what it is written from (`bucket`, `statements`, `inlinePolicies`)",
  aws_iam_role_policy_attachment: "take the policy out of the role's `policies`",
  aws_s3_bucket_policy: "add policy to the bucket's `keep`",
  aws_s3_bucket_versioning: "add versioning to the bucket's `keep`",
  aws_s3_bucket_ownership_controls: "add ownership to the bucket's `keep`",
  aws_s3_bucket_server_side_encryption_configuration: "add encryption to the bucket's `keep`",
  aws_s3_bucket_public_access_block: "add publicAccess to the bucket's `keep`",
};
