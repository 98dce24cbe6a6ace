import { isJsonObject } from "../../../iam/language/json";
import { argumentsOf } from "../../coverage/coverage";
import { isRoleArgument } from "../../coverage/role-arguments";

/** Something in a resource's values that may be a role or an instance profile. */
interface RoleLeaf {
  /** Such as `logging[1].role_arn`. */
  readonly path: string;
  readonly text: string;
}

/** Far deeper than any block of a provider's schema. */
const DEEPEST = 16;

/** The ARN of a role or an instance profile, and nothing else. */
const ARN = /^arn:[^:]*:iam::\d*:(role|instance-profile)\/[^*?]+$/;

/**
 * Attributes in which an ARN of a role names a principal or is an input of a program, and nothing
 * runs as the role.
 */
const NO_USE =
  /principal|grantee|(^|_)(tags|tags_all|environment|variables|environment_variables|parameters|arn|id|content|policy)$|_policy$/;

/** Texts that are JSON documents with roles in them, and can be known only after apply. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  aws_batch_job_definition: ["container_properties", "ecs_properties", "node_properties"],
};

/**
 * Every role and instance profile that a resource takes: by the names of its arguments, and by what
 * is in them.
 */
export function roleLeavesIn(type: string, values: unknown): readonly RoleLeaf[] {
  return isJsonObject(values) ? leaves({ type, path: "", plain: "", isRole: false }, values, 0) : [];
}

/** Paths of marked values, such as those known only after apply. Only names are available. */
export function markedRolePaths(type: string, marks: unknown): readonly string[] {
  return isJsonObject(marks) ? marked({ type, path: "", plain: "", isRole: false }, marks, 0) : [];
}

/** A path without its indices. */
export function plainPath(path: string): string {
  return path.replace(/\[\d+\]/g, "");
}

interface Place {
  readonly type: string;
  readonly path: string;
  readonly plain: string;
  /** An argument around it takes roles. */
  readonly isRole: boolean;
}

function inside(place: Place, name: string): Place {
  const { type, path, plain, isRole } = place;
  const inner = plain === "" ? name : `${plain}.${name}`;
  return {
    type,
    path: path === "" ? name : `${path}.${name}`,
    plain: inner,
    isRole: isRole || isKeptPath(place, name) || isRoleArgument(type, withUnderscores(inner)),
  };
}

/** No attribute has such a name: it is a path under which a role is kept. */
function isKeptPath({ path }: Place, name: string): boolean {
  return path === "" && /[.[]/.test(name);
}

function at(place: Place, index: number): Place {
  const { type, path, plain, isRole } = place;
  return { type, path: `${path}[${index}]`, plain, isRole };
}

function leaves(place: Place, value: unknown, depth: number): readonly RoleLeaf[] {
  if (depth > DEEPEST || value === null || value === undefined) return [];
  if (typeof value === "string") return leavesOfText(place, value, depth);
  if (Array.isArray(value)) return value.flatMap((one, index) => leaves(at(place, index), one, depth + 1));
  if (!isJsonObject(value)) return [];
  const setting = settingIn(place, value);
  const parts = Object.entries(value).flatMap(([name, one]) => leaves(inside(place, name), one, depth + 1));
  return setting === undefined ? parts : [...parts, setting];
}

function leavesOfText(place: Place, text: string, depth: number): readonly RoleLeaf[] {
  const { type, path, plain, isRole } = place;
  if (text === "") return [];
  if (isRole) return [{ path, text }];
  const name = plain.split(".");
  if (type.startsWith("aws_iam_") || name.some((one) => NO_USE.test(one))) return [];
  if (ARN.test(text)) return [{ path, text }];
  if (!/^\s*[[{]/.test(text) || !/role/i.test(text)) return [];
  try {
    const document: unknown = JSON.parse(text);
    // A policy names principals; nothing runs as them.
    return isJsonObject(document) && "Statement" in document ? [] : leaves(place, document, depth + 1);
  } catch {
    return [];
  }
}

/** Elastic Beanstalk's option settings: a name and a value, such as `IamInstanceProfile`. */
function settingIn(
  { path }: Place,
  { name, value }: Readonly<Record<string, unknown>>,
): RoleLeaf | undefined {
  if (typeof name !== "string" || typeof value !== "string" || value === "") return undefined;
  return /(InstanceProfile|ServiceRole|RoleArn)$/.test(name) && !ARN.test(value)
    ? { path: `${path}.${withUnderscores(name)}`, text: value }
    : undefined;
}

function marked(place: Place, marks: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  if (marks === true) return mayTakeRole(place) ? [place.path] : [];
  if (Array.isArray(marks)) return marks.flatMap((one, index) => marked(at(place, index), one, depth + 1));
  if (!isJsonObject(marks)) return [];
  return Object.entries(marks).flatMap(([name, one]) => marked(inside(place, name), one, depth + 1));
}

/** By its name, or by what the provider's schema has inside of it. */
function mayTakeRole({ type, plain, isRole }: Place): boolean {
  if (isRole || TEXTS[type]?.includes(plain) === true) return true;
  const takes = argumentsOf("role", type).filter((path) => isRoleArgument(type, path));
  return takes.some((path) => path === plain || path.startsWith(`${plain}.`));
}

/** Documents in JSON write `jobRoleArn` what Terraform writes `job_role_arn`. */
function withUnderscores(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}
