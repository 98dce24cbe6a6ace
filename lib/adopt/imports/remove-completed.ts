import type { States } from "../inventory/states";
import type { StackTransfers, Transfers } from "./transfers";

/** imports.json after a deploy. */
export interface RemainingImports {
  readonly transfers: Transfers;
  /** `STACK/ADDRESS` that is not yet in the state. */
  readonly waiting: readonly string[];
  /** `STACK/ADDRESS` that is still in the state. */
  readonly remembered: readonly string[];
  /** Number of completed entries. */
  readonly done: number;
}

/**
 * Removes the completed entries of one account: imports that are in the state, and forgotten
 * addresses that no longer are.
 */
export function removeCompleted(
  transfers: Transfers,
  account: string,
  { addresses }: States,
): RemainingImports {
  const waiting: string[] = [];
  const remembered: string[] = [];
  let done = 0;
  const stacks = [...(transfers.get(account) ?? [])].flatMap(([stack, { imports, forgotten }]) => {
    const left = Object.entries(imports).filter(([address]) => !addresses.has(`${stack}/${address}`));
    const known = forgotten.filter((address) => addresses.has(`${stack}/${address}`));
    waiting.push(...left.map(([address]) => `${stack}/${address}`));
    remembered.push(...known.map((address) => `${stack}/${address}`));
    done += Object.keys(imports).length - left.length + forgotten.length - known.length;
    const rest: StackTransfers = { imports: Object.fromEntries(left), forgotten: known };
    return left.length + known.length === 0 ? [] : [[stack, rest] as const];
  });
  const others = [...transfers].filter(([key]) => key !== account);
  return {
    transfers: new Map([...others, ...(stacks.length === 0 ? [] : [[account, new Map(stacks)] as const])]),
    waiting,
    remembered,
    done,
  };
}
