import { type Phrase, quoted } from "./phrase";

/** The predefined groups of Amazon S3 (S3 User Guide, "Access control list (ACL) overview"). */
const GROUPS: Readonly<Record<string, string>> = {
  "http://acs.amazonaws.com/groups/global/AllUsers": "anyone",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "anyone with an AWS account",
  "http://acs.amazonaws.com/groups/s3/LogDelivery": "the log delivery group of S3",
  "Amazon EC2": "Amazon EC2",
};

/** What each permission allows on a bucket (the same page, "ACL permissions"). */
const PERMISSIONS: Readonly<Record<string, string>> = {
  READ: "list the objects of",
  WRITE: "create and overwrite objects in",
  READ_ACP: "read the ACL of",
  WRITE_ACP: "change the ACL of",
  FULL_CONTROL: "list, create, and overwrite objects, and change the ACL, of",
};

/**
 * What a grant of a bucket's ACL allows, to be followed by the bucket.
 * @param grant a grantee and a permission, such as `Amazon EC2 READ`
 * @param can such as "can now"
 */
export function describeAclGrant(grant: string, can: string): Phrase {
  const at = grant.lastIndexOf(" ");
  const [grantee, permission] = [grant.slice(0, at), grant.slice(at + 1)];
  const what = PERMISSIONS[permission];
  if (what === undefined) return ["by its ACL, ", quoted(grant), ` ${can} be used on `];
  const who = GROUPS[grantee];
  return [who === undefined ? quoted(grantee) : who, ` ${can} ${what} `];
}
