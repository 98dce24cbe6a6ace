import { compareText } from "../../collections/sort";
import { wrongCall } from "../../project/unknown-name";
import type { Times } from "./times";

/** One of several machines that plan in parallel. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly total: number;
}

/** CircleCI's own limit is lower on every plan ("Configuration reference", `parallelism`). */
const MOST = 9_999;

/**
 * Which shard this is.
 * @param option value of `--shard`: `2/8`; true: from CircleCI's variables ("Project values and
 * variables": CIRCLE_NODE_INDEX begins at 0)
 * @throws ProjectError `wrong-call` (exit 2)
 */
export function readShard(option: string | true, env: NodeJS.ProcessEnv): Shard {
  if (option !== true) {
    const match = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(option);
    const shard = { index: Number(match?.[1]), total: Number(match?.[2]) };
    if (match !== null && shard.index <= shard.total) return shard;
    throw wrongCall(
      `invalid shard index in --shard ${JSON.stringify(option)}`,
      "use a form such as --shard 2/8, from 1/8 to 8/8",
    );
  }
  const [node, total] = [env.CIRCLE_NODE_INDEX ?? "", env.CIRCLE_NODE_TOTAL ?? ""];
  const isNumber = /^(0|[1-9]\d{0,3})$/;
  const shard = { index: Number(node) + 1, total: Number(total) };
  if (isNumber.test(node) && isNumber.test(total) && shard.index <= shard.total && shard.total <= MOST)
    return shard;
  throw wrongCall(
    `--shard has no value, and CircleCI's variables name no shard: CIRCLE_NODE_INDEX ${JSON.stringify(node)}, CIRCLE_NODE_TOTAL ${JSON.stringify(total)}`,
    "set `parallelism` in the job, or pass the shard: --shard 2/8",
  );
}

/**
 * The stacks of each shard: longest first, each to the shard with the least work so far. The result
 * is the same on every machine with the same names and times.
 * @param names without duplicates, in any order
 * @param times of earlier runs; a new stack counts as the median
 * @returns the sorted names of each shard
 */
export function shareOut(
  names: readonly string[],
  times: Times,
  total: number,
): readonly (readonly string[])[] {
  const known = names.flatMap((name) => times[name] ?? []).sort((left, right) => left - right);
  const middle = known[Math.floor(known.length / 2)] ?? 1;
  const costs = names
    .map((name) => ({ name, cost: times[name] ?? middle }))
    .sort((left, right) => right.cost - left.cost || compareText(left.name, right.name));
  const shards = Array.from({ length: total }, () => ({ load: 0, names: [] as string[] }));
  for (const { name, cost } of costs) {
    const [first, ...others] = shards;
    if (first === undefined) throw new RangeError("no shards");
    const least = others.reduce((best, one) => (isLighter(one, best) ? one : best), first);
    least.load += cost;
    least.names.push(name);
  }
  return shards.map((shard) => shard.names.sort(compareText));
}

/** At equal load, the number of stacks decides, so that stacks without times are spread too. */
function isLighter(
  one: { readonly load: number; readonly names: readonly string[] },
  other: { readonly load: number; readonly names: readonly string[] },
): boolean {
  return one.load < other.load || (one.load === other.load && one.names.length < other.names.length);
}
