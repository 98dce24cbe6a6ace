import { readdirSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { groupBy } from "../../collections/group-by";
import { compareText } from "../../collections/sort";
import type { ReadPlan } from "../../diff/model/facts";
import { type ErrorCode, ProjectError } from "../../errors";
import type { LeftOut } from "../../report/model/review";
import type { Reviewed } from "../kept/reviewed-file";
import { readShardFile, type ShardFile } from "./shard-file";
import type { Times } from "./times";

/** The plans of one machine, or of all shards together. */
export interface Planned {
  /** By name. */
  readonly plans: readonly ReadPlan[];
  readonly reviewed: Reviewed;
  readonly leftOut: readonly LeftOut[];
  readonly seconds: Times;
}

interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * The shards in a folder.
 * @throws ProjectError `shards-missing`, `shard-not-read` (exit 2)
 */
export function readShards(folder: string): readonly ShardFile[] {
  const shards = namesIn(folder)
    .filter((name) => /^shard-.*\.json$/.test(name))
    .map((name) => ({ name, shard: readShardFile(path.join(folder, name)) }));
  for (const { name, shard } of shards) {
    const own = `shard-${shard.index}-of-${shard.total}.json`;
    // A renamed copy beside the original would count twice.
    if (name !== own) throw problemsIn([{ code: "shard-doubled", message: `${name} is a copy of ${own}` }]);
  }
  if (shards.length > 0) return shards.map(({ shard }) => shard);
  throw new ProjectError({
    code: "shards-missing",
    message: `no shard in ${folder}`,
    found: folder,
    fix: "pass the folder of `oidc review --shard --out` with the files of all shards",
    exitCode: 2,
  });
}

/**
 * Merges the shards. Each must be there once, all must be of the same code, and each stack must be
 * planned by exactly one of them.
 * @param shards at least one
 * @param commit of the code that merges; null: unknown
 * @throws ProjectError with the code of the first problem; its message lists all of them:
 * `shard-totals`, `shard-doubled`, `shard-missing`, `shard-commits`,
 *   `shard-terraform`, `shard-stacks`, `shard-stack-doubled`, `shard-stack-missing` (exit 2)
 */
export function mergeShards(shards: readonly ShardFile[], commit: string | null): Planned {
  const inOrder = shards.toSorted((left, right) => left.index - right.index);
  const [first] = inOrder;
  if (first === undefined) throw new RangeError("no shards");
  const problems = [...ofNumbers(inOrder), ...ofCode(inOrder, commit), ...ofStacks(inOrder, first)];
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
    leftOut: first.leftOut,
    seconds: Object.assign({}, ...inOrder.map(({ seconds }) => seconds)),
  };
}

function ofNumbers(shards: readonly ShardFile[]): readonly Problem[] {
  const totals = [...new Set(shards.map(({ total }) => total))];
  if (totals.length > 1) {
    const names = shards.map(({ index, total }) => `${index}/${total}`).join(", ");
    return [{ code: "shard-totals", message: `the shards have different totals: ${names}` }];
  }
  const all = Array.from({ length: totals[0] ?? 0 }, (_, at) => at + 1);
  const counted = (index: number) => shards.filter((shard) => shard.index === index).length;
  const named = (indexes: readonly number[]) => indexes.map((index) => `${index}/${totals[0]}`).join(", ");
  const [missing, doubled] = [
    all.filter((index) => counted(index) === 0),
    all.filter((index) => counted(index) > 1),
  ];
  const beyond = shards.filter(({ index }) => !all.includes(index)).map(({ index }) => index);
  return [
    ...(missing.length === 0
      ? []
      : [{ code: "shard-missing" as const, message: `missing: ${named(missing)}` }]),
    ...(doubled.length === 0
      ? []
      : [{ code: "shard-doubled" as const, message: `more than once: ${named(doubled)}` }]),
    ...(beyond.length === 0
      ? []
      : [{ code: "shard-totals" as const, message: `invalid shard index: ${named(beyond)}` }]),
  ];
}

function ofCode(shards: readonly ShardFile[], commit: string | null): readonly Problem[] {
  const groups = (of: (shard: ShardFile) => string): string | undefined => {
    const values = groupBy(shards, of);
    if (values.size === 1) return undefined;
    return [...values]
      .map(([value, own]) => `${value} in ${own.map(({ index, total }) => `${index}/${total}`).join(", ")}`)
      .join("; ");
  };
  const commits = groups(({ reviewed }) => reviewed.commit ?? "unknown");
  const versions = groups(({ reviewed }) => reviewed.terraform);
  const planned = shards[0]?.reviewed.commit ?? null;
  const problems: Problem[] = [];
  if (commits !== undefined)
    problems.push({ code: "shard-commits", message: `the shards are of different commits: ${commits}` });
  else if (commit !== planned)
    problems.push({
      code: "shard-commits",
      message: `the shards are of commit ${planned ?? "unknown"}, but the current commit is ${commit ?? "unknown"}`,
    });
  if (versions !== undefined)
    problems.push({
      code: "shard-terraform",
      message: `the shards used different versions of Terraform: ${versions}`,
    });
  return problems;
}

function ofStacks(shards: readonly ShardFile[], first: ShardFile): readonly Problem[] {
  const other = shards.find(
    ({ reviewed, leftOut }) =>
      !isDeepStrictEqual(reviewed.synthesised, first.reviewed.synthesised) ||
      !isDeepStrictEqual(leftOut, first.leftOut),
  );
  if (other !== undefined) {
    const names = `${first.index}/${first.total} and ${other.index}/${other.total}`;
    return [{ code: "shard-stacks", message: `${names} have different stacks, or skipped different ones` }];
  }
  const planned = shards.flatMap(({ reviewed }) => Object.keys(reviewed.stacks));
  const skipped = first.leftOut.map(({ name }) => name);
  const done = [...planned, ...skipped];
  const doubled = [...new Set(done.filter((name, at) => done.indexOf(name) !== at))].sort(compareText);
  const missing = first.reviewed.synthesised.filter((name) => !done.includes(name));
  const beyond = done.filter((name) => !first.reviewed.synthesised.includes(name)).sort(compareText);
  const unlike = shards.filter(
    ({ reviewed, plans }) =>
      !isDeepStrictEqual(Object.keys(reviewed.stacks).sort(), plans.map(({ review }) => review.name).sort()),
  );
  return [
    ...unlike.map(({ index, total }) => ({
      code: "shard-stacks" as const,
      message: `${index}/${total} does not report the stacks that it planned`,
    })),
    ...(beyond.length === 0
      ? []
      : [{ code: "shard-stacks" as const, message: `unknown stacks: ${beyond.join(", ")}` }]),
    ...(doubled.length === 0
      ? []
      : [{ code: "shard-stack-doubled" as const, message: `planned more than once: ${doubled.join(", ")}` }]),
    ...(missing.length === 0
      ? []
      : [{ code: "shard-stack-missing" as const, message: `planned by no shard: ${missing.join(", ")}` }]),
  ];
}

function problemsIn(problems: readonly Problem[]): ProjectError {
  const [first] = problems;
  return new ProjectError({
    code: first?.code ?? "shards-missing",
    message: `the shards cannot be merged:\n${problems.map(({ code, message }) => `  ${code}: ${message}`).join("\n")}`,
    found: problems.map(({ code }) => code).join(" "),
    fix: "run all shards again with the same total, commit and --times file",
    exitCode: 2,
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch {
    return [];
  }
}
