import { isDeepStrictEqual } from "node:util";
import { groupBy } from "../../collections/group-by";
import { compareText } from "../../collections/sort";
import { type ErrorCode, ProjectError } from "../../errors";
import type { ShardFile } from "./shard-file";

interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Stacks that a shard skipped on purpose: the same ones in every shard of its account. */
export function skippedBy({ leftOut }: ShardFile): ShardFile["leftOut"] {
  return leftOut.filter(({ isErrored }) => isErrored !== true);
}

/** Such as `2/8`, or `staging 2/8`. */
function nameOf({ account, index, total }: Pick<ShardFile, "account" | "index" | "total">): string {
  return `${account === undefined ? "" : `${account} `}${index}/${total}`;
}

/** @param shards of one account, or of all accounts together */
export function ofNumbers(shards: readonly ShardFile[]): readonly Problem[] {
  const totals = [...new Set(shards.map(({ total }) => total))];
  if (totals.length > 1) {
    const names = shards.map(nameOf).join(", ");
    return [{ code: "shard-totals", message: `the shards have different totals: ${names}` }];
  }
  const [first] = shards;
  if (first === undefined) return [];
  const all = Array.from({ length: first.total }, (_, at) => at + 1);
  const counted = (index: number) => shards.filter((shard) => shard.index === index).length;
  const named = (indexes: readonly number[]) =>
    indexes.map((index) => nameOf({ ...first, index })).join(", ");
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

export function ofCode(shards: readonly ShardFile[], commit: string | null): readonly Problem[] {
  const groups = (of: (shard: ShardFile) => string): string | undefined => {
    const values = groupBy(shards, of);
    if (values.size === 1) return undefined;
    return [...values].map(([value, own]) => `${value} in ${own.map(nameOf).join(", ")}`).join("; ");
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

/**
 * @param groups the shards by account
 * @param wanted stacks that must be planned or skipped
 */
export function ofStacks(
  shards: readonly ShardFile[],
  groups: readonly (readonly ShardFile[])[],
  wanted: readonly string[],
): readonly Problem[] {
  const [start] = shards;
  for (const shard of shards) {
    const first = groups.find((group) => group.includes(shard))?.[0];
    if (start === undefined || first === undefined) continue;
    const other = !isDeepStrictEqual(shard.reviewed.synthesised, start.reviewed.synthesised)
      ? start
      : !isDeepStrictEqual(skippedBy(shard), skippedBy(first))
        ? first
        : undefined;
    if (other === undefined) continue;
    const names = `${nameOf(other)} and ${nameOf(shard)}`;
    return [{ code: "shard-stacks", message: `${names} have different stacks, or skipped different ones` }];
  }
  const planned = shards.flatMap(({ reviewed }) => Object.keys(reviewed.stacks));
  const skipped = groups.flatMap(([one]) =>
    one === undefined ? [] : skippedBy(one).map(({ name }) => name),
  );
  const done = [...planned, ...skipped];
  const doubled = [...new Set(done.filter((name, at) => done.indexOf(name) !== at))].sort(compareText);
  const missing = wanted.filter((name) => !done.includes(name));
  const beyond = done.filter((name) => !wanted.includes(name)).sort(compareText);
  const unlike = shards.filter(({ reviewed, plans, leftOut }) => {
    const failed = leftOut.filter(({ isErrored }) => isErrored === true);
    const told = [...plans.map(({ review }) => review.name), ...failed.map(({ name }) => name)];
    return !isDeepStrictEqual(Object.keys(reviewed.stacks).sort(), told.sort());
  });
  return [
    ...unlike.map((shard) => ({
      code: "shard-stacks" as const,
      message: `${nameOf(shard)} does not report the stacks that it planned`,
    })),
    ...(beyond.length === 0
      ? []
      : [
          {
            code: "shard-stacks" as const,
            message: `not among the stacks of this review: ${beyond.join(", ")}`,
          },
        ]),
    ...(doubled.length === 0
      ? []
      : [{ code: "shard-stack-doubled" as const, message: `planned more than once: ${doubled.join(", ")}` }]),
    ...(missing.length === 0
      ? []
      : [{ code: "shard-stack-missing" as const, message: `planned by no shard: ${missing.join(", ")}` }]),
  ];
}

export function problemsIn(problems: readonly Problem[]): ProjectError {
  const [first] = problems;
  return new ProjectError({
    code: first?.code ?? "shards-missing",
    message: `the shards cannot be merged:\n${problems.map(({ code, message }) => `  ${code}: ${message}`).join("\n")}`,
    found: problems.map(({ code }) => code).join(" "),
    fix: "run all shards again with the same total, commit and --times file",
    exitCode: 2,
  });
}
