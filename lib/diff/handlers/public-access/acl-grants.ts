import type { Phrase } from "../../../describe/phrase";
import { isJsonObject } from "../../../iam/language/json";
import type { Bucket } from "../../context/buckets";
import { whyLater } from "../../context/policy-reading";
import type { Snapshot, Timeline } from "../../context/timelines";
import { GRANT, type PublicAccessSettings } from "./settings";

const USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
const AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

/** What canned ACLs grant to others than the owner (S3 User Guide, "Canned ACL"). */
const CANNED: Readonly<Record<string, readonly string[]>> = {
  private: [],
  "public-read": [`${USERS} READ`],
  "public-read-write": [`${USERS} READ`, `${USERS} WRITE`],
  "authenticated-read": [`${AUTHENTICATED} READ`],
  "aws-exec-read": ["Amazon EC2 READ"],
  "log-delivery-write": [
    "http://acs.amazonaws.com/groups/s3/LogDelivery WRITE",
    "http://acs.amazonaws.com/groups/s3/LogDelivery READ_ACP",
  ],
  "bucket-owner-read": [],
  "bucket-owner-full-control": [],
};

/**
 * Each grant of the ACL is a setting that is off. An ACL remains when its resource is destroyed
 * (AWS provider, `aws_s3_bucket_acl`).
 */
export function grantsAt(bucket: Bucket, snapshot: Snapshot): PublicAccessSettings {
  const { parts } = bucket;
  const [own] = parts.get("aws_s3_bucket_acl") ?? [];
  const [declared] = parts.get("aws_s3_bucket") ?? [];
  const timeline = own ?? declared;
  if (timeline === undefined) return new Map();
  const there =
    timeline.at[snapshot] ??
    (own === undefined ? undefined : snapshot === "planned" ? own.at.current : undefined);
  const attributes = there ?? {};
  const grants: [string, boolean | Phrase][] = [];
  const { acl, access_control_policy: policy } = attributes;
  for (const one of [acl, policy]) {
    if (one?.kind === "sensitive") grants.push([`${GRANT}grants`, ["is marked as sensitive"]]);
  }
  // A canned ACL that is known after apply is the default if the configuration gives none.
  if (acl?.kind === "later" && acl.dependsOn.length > 0) grants.push([`${GRANT}grants`, whyLater(acl)]);
  if (policy?.kind === "later" && policy.dependsOn.length > 0)
    grants.push([`${GRANT}grants`, whyLater(policy)]);
  if (acl?.kind === "value" && typeof acl.value === "string") {
    for (const grant of CANNED[acl.value] ?? [`grants of canned ACL ${acl.value}`])
      grants.push([GRANT + grant, false]);
  }
  if (policy?.kind === "value")
    for (const grant of grantsIn(policy.value)) grants.push([GRANT + grant, false]);
  const known = grants.map(([name]) => name);
  // Where a grant is absent, its setting protects the bucket.
  return new Map([
    ...allGrants(timeline)
      .filter((name) => !known.includes(name))
      .map((name) => [name, true] as const),
    ...grants,
  ]);
}

function allGrants({ at }: Timeline): readonly string[] {
  return [at.recorded, at.current, at.planned].flatMap((attributes) => {
    const { acl, access_control_policy: policy } = attributes ?? {};
    const canned =
      acl?.kind === "value" && typeof acl.value === "string"
        ? (CANNED[acl.value] ?? [`grants of canned ACL ${acl.value}`])
        : [];
    return [...canned, ...(policy?.kind === "value" ? grantsIn(policy.value) : [])].map(
      (grant) => GRANT + grant,
    );
  });
}

/** Grants to others than the owner of the bucket. */
function grantsIn(value: unknown): readonly string[] {
  const policies = Array.isArray(value) ? value.filter(isJsonObject) : [];
  return policies.flatMap(({ grant, owner }) => {
    const owners = Array.isArray(owner) ? owner.filter(isJsonObject).map(({ id }) => id) : [];
    return (Array.isArray(grant) ? grant.filter(isJsonObject) : []).flatMap(({ grantee, permission }) =>
      (Array.isArray(grantee) ? grantee.filter(isJsonObject) : [])
        .filter(({ id }) => id === undefined || id === "" || !owners.includes(id))
        .map(({ id, uri, email_address: email }) => `${String(uri || id || email)} ${String(permission)}`),
    );
  });
}
