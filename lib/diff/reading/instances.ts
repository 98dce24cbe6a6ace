import { groupBy } from "../../collections/group-by";
import { partsOfAddress } from "../../plan/address";
import type { Instance } from "../../plan/masked-plan";
import type { Reference } from "../../plan/references";

export type ByName = ReadonlyMap<string, readonly Instance[]>;

/** Instances of managed resources by their address without the last key. */
export function instancesByName(resources: readonly Instance[]): ByName {
  const instances = resources.filter(({ mode, deposed }) => mode === "managed" && deposed === undefined);
  return groupBy(instances, ({ address }) => withoutLastKey(address));
}

function withoutLastKey(address: string): string {
  return address.slice(0, address.length - keyOf(address).length);
}

function keyOf(address: string): string {
  if (!address.endsWith("]")) return "";
  return /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/.exec(partsOfAddress(address).at(-1) ?? "")?.[0] ?? "";
}

/**
 * The instances that a reference may mean: the one with its key, or with the key of the one that
 * asks, or all.
 */
export function instancesOf({ to, byOwnKey }: Reference, own: string | undefined, byName: ByName) {
  const instances = byName.get(withoutLastKey(to)) ?? [];
  const key = keyOf(to) === "" && byOwnKey && own !== undefined ? keyOf(own) : keyOf(to);
  const exact = instances.filter(({ address }) => keyOf(address) === key);
  return exact.length > 0 ? exact : keyOf(to) === "" ? instances : [];
}

/**
 * A reference to a resource's own name or ARN alone is that resource. A value that is made of more
 * than that is not.
 */
export function linksOf(references: readonly Reference[], own: string, byName: ByName): string[] {
  const found = references.map((one) =>
    ["arn", "id", "name", undefined].includes(one.attribute) ? instancesOf(one, own, byName) : [],
  );
  return found.some((instances) => instances.length === 0) ? [] : found.flat().map(({ address }) => address);
}
