import { succeeded } from "../e2e/ended";
import type { World } from "../e2e/world";
import type { Ended } from "../tools/sandbox-support";
import type { GoldenName } from "./cases";
import { normalise } from "./normalise";

interface MadePlan<Name extends string> {
  readonly name: Name;
  readonly text: string;
}

/** Called for each plan when it is complete. */
export type Keep = (plan: MadePlan<GoldenName>) => Promise<void>;

interface Wanted<Name extends string> {
  readonly name: Name;
  /** What `normalise` leaves as it is. */
  readonly declared: string;
  readonly args?: readonly string[];
  /** Planning must fail, with a plan file all the same. */
  readonly errored?: true | undefined;
}

/** Plans what a folder holds, and reads the plan back. */
export async function planOf<Name extends string>(
  world: World,
  stack: string,
  { name, declared, args = [], errored }: Wanted<Name>,
): Promise<MadePlan<Name>> {
  const file = `${name}.plan`;
  const planned = await world.terraform(stack, ["plan", "-input=false", `-out=${file}`, ...args]);
  if (errored === true) failed(planned);
  else succeeded(planned);
  const { stdout } = succeeded(await world.terraform(stack, ["show", "-json", file]));
  return { name, text: normalise(stdout, declared) };
}

/** What a command printed, provided that it ended with 1, as it had to. */
export function failed(ended: Ended): Ended {
  if (ended.exitCode === 1) return ended;
  throw new Error(`should have failed, and ended with ${ended.exitCode ?? ended.signal}:\n${ended.stdout}`);
}
