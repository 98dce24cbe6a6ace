import { isEqual } from "./equal";

/** Something that Terraform never writes: its effect could not be determined. */
export interface Contradiction {
  readonly address: string;
  readonly why: "twice" | "no-op-differs";
}

interface Listed {
  readonly mode: string;
  readonly type: string;
  readonly address: string;
  readonly deposed?: string | undefined;
  readonly change: { actions: string[]; readonly before?: unknown; after?: unknown };
}

interface Lists {
  readonly resource_changes: readonly Listed[];
  readonly resource_drift: readonly Listed[];
}

/**
 * "For no-op, the before and after values are identical" ("JSON Output Format", "Change
 * Representation"): then they become one object, which is examined once. If they differ, the plan
 * contradicts itself: it is read as an update, and reported. An object that a list names twice is
 * reported too.
 */
export function withoutContradictions<Plan extends Lists>(
  plan: Plan,
): Plan & { readonly contradictions?: readonly Contradiction[] } {
  const found = [...withSharedValues(plan.resource_changes), ...withSharedValues(plan.resource_drift)];
  return found.length === 0 ? plan : { ...plan, contradictions: found };
}

/**
 * Each that another before it names already. Nearly always, all addresses are different, and no
 * more is compared.
 */
function listedTwice(resources: readonly Listed[]): ReadonlySet<Listed> {
  const addresses = new Set(resources.map(({ address }) => address));
  const twice = new Set<Listed>();
  if (addresses.size === resources.length) return twice;
  const seen = new Set<string>();
  for (const resource of resources) {
    const { mode, type, address, deposed } = resource;
    const key = `${mode} ${type} ${address} ${deposed ?? ""}`;
    if (seen.has(key)) twice.add(resource);
    seen.add(key);
  }
  return twice;
}

function withSharedValues(resources: readonly Listed[]): readonly Contradiction[] {
  const twice = listedTwice(resources);
  const found: Contradiction[] = [];
  for (const resource of resources) {
    const { address, change } = resource;
    if (twice.has(resource)) found.push({ address, why: "twice" });
    if (change.actions.length !== 1 || change.actions[0] !== "no-op") continue;
    if (isEqual(change.before ?? null, change.after ?? null)) change.after = change.before;
    else {
      change.actions = ["update"];
      found.push({ address, why: "no-op-differs" });
    }
  }
  return found;
}
