import type { RiskyCall } from "../possible";

/** A way to permissions that a principal does not have. */
export interface EscalationPath {
  /** Stable, such as `iam-create-policy-version`. */
  readonly id: string;
  /**
   * Ids in public catalogues: of pathfinding.cloud (`iam-001`), and the numbers of Rhino Security
   * Labs' "AWS IAM Privilege Escalation Methods" (`rhino-1`). Several, where a catalogue lists
   * longer ways of which this one is enough. Empty: from AWS's documentation alone.
   */
  readonly from: readonly string[];
  /** In the order in which they are made; each must be allowed. */
  readonly calls: readonly RiskyCall[];
}

/** @param from ids in public catalogues, separated by spaces */
export function escalation(id: string, from: string, ...calls: readonly RiskyCall[]): EscalationPath {
  return { id, from: from.split(" ").filter((one) => one !== ""), calls };
}
