import type { AccountReader } from "../e2e/account";
import type { GoldenName } from "./cases";

/** What stands in a `*.tf.json`: blocks by their kind ("JSON Configuration Syntax"). */
export type Blocks = Readonly<Record<string, unknown>>;

/** One thing that happens to a folder, its state and the account behind it. */
export type Step =
  /**
   * The configuration is written and applied. `fails`: it must not go through, and what it leaves
   * behind is the point.
   */
  | { readonly apply: Blocks; readonly fails?: true }
  /** The configuration is written and planned, and the plan is kept. Nothing is applied. */
  | PlanStep
  /** Somebody changes the account past Terraform. */
  | { readonly byHand: (account: AccountReader) => Promise<unknown> }
  /** Any other Terraform command, such as `taint`. */
  | { readonly terraform: readonly string[] };

export interface PlanStep {
  readonly plan: GoldenName;
  readonly of: Blocks;
  /** Such as `-refresh-only`. */
  readonly args?: readonly string[];
  /** Planning must fail, with a plan file all the same. */
  readonly errored?: true;
}

/** A folder with a local state, and an account of its own. Its steps happen in their order. */
export interface Scenario {
  readonly name: string;
  /** Modules beside the configuration, by folder. */
  readonly modules?: Readonly<Record<string, Blocks>>;
  readonly steps: readonly Step[];
}
