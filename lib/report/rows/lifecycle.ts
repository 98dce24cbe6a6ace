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
  return found;
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
