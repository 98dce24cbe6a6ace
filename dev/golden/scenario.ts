import type { AccountReader } from "../e2e/account";
import type { GoldenName } from "./cases";

/** The content of a `*.tf.json`: blocks by their kind ("JSON Configuration Syntax"). */
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
  /** Changes the account outside of Terraform. */
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

/** A folder with a local state, and its own account. Its steps run in order. */
export interface Scenario {
  readonly name: string;
  /** Modules beside the configuration, by folder. */
  readonly modules?: Readonly<Record<string, Blocks>>;
  readonly steps: readonly Step[];
}
