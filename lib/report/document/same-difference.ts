import { isDestructive } from "../../plan/action-words";
import type { ResourceChange } from "../../plan/resource-change";

/**
 * Changes with the same difference together, where the first one is: of a new tag or an upgraded
 * provider, a reader has to see one. Values are compared whole, not as they are cut.
 */
export function withSameDifference(
  changes: readonly ResourceChange[],
): readonly (readonly ResourceChange[])[] {
  const alike = new Map<string, ResourceChange[]>();
  for (const change of changes) {
    const { id, address, ...difference } = change;
    // Each of those that are destroyed has an id of its own to accept.
    const isAlone = isDestructive(change) || change.attributes.length === 0;
    const key = isAlone ? JSON.stringify([id, address]) : JSON.stringify(difference);
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [change]);
    else others.push(change);
  }
  return [...alike.values()];
}
