import { ProjectError } from "../../errors";
import type { FoundBucket, FoundRole, Inventory } from "../inventory/inventory";
import { holderKey } from "../inventory/states";
import type { Declared } from "./declared";

/** The existing object of a declared resource: its import ID and its ID in the state. */
interface ExistingObject {
  readonly importId: string;
  /** Key in `States.holders`. */
  readonly holder: string;
  /** Name of the role or bucket, or ARN of the provider, that it belongs to. */
  readonly part: string;
}

/**
 * The object in AWS that a declared resource would collide with or overwrite; undefined: there is
 * none, and Terraform creates it. Import IDs: the AWS provider's documentation, "Import" of each
 * resource.
 * @throws ProjectError `import-id-unknown`: a resource type without an entry here
 */
export function existingObject(declared: Declared, inventory: Inventory): ExistingObject | undefined {
  const find = FINDERS[declared.type];
  if (find !== undefined) return find(declared, inventory);
  throw new ProjectError({
    code: "import-id-unknown",
    message: `no import ID is known for resources of type ${declared.type}`,
    found: declared.type,
    fix: "report it: this is an error in cdktf-circleci-oidc",
  });
}

type Finder = (declared: Declared, inventory: Inventory) => ExistingObject | undefined;

function roleOf(declared: Declared, { roles }: Inventory, key: string): FoundRole | undefined {
  const name = declared.text(key);
  return roles.find((role) => role.name === name);
}

function bucketOf(declared: Declared, { buckets }: Inventory): FoundBucket | undefined {
  const name = declared.text("bucket");
  return buckets.find((bucket) => bucket.name === name);
}

function found(type: string, part: string, importId: string, stateId = importId): ExistingObject {
  return { importId, holder: holderKey(type, stateId), part };
}

function ofRole(key: string): Finder {
  return (declared, inventory) => {
    const role = roleOf(declared, inventory, key);
    return role === undefined ? undefined : found(declared.type, role.name, role.name);
  };
}

/** @param isSet whether the bucket has the setting; without it there is nothing to import */
function ofBucket(isSet: (bucket: FoundBucket) => boolean): Finder {
  return (declared, inventory) => {
    const bucket = bucketOf(declared, inventory);
    return bucket === undefined || !isSet(bucket)
      ? undefined
      : found(declared.type, bucket.name, bucket.name);
  };
}

const FINDERS: Readonly<Record<string, Finder>> = {
  aws_iam_openid_connect_provider: ({ type, text }, { providers }) => {
    const provider = providers.find(({ url }) => url === text("url"));
    return provider === undefined ? undefined : found(type, provider.arn, provider.arn);
  },
  aws_iam_role: ofRole("name"),
  aws_iam_role_policies_exclusive: ofRole("role_name"),
  aws_iam_role_policy_attachments_exclusive: ofRole("role_name"),
  aws_iam_role_policy: (declared, inventory) => {
    const role = roleOf(declared, inventory, "role");
    const name = declared.text("name");
    if (role === undefined || !role.inline.some((policy) => policy.name === name)) return undefined;
    return found(declared.type, role.name, `${role.name}:${name}`);
  },
  aws_iam_role_policy_attachment: (declared, inventory) => {
    const role = roleOf(declared, inventory, "role");
    const arn = declared.text("policy_arn");
    if (role === undefined || arn === undefined || !role.attached.includes(arn)) return undefined;
    return found(declared.type, role.name, `${role.name}/${arn}`);
  },
  // The account's permissions boundary is created by this project and never adopted.
  aws_iam_policy: () => undefined,
  aws_s3_bucket: ofBucket(() => true),
  aws_s3_bucket_public_access_block: ofBucket(({ settings }) => settings.publicAccess !== undefined),
  aws_s3_bucket_ownership_controls: ofBucket(({ settings }) => settings.ownership !== undefined),
  aws_s3_bucket_versioning: ofBucket(({ settings }) => settings.versioning !== undefined),
  aws_s3_bucket_server_side_encryption_configuration: ofBucket(
    ({ settings }) => settings.encryption !== undefined,
  ),
  aws_s3_bucket_policy: ofBucket(({ settings }) => settings.policy !== undefined),
};
