import { compareText } from "../../collections/sort";
import type { ActionCatalogue } from "../../iam/data/action-details";
import { compileGlob, matchesGlob } from "../../iam/evaluate/glob";
import type { RoleCall } from "../answer/calls";

/** What replaces the resources of a statement; or why they stay. */
type NarrowedResources = { readonly resources: readonly string[] } | { readonly why: string };

/**
 * The resources that the calls of a statement's actions named. They replace those of the statement
 * only if every call of every action named its resource, so that none is left out.
 * @param resources as the statement has them
 * @param actions all that the statement allows, such as `ecr:PutImage`
 * @param calls of the role
 */
export function narrowResources(
  resources: readonly string[],
  actions: readonly string[],
  calls: readonly RoleCall[],
  catalogue: ActionCatalogue,
): NarrowedResources {
  if (resources.some((one) => one.includes("${"))) return { why: "a policy variable names the resource" };
  const named = new Set<string>();
  for (const action of actions) {
    const found = namedBy(action, calls, catalogue);
    if ("why" in found) return found;
    for (const one of found.resources) named.add(one);
  }
  const used = [...named];
  // What this statement allows of them; another one may allow the rest.
  const after = [
    ...used.filter((one) => resources.some((pattern) => matches(pattern, one))),
    ...resources.filter((one) => !used.includes(one) && used.some((pattern) => matches(pattern, one))),
  ];
  if (after.length === 0) return { why: "the calls name other resources" };
  return { resources: [...new Set(after)].sort(compareText) };
}

function namedBy(action: string, calls: readonly RoleCall[], catalogue: ActionCatalogue): NarrowedResources {
  const types = catalogue.detailsOf(action)?.resources;
  if (types === undefined) return { why: `the resources of ${action} are not known` };
  if (types.length === 0) return { why: `${action} takes no resource` };
  // Several types may all be needed at once; S3 takes a bucket or an access point.
  if (types.length > 1 && !action.startsWith("s3:"))
    return { why: `${action} takes several kinds of resources` };
  const own = calls.filter(({ denied, actions }) => !denied && actions?.includes(action) === true);
  const resources = own.flatMap((call) => call.resources ?? []);
  const isNamed = own.length > 0 && own.every((call) => call.resources !== undefined);
  if (!isNamed || !resources.every((one) => types.some((type) => isOfType(type, one))))
    return { why: `not every call of ${action} names its resource, or they name more than 20` };
  return { resources };
}

/** @param type such as `arn:${Partition}:ecr:${Region}:${Account}:repository/${RepositoryName}` */
function isOfType(type: string, arn: string): boolean {
  return matches(type.replaceAll(/\$\{\w+\}/g, "*"), arn);
}

/**
 * Whether an ARN, in which a wildcard is a character like others, matches a pattern of a policy.
 */
function matches(pattern: string, arn: string): boolean {
  const parts = pattern.split(/([*?])/).filter((part) => part !== "");
  const glob = compileGlob(
    parts.map((part) => (part === "*" ? "any-run" : part === "?" ? "any-one" : { literal: part })),
  );
  return matchesGlob(glob, arn);
}
