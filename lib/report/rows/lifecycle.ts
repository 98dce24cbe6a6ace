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
  /** Which one, if the resource gives up one and makes another that is not its successor. */
  readonly name?: string;
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

/** The principals that plans create, delete or replace, by `placesOf`. */
export function lifecyclesIn({ stacks }: Review): ReadonlyMap<string, Lifecycle> {
  const found = new Map<string, Lifecycle>();
  for (const { name: stack, resources } of stacks) {
    for (const resource of resources) {
      const kind = resource.isOldForgotten ? "created" : KINDS.get(resource.action);
      const noun = kind === undefined ? undefined : NOUNS.get(typeOf(resource.address));
      if (kind === undefined || noun === undefined) continue;
      found.set(placeOf(stack, resource.address), { kind, noun, stack, resource });
    }
  }
  return withSuccessors(found);
}

/**
 * By name, where several resources share names. A principal that one resource gives up and another
 * makes is replaced as much as by one resource: when `count` becomes `for_each` without `moved`
 * blocks, or when an item is taken out of the middle of a `count` list, so that each resource takes
 * the name of the next one. A name that no resource makes again is deleted, and one that no
 * resource gave up is new.
 */
function withSuccessors(found: ReadonlyMap<string, Lifecycle>): ReadonlyMap<string, Lifecycle> {
  const all = new Map<string, Lifecycle>();
  for (const [place, lifecycle] of found) {
    const { kind } = lifecycle;
    const [before, after] = [namesIn(lifecycle).before, namesIn(lifecycle).after];
    const others = [...found].flatMap(([other, one]) =>
      other !== place && one.stack === lifecycle.stack && one.noun === lifecycle.noun ? [namesIn(one)] : [],
    );
    const isTaken = after !== undefined && others.some((one) => one.before === after);
    const isRemade = before !== undefined && others.some((one) => one.after === before);
    if (kind === "deleted") {
      if (!isRemade) all.set(place, lifecycle);
    } else if (kind === "created" || before === after || (!isTaken && !isRemade)) {
      all.set(place, isTaken && kind === "created" ? { ...lifecycle, kind: "replaced" } : lifecycle);
    } else {
      const name = after === undefined ? {} : { name: after };
      all.set(place, { ...lifecycle, kind: isTaken ? "replaced" : "created", ...name });
      if (!isRemade && before !== undefined)
        all.set(`${place} before`, { ...lifecycle, kind: "deleted", name: before });
    }
  }
  return all;
}

/** What a resource gives up, and what it makes. */
function namesIn(lifecycle: Lifecycle): { readonly before?: string; readonly after?: string } {
  const { kind, resource } = lifecycle;
  const before = kind === "created" || resource.isOldForgotten ? undefined : nameIn(lifecycle, "before");
  const after = kind === "deleted" ? undefined : nameIn(lifecycle, "after");
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
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

/** The keys of what a resource of a stack makes, and of what it gives up. */
export function placesOf(stack: string, address: string): readonly string[] {
  const place = placeOf(stack, address);
  return [place, `${place} before`];
}

function typeOf(address: string): string {
  // A deposed object is another one than that at its address.
  if (address.includes(" (deposed ")) return "";
  const { name } = parseAddress(address);
  return name.slice(0, name.indexOf("."));
}
