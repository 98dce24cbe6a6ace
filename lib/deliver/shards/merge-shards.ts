import { groupBy } from "../../collections/group-by";
import { compareText } from "../../collections/sort";
import type { ReadPlan } from "../../diff/model/facts";
import type { LeftOut } from "../../report/model/review";
import type { Reviewed } from "../kept/reviewed-file";
import type { ShardFile } from "./shard-file";
import { ofCode, ofNumbers, ofStacks, problemsIn, skippedBy } from "./shard-problems";
import type { Times } from "./times";

/** The plans of one machine, or of all shards together. */
export interface Planned {
  /** By name. */
  readonly plans: readonly ReadPlan[];
  readonly reviewed: Reviewed;
  readonly leftOut: readonly LeftOut[];
  readonly seconds: Times;
}

/**
 * Merges the shards. Each must be there once, all must be of the same code, and each stack must be
 * planned by exactly one of them. Each account may have shards of its own.
 * @param shards at least one
 * @param commit of the code that merges; null: unknown
 * @param wanted names of the stacks that must be planned; undefined: all synthesised ones
 * @throws ProjectError with the code of the first problem; its message lists all of them:
 * `shard-totals`, `shard-doubled`, `shard-missing`, `shard-commits`,
 *   `shard-terraform`, `shard-stacks`, `shard-stack-doubled`, `shard-stack-missing` (exit 2)
 */
export function mergeShards(
  shards: readonly ShardFile[],
  commit: string | null,
  wanted?: readonly string[],
): Planned {
  const inOrder = shards.toSorted(
    (left, right) => compareText(left.account ?? "", right.account ?? "") || left.index - right.index,
  );
  const [first] = inOrder;
  if (first === undefined) throw new RangeError("no shards");
  const groups = [...groupBy(inOrder, ({ account }) => account).values()];
  const problems = [
    ...groups.flatMap(ofNumbers),
    ...ofCode(inOrder, commit),
    ...ofStacks(inOrder, groups, wanted ?? first.reviewed.synthesised),
  ];
  if (problems.length > 0) throw problemsIn(problems);
  const stacks = inOrder.flatMap(({ reviewed }) => Object.entries(reviewed.stacks));
  return {
    plans: inOrder
      .flatMap(({ plans }) => plans)
      .toSorted((left, right) => compareText(left.review.name, right.review.name)),
    reviewed: {
      ...first.reviewed,
      isDirty: inOrder.some(({ reviewed }) => reviewed.isDirty),
      stacks: Object.fromEntries(stacks.sort(([left], [right]) => compareText(left, right))),
    },
    leftOut: [
      ...groups.flatMap(([one]) => (one === undefined ? [] : skippedBy(one))),
      ...inOrder.flatMap(({ leftOut }) => leftOut.filter(({ isErrored }) => isErrored === true)),
    ],
    seconds: Object.assign({}, ...inOrder.map(({ seconds }) => seconds)),
  };
}
