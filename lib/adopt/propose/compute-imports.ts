import { ProjectError } from "../../errors";
import type { StackTransfers, Transfers } from "../imports/transfers";
import type { Inventory } from "../inventory/inventory";
import type { States } from "../inventory/states";
import type { Declared } from "./declared";
import { existingObject } from "./import-ids";

interface ImportSettings {
  readonly account: string;
  readonly inventory: Inventory;
  readonly states: States;
  /** The present imports.json. */
  readonly before: Transfers;
  /** Names of roles and buckets and ARNs of providers to adopt; undefined: all that exist. */
  readonly parts?: ReadonlySet<string>;
}

/**
 * imports.json with an import for every declared resource whose object exists and that is in no
 * state yet. All resources of an adopted object are included, so none is created or overwritten.
 * @throws ProjectError `import-held-elsewhere`, `import-conflict`, `import-id-unknown` (exit 2)
 */
export function computeImports(declared: readonly Declared[], settings: ImportSettings): Transfers {
  const { account, inventory, states, before, parts } = settings;
  const stacks = new Map(before.get(account) ?? []);
  for (const one of declared) {
    const address = `${one.type}.${one.id}`;
    if (states.addresses.has(`${one.stack}/${address}`)) continue;
    const object = existingObject(one, inventory);
    if (object === undefined || parts?.has(object.part) === false) continue;
    const holder = states.holders.get(object.holder);
    if (holder !== undefined) throw heldElsewhere(object.importId, holder, `${one.stack}/${address}`);
    const stack: StackTransfers = stacks.get(one.stack) ?? { imports: {}, forgotten: [] };
    const present = stack.imports[address];
    if (present !== undefined && present !== object.importId)
      throw conflict(`${one.stack}/${address}`, present, object.importId);
    stacks.set(one.stack, { ...stack, imports: { ...stack.imports, [address]: object.importId } });
  }
  return stacks.size === 0 ? before : new Map([...before, [account, stacks]]);
}

function heldElsewhere(id: string, holder: string, address: string): ProjectError {
  return new ProjectError({
    code: "import-held-elsewhere",
    message: `${id} would be imported to ${address}, but another state of this project already manages it: ${holder}`,
    found: id,
    fix: "undo the rename in access.yaml, or release the object there first (adopt --release): two states must not manage one object",
    exitCode: 2,
  });
}

function conflict(address: string, present: string, wanted: string): ProjectError {
  return new ProjectError({
    code: "import-conflict",
    message: `imports.json imports ${present} to ${address}, but access.yaml declares ${wanted} there`,
    found: present,
    fix: "remove the entry from imports.json, or undo the change of access.yaml since adopt wrote it",
    exitCode: 2,
  });
}
