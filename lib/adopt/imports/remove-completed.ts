import type { States } from "../inventory/states";
import type { StackTransfers, Transfers } from "./transfers";

/** What is left of imports.json. */
export interface RemainingImports {
  readonly transfers: Transfers;
  /** `STACK/ADDRESS` that the state does not have yet. */
  readonly waiting: readonly string[];
  /** `STACK/ADDRESS` that the state still has. */
  readonly remembered: readonly string[];
  /** How many entries go. */
  readonly done: number;
}

/**
 * imports.json of one account without what a deploy has done: imports that the state has, and
 * addresses that it has forgotten.
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
