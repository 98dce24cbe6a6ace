import { isJsonObject } from "../../../iam/language/json";
import type { PlannedChange, PlannedResource } from "../../../plan/plan-json";
import { isFolder, markAt } from "../../../plan/sensitive/marks";
import { recipientAttributes } from "../../coverage/role-arguments";
import { markedRolePaths, plainPath, roleLeavesIn } from "./role-paths";

type Values = Readonly<Record<string, unknown>>;

/**
 * The attributes of a resource that name the roles it runs as: paths such as `logging[0].role_arn`.
 * Empty: it has none, or does not change.
 * @param configuredBy returns the attributes that the configuration sets; undefined: the plan does
 * not contain the configuration
 */
export function roleAttributes(
  { mode, type, change }: PlannedResource,
  configuredBy: () => readonly string[] | undefined,
): readonly string[] {
  if (mode !== "managed" || !type.startsWith("aws_") || change.after === change.before) return [];
  const { before, after, after_unknown: unknown, before_sensitive: old, after_sensitive: secret } = change;
  const known = [
    ...[before, after].flatMap((values) => roleLeavesIn(type, values)).map(({ path }) => path),
    ...[old, secret].flatMap((marks) => markedRolePaths(type, marks)),
  ];
  const later = markedRolePaths(type, unknown);
  const configured = later.length === 0 ? undefined : configuredBy();
  // The provider computes attributes that the configuration does not set.
  const isGiven = (path: string) => {
    const top = topOf(path);
    return configured?.includes(top) !== false || (isFolder(unknown) && unknown[top] !== true);
  };
  const paths = [...new Set([...known, ...later.filter(isGiven)])];
  return paths.length === 0 ? [] : [...paths, ...recipientAttributes(type)];
}

/**
 * The resource with the values at such paths as attributes of its own, so that they can be kept
 * without the blocks around them.
 */
export function withRoleAttributes(resource: PlannedResource, names: readonly string[]): PlannedResource {
  const paths = names.filter((name) => name !== topOf(name));
  if (paths.length === 0) return resource;
  const { change, type } = resource;
  const before = withTexts(change.before, paths, type);
  return {
    ...resource,
    change: {
      ...change,
      before,
      after: change.after === change.before ? before : withTexts(change.after, paths, type),
      after_unknown: withMarks(change.after_unknown, paths),
      before_sensitive: withMarks(change.before_sensitive, paths),
      after_sensitive: withMarks(change.after_sensitive, paths),
    },
  };
}

function withTexts(values: PlannedChange["after"], paths: readonly string[], type: string) {
  if (!isJsonObject(values)) return values;
  const found = new Map(roleLeavesIn(type, values).map(({ path, text }) => [path, text]));
  return added(values, paths, (path) => found.get(path));
}

function withMarks<Rest>(marks: Values | Rest, paths: readonly string[]): Values | Rest {
  return isJsonObject(marks)
    ? added(marks, paths, (path) => (isMarked(marks, path) ? true : undefined))
    : marks;
}

function isMarked(marks: Values, path: string): boolean {
  let found: unknown = marks;
  for (const step of path.split(/[.[\]]+/).filter((one) => one !== "")) {
    if (found === true) return true;
    found = markAt(found, step);
  }
  return found === true;
}

function added(values: Values, paths: readonly string[], at: (path: string) => unknown): Values {
  const more = paths.flatMap((path) => {
    const value = at(path);
    return value === undefined ? [] : [[path, value] as const];
  });
  return more.length === 0 ? values : Object.fromEntries([...Object.entries(values), ...more]);
}

/** The attribute that a path begins with. */
function topOf(path: string): string {
  if (!path.includes(".") && !path.includes("[")) return path;
  return plainPath(path).split(".", 1)[0] ?? path;
}
