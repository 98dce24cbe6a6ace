import type { Path } from "../yaml/problem";
import { entriesOf, isTreeMap } from "../yaml/yaml-tree";
import { type Field, mapOf, namesAt, only, type TreeMap, textAt, textsAt } from "./outline-fields";
import { type OrganizationOutline, organizationOutlines } from "./outline-organizations";

export type { Field } from "./outline-fields";

/**
 * What the checks across keys need. The tree may have any number of problems: missing values and
 * values of a wrong type are omitted, so that one problem does not hide another and none is
 * reported twice.
 */
export interface Outline {
  readonly organizations: readonly OrganizationOutline[];
  readonly accounts: readonly AccountOutline[];
  readonly people: readonly PersonOutline[];
  readonly groups: readonly GroupOutline[];
  readonly projects: readonly ProjectOutline[];
  /**
   * The keys of `people` and `groups`. Undefined if either map could not be read: then any name may
   * exist.
   */
  readonly memberNames: ReadonlySet<string> | undefined;
}

export interface AccountOutline {
  readonly key: string;
  readonly path: Path;
  readonly id?: Field;
  readonly region?: Field;
  readonly stateBucket?: Field;
  readonly boundary?: Field;
  /** The place of `provider.audiences`, if the account has any. */
  readonly audiences?: Path;
}

interface PersonOutline {
  readonly name: string;
  readonly path: Path;
  readonly id?: Field;
}

interface GroupOutline {
  readonly name: string;
  readonly path: Path;
  /** The group's map; empty if it is a list. */
  readonly entry: Readonly<Record<string, unknown>>;
  readonly members: readonly Field[];
}

export interface ProjectOutline {
  readonly key: string;
  readonly path: Path;
  /** The project's map itself. */
  readonly entry: Readonly<Record<string, unknown>>;
  readonly id?: Field;
  /** The name of its organization. */
  readonly organization?: Field;
  readonly audience?: Field;
  readonly roles: readonly RoleOutline[];
  readonly buckets: readonly BucketOutline[];
}

export interface BucketOutline {
  readonly key: string;
  readonly path: Path;
  /** The bucket's name. */
  readonly bucket?: Field;
  readonly account?: Field;
  readonly accountPresent: boolean;
  readonly kmsKey?: Field;
}

export interface RoleOutline {
  readonly key: string;
  readonly path: Path;
  /** The role's map itself. */
  readonly entry: Readonly<Record<string, unknown>>;
  /**
   * The role's name in IAM. Its place is the `name` key if there is one, otherwise the role's key.
   */
  readonly iamName: Field;
  readonly account?: Field;
  readonly accountPresent: boolean;
  readonly people: readonly Field[];
  readonly bucket?: Field;
  readonly kmsKey?: Field;
  readonly policies: readonly Field[];
  /** The file of its trust policy, if the role has one. */
  readonly trust?: Field;
  /** Files of its inline policies. */
  readonly inlinePolicies: readonly Field[];
  readonly boundary?: Field;
  /** `plan` or `apply` for a role that runs Terraform. */
  readonly terraform?: Field;
  /** Roles whose jobs run first. */
  readonly after: readonly Field[];
}

export function outlineOf(root: unknown): Outline {
  const file = mapOf(root);
  const people = entriesOf(file.people).map(([name, id]) => {
    const path = ["people", name];
    return { name, path, ...only("id", textAt(id, path)) };
  });
  const groups = entriesOf(file.groups).map(([name, members]) => {
    const path = ["groups", name];
    const isList = !isTreeMap(members);
    const listed = isList ? namesAt(members, path) : namesAt(members.people, [...path, "people"]);
    return { name, path, entry: mapOf(members), members: listed };
  });
  const readable = isTreeMap(file.people) && (isTreeMap(file.groups) || !Object.hasOwn(file, "groups"));
  return {
    organizations: organizationOutlines(file),
    accounts: entriesOf(file.accounts).map(([key, account]) => accountOutline(key, mapOf(account))),
    people,
    groups,
    projects: entriesOf(file.projects).map(([key, project]) => projectOutline(key, mapOf(project))),
    memberNames: readable ? new Set([...people, ...groups].map((member) => member.name)) : undefined,
  };
}

function accountOutline(key: string, account: TreeMap): AccountOutline {
  const path = ["accounts", key];
  return {
    key,
    path,
    ...only("id", textAt(account.id, [...path, "id"])),
    ...only("region", textAt(account.region, [...path, "region"])),
    ...(Object.hasOwn(mapOf(account.provider), "audiences")
      ? { audiences: [...path, "provider", "audiences"] }
      : {}),
    ...only("boundary", textAt(account.permissionsBoundary, [...path, "permissionsBoundary"])),
    ...only("stateBucket", textAt(mapOf(account.state).bucket, [...path, "state", "bucket"])),
  };
}

function projectOutline(key: string, project: TreeMap): ProjectOutline {
  const path = ["projects", key];
  return {
    key,
    path,
    entry: project,
    ...only("id", textAt(project.id, [...path, "id"])),
    ...only("organization", textAt(project.organization, [...path, "organization"])),
    ...only("audience", textAt(project.audience, [...path, "audience"])),
    roles: entriesOf(project.roles).flatMap(([role, entry]) =>
      isTreeMap(entry) ? roleOutline(key, role, entry, [...path, "roles", role]) : [],
    ),
    buckets: entriesOf(project.buckets).flatMap(([bucket, entry]) =>
      isTreeMap(entry) ? bucketOutline(bucket, entry, [...path, "buckets", bucket]) : [],
    ),
  };
}

function bucketOutline(key: string, entry: TreeMap, path: Path): BucketOutline {
  return {
    key,
    path,
    ...only("bucket", textAt(entry.name, [...path, "name"])),
    accountPresent: Object.hasOwn(entry, "account"),
    ...only("account", textAt(entry.account, [...path, "account"])),
    ...only("kmsKey", textAt(entry.kmsKey, [...path, "kmsKey"])),
  };
}

function roleOutline(project: string, key: string, entry: TreeMap, path: Path): RoleOutline {
  const bucket = mapOf(entry.bucket);
  const name = textAt(entry.bucket, [...path, "bucket"]) ?? textAt(bucket.name, [...path, "bucket", "name"]);
  return {
    key,
    path,
    entry,
    iamName: textAt(entry.name, [...path, "name"]) ?? { value: `${project}-${key}`, path },
    accountPresent: Object.hasOwn(entry, "account"),
    ...only("account", textAt(entry.account, [...path, "account"])),
    people: namesAt(entry.people, [...path, "people"]),
    ...only("bucket", name),
    ...only("kmsKey", textAt(bucket.kmsKey, [...path, "bucket", "kmsKey"])),
    policies: textsAt(entry.policies, [...path, "policies"]),
    ...only("trust", textAt(entry.trust, [...path, "trust"])),
    inlinePolicies: entriesOf(entry.inlinePolicies).flatMap(
      ([policy, file]) => textAt(file, [...path, "inlinePolicies", policy]) ?? [],
    ),
    after: textsAt(mapOf(entry.pipeline).after, [...path, "pipeline", "after"]),
    ...only("boundary", textAt(entry.permissionsBoundary, [...path, "permissionsBoundary"])),
    ...only("terraform", textAt(entry.terraform, [...path, "terraform"])),
  };
}
