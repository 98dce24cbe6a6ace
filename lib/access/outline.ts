import type { Path } from "./problem";
import { entriesOf, isTreeMap, lookUp } from "./yaml-tree";

/**
 * What the checks across keys need, read from a tree that may have any number of problems: whatever is missing or of a wrong
 * kind is left out, so that one problem does not hide the next and none is reported twice.
 */
export interface Outline {
  readonly organization: { readonly id?: Field; readonly audience?: Field };
  readonly accounts: readonly AccountOutline[];
  readonly people: readonly PersonOutline[];
  readonly groups: readonly GroupOutline[];
  readonly projects: readonly ProjectOutline[];
  /** The keys of `people` and `groups`, or undefined if either map could not be read: then every name might be known. */
  readonly memberNames: ReadonlySet<string> | undefined;
}

/** A text and where it stands. */
export interface Field {
  readonly value: string;
  readonly path: Path;
}

export interface AccountOutline {
  readonly key: string;
  readonly path: Path;
  readonly id?: Field;
  readonly region?: Field;
  readonly stateBucket?: Field;
}

export interface PersonOutline {
  readonly name: string;
  readonly path: Path;
  readonly id?: Field;
}

export interface GroupOutline {
  readonly name: string;
  readonly path: Path;
  readonly members: readonly Field[];
}

export interface ProjectOutline {
  readonly key: string;
  readonly path: Path;
  readonly id?: Field;
  readonly audience?: Field;
  readonly roles: readonly RoleOutline[];
}

export interface RoleOutline {
  readonly key: string;
  readonly path: Path;
  /** The role's map itself. */
  readonly entry: Readonly<Record<string, unknown>>;
  /** The name it will have in IAM, at its own place if the file names one, else at the role's key. */
  readonly iamName: Field;
  readonly account?: Field;
  readonly accountPresent: boolean;
  readonly people: readonly Field[];
  readonly bucket?: Field;
  readonly kmsKey?: Field;
  readonly policies: readonly Field[];
  readonly boundary?: Field;
}

export function outlineOf(root: unknown): Outline {
  const people = children(root, ["people"]).map(({ key, path }) => ({
    name: key,
    path,
    ...only("id", field(root, path)),
  }));
  const groups = children(root, ["groups"]).map(({ key, path }) => ({
    name: key,
    path,
    members: fields(root, path),
  }));
  const readable = isTreeMap(lookUp(root, ["people"]).value) && isMapOrAbsent(root, ["groups"]);
  return {
    organization: {
      ...only("id", field(root, ["organization", "id"])),
      ...only("audience", field(root, ["organization", "audience"])),
    },
    accounts: children(root, ["accounts"]).map(({ key, path }) => ({
      key,
      path,
      ...only("id", field(root, [...path, "id"])),
      ...only("region", field(root, [...path, "region"])),
      ...only("stateBucket", field(root, [...path, "state", "bucket"])),
    })),
    people,
    groups,
    projects: children(root, ["projects"]).map(({ key, path }) => ({
      key,
      path,
      ...only("id", field(root, [...path, "id"])),
      ...only("audience", field(root, [...path, "audience"])),
      roles: children(root, [...path, "roles"]).flatMap(
        (role) => roleOutline(root, key, role.key, role.path) ?? [],
      ),
    })),
    memberNames: readable ? new Set([...people, ...groups].map((member) => member.name)) : undefined,
  };
}

function roleOutline(root: unknown, project: string, key: string, path: Path): RoleOutline | undefined {
  const entry = lookUp(root, path).value;
  if (!isTreeMap(entry)) return undefined;
  return {
    key,
    path,
    entry,
    iamName: field(root, [...path, "name"]) ?? { value: `${project}-${key}`, path },
    accountPresent: Object.hasOwn(entry, "account"),
    ...only("account", field(root, [...path, "account"])),
    people: fields(root, [...path, "people"]),
    ...only("bucket", field(root, [...path, "bucket"]) ?? field(root, [...path, "bucket", "name"])),
    ...only("kmsKey", field(root, [...path, "bucket", "kmsKey"])),
    policies: fields(root, [...path, "policies"]),
    ...only("boundary", field(root, [...path, "permissionsBoundary"])),
  };
}

/** `{ [key]: value }`, or nothing: a key without value would not be absent. */
function only<Key extends string>(key: Key, value: Field | undefined): { readonly [K in Key]?: Field };
function only(key: string, value: Field | undefined): Readonly<Record<string, Field>> {
  return value === undefined ? {} : { [key]: value };
}

function children(root: unknown, path: Path): readonly { readonly key: string; readonly path: Path }[] {
  return entriesOf(lookUp(root, path).value).map(([key]) => ({ key, path: [...path, key] }));
}

function field(root: unknown, path: Path): Field | undefined {
  const { value } = lookUp(root, path);
  return typeof value === "string" ? { value, path } : undefined;
}

function fields(root: unknown, path: Path): readonly Field[] {
  const { value } = lookUp(root, path);
  if (!Array.isArray(value)) return [];
  return value.flatMap((_, index) => field(root, [...path, index]) ?? []);
}

function isMapOrAbsent(root: unknown, path: Path): boolean {
  const { present, value } = lookUp(root, path);
  return !present || isTreeMap(value);
}
