import { parseAddress } from "../../plan/address";
import type { ResourceChange } from "../../plan/resource-change";
import type { Review } from "../model/review";

/** What happens to a role, user, group or permission set as a whole. */
export interface Lifecycle {
  readonly kind: "created" | "deleted" | "replaced";
  /** Such as: role. */
  readonly noun: string;
  readonly stack: string;
  readonly resource: ResourceChange;
}

const NOUNS: ReadonlyMap<string, string> = new Map([
  ["aws_iam_role", "role"],
  ["aws_iam_user", "user"],
  ["aws_iam_group", "group"],
  ["aws_ssoadmin_permission_set", "permission set"],
]);

const KINDS: ReadonlyMap<ResourceChange["action"], Lifecycle["kind"]> = new Map([
  ["create", "created"],
  ["destroy", "deleted"],
  ["replace", "replaced"],
  ["import-and-replace", "replaced"],
]);

/** The principals that plans create, delete or replace, by `placeOf`. */
export function lifecyclesIn({ stacks }: Review): ReadonlyMap<string, Lifecycle> {
  const found = new Map<string, Lifecycle>();
  for (const { name: stack, resources } of stacks) {
    for (const resource of resources) {
      const kind = KINDS.get(resource.action);
      const noun = kind === undefined ? undefined : NOUNS.get(typeOf(resource.address));
      if (kind === undefined || noun === undefined) continue;
      found.set(placeOf(stack, resource.address), { kind, noun, stack, resource });
    }
  }
  return withSuccessors(found);
}

/**
 * A principal that one resource gives up and another makes under the same name, as when `count`
 * becomes `for_each` without `moved` blocks, is replaced as much as by one resource.
 */
function withSuccessors(found: ReadonlyMap<string, Lifecycle>): ReadonlyMap<string, Lifecycle> {
  const all = new Map(found);
  const deleted = [...found].filter(([, { kind }]) => kind === "deleted");
  for (const [place, lifecycle] of found) {
    const { kind, noun, stack } = lifecycle;
    const name = kind === "created" ? nameIn(lifecycle, "after") : undefined;
    if (name === undefined) continue;
    const predecessor = deleted.find(
      ([old, other]) =>
        all.has(old) && other.stack === stack && other.noun === noun && nameIn(other, "before") === name,
    );
    if (predecessor === undefined) continue;
    all.delete(predecessor[0]);
    all.set(place, { ...lifecycle, kind: "replaced" });
  }
  return all;
}

/**
 * The name of a principal before or after a plan. Undefined: the plan does not say it. The id of a
 * role, user or group is its name (Terraform Registry, `aws_iam_role`, Attribute Reference).
 */
export function nameIn(
  { noun, resource: { attributes } }: Lifecycle,
  side: "before" | "after",
): string | undefined {
  const textOf = (name: string): string | undefined => {
    const value = attributes.find(({ path }) => path === name)?.[side];
    return value?.kind === "text" ? value.text : undefined;
  };
  return textOf("name") ?? (noun === "permission set" ? undefined : textOf("id"));
}

/** A resource of a stack, as a key. */
export function placeOf(stack: string, address: string): string {
  return JSON.stringify([stack, address]);
}

function typeOf(address: string): string {
  // A deposed object is another one than that at its address.
  if (address.includes(" (deposed ")) return "";
  const { name } = parseAddress(address);
  return name.slice(0, name.indexOf("."));
}
