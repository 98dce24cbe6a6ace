import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { planStacks } from "../../../lib/deliver/plan/plan-stacks";
import { mergeShards } from "../../../lib/deliver/shards/merge-shards";
import { readShards } from "../../../lib/deliver/shards/read-shards";
import { shareOut } from "../../../lib/deliver/shards/shard";
import { type ShardFile, shardFile, writeShard } from "../../../lib/deliver/shards/shard-file";
import { ProjectError } from "../../../lib/errors";
import { reviewOf } from "../../../lib/report/model/review-of";
import { codeOf } from "../../fixtures/project-error";
import { plan, resource } from "../../plan/a-plan";
import { fakeStacks, fakeTerraform, noProgress, WRITES_FILES } from "../fake-terraform";

describe("eight shards", () => {
  const COMMIT = "a".repeat(40);
  const NAMES = Array.from({ length: 20 }, (_, at) => `stack-${String(at).padStart(2, "0")}`);
  let folder: string;
  let shards: readonly ShardFile[];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "shards-"));
    const shown = plan([resource("aws_s3_bucket.a", { actions: ["create"], before: null })]);
    const script = `${WRITES_FILES}
case "$1 $*" in show*stack-07*) echo "broken @team" >&2; exit 1;; show*) echo '${shown}';; plan*) exit 2;; esac`;
    const terraform = fakeTerraform(folder, script);
    const stacks = fakeStacks(folder, Object.fromEntries(NAMES.map((name) => [name, []])));
    shards = await Promise.all(
      shareOut(NAMES, {}, 8).map(async (share, at): Promise<ShardFile> => {
        const planned = await planStacks(
          stacks.filter(({ name }) => share.includes(name)),
          { terraform, folder, atOnce: 1, lock: false, onStack: noProgress },
        );
        return {
          version: 1,
          index: at + 1,
          total: 8,
          leftOut: [],
          plans: planned.map((one) => one.plan),
          reviewed: {
            version: 1,
            commit: COMMIT,
            isDirty: false,
            terraform: "1.11.4",
            synthesised: NAMES,
            stacks: Object.fromEntries(planned.map((one) => [one.name, one.reviewed])),
          },
          seconds: Object.fromEntries(planned.map((one) => [one.name, one.seconds])),
        };
      }),
    );
  });
  beforeEach(() => {
    for (const name of readdirSync(folder)) if (name.startsWith("shard-")) rmSync(path.join(folder, name));
    for (const shard of shards) writeShard(folder, shard);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const merge = () => mergeShards(readShards(folder), COMMIT);
  const rewrite = (index: number, change: (shard: ShardFile) => ShardFile) => {
    const shard = shards[index - 1];
    if (shard === undefined) throw new Error(`no shard ${index}`);
    writeShard(folder, change(shard));
  };
  /** The codes of all reasons, and the message. */
  const refusal = (): { codes: string | undefined; message: string } => {
    try {
      merge();
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      expect(error.exitCode).toBe(2);
      return { codes: error.found, message: error.message };
    }
    return { codes: undefined, message: "merged" };
  };

  test("merge into one review sorted by name, with the failed stack, and one reviewed.json", () => {
    const { plans, reviewed, seconds } = merge();
    expect(plans.map(({ review }) => review.name)).toEqual(NAMES);
    expect(Object.keys(reviewed.stacks)).toEqual(NAMES);
    expect(Object.keys(seconds).sort()).toEqual(NAMES);
    expect(reviewed.stacks["stack-07"]).toMatchObject({ outcome: "failed" });
    expect(reviewed.stacks["stack-08"]).toMatchObject({ outcome: "changes" });
    const inOne = shards.flatMap((shard) => shard.plans);
    expect(reviewOf(plans, { commit: COMMIT })).toEqual(reviewOf(inOne, { commit: COMMIT }));
  });

  test.each<[string, () => void, string, string]>([
    [
      "a missing shard",
      () => rmSync(path.join(folder, "shard-3-of-8.json")),
      "shard-missing shard-stack-missing",
      "3/8",
    ],
    [
      "a duplicate shard",
      () => copyFileSync(path.join(folder, "shard-3-of-8.json"), path.join(folder, "shard-3-of-8 (1).json")),
      "shard-doubled",
      "shard-3-of-8 (1).json",
    ],
    [
      "a shard of another number of shards",
      () => rewrite(2, (shard) => ({ ...shard, total: 9 })),
      "shard-totals shard-stack-doubled",
      "2/9",
    ],
    [
      "a shard after the last",
      () => rewrite(2, (shard) => ({ ...shard, index: 9 })),
      "shard-totals shard-stack-doubled",
      "9/8",
    ],
    [
      "a shard of another commit",
      () => rewrite(5, (shard) => ({ ...shard, reviewed: { ...shard.reviewed, commit: "b".repeat(40) } })),
      "shard-commits",
      `${"b".repeat(40)} in 5/8`,
    ],
    [
      "a shard of another Terraform version",
      () => rewrite(5, (shard) => ({ ...shard, reviewed: { ...shard.reviewed, terraform: "1.12.0" } })),
      "shard-terraform",
      "1.12.0 in 5/8",
    ],
    [
      "a shard with another list of stacks",
      () =>
        rewrite(5, (shard) => ({
          ...shard,
          reviewed: { ...shard.reviewed, synthesised: [...NAMES, "more"] },
        })),
      "shard-stacks",
      "1/8 and 5/8",
    ],
    [
      "a shard that skipped other stacks",
      () => rewrite(5, (shard) => ({ ...shard, leftOut: [{ name: "stack-01", reason: "" }] })),
      "shard-stacks",
      "5/8",
    ],
    [
      "a shard distributed by other planning times",
      () =>
        rewrite(1, ({ plans: [first, ...plans], ...shard }) => {
          const [, ...stacks] = Object.entries(shard.reviewed.stacks);
          return {
            ...shard,
            plans,
            reviewed: { ...shard.reviewed, stacks: Object.fromEntries(stacks) },
            seconds: { [first?.review.name ?? ""]: 1 },
          };
        }),
      "shard-stack-missing",
      "stack-00",
    ],
    [
      "a shard that also plans a stack of another shard",
      () =>
        rewrite(1, (shard) => ({
          ...shard,
          plans: [...shard.plans, ...(shards[1]?.plans ?? [])],
          reviewed: {
            ...shard.reviewed,
            stacks: { ...shard.reviewed.stacks, ...shards[1]?.reviewed.stacks },
          },
        })),
      "shard-stack-doubled",
      "stack-01, stack-09, stack-17",
    ],
    [
      "a shard without a report on one of its stacks",
      () => rewrite(4, (shard) => ({ ...shard, plans: [] })),
      "shard-stacks",
      "4/8",
    ],
  ])("%s is an error that names it", (_, change, codes, named) => {
    change();
    const { codes: found, message } = refusal();
    expect(found).toBe(codes);
    expect(message).toContain(named);
  });

  test("shards of another commit than the one that merges", () => {
    expect(codeOf(() => mergeShards(readShards(folder), "b".repeat(40)))).toBe("shard-commits 2");
  });

  describe("of two accounts", () => {
    const half = (from: number, to: number) => NAMES.slice(from, to);
    /** A shard of an account, with the plans of the shards above. */
    const shardOf = (account: string, names: readonly string[], index = 1, total = 1): ShardFile => {
      const [first] = shards;
      if (first === undefined) throw new Error("no shards");
      const stacks = shards.flatMap(({ reviewed }) => Object.entries(reviewed.stacks));
      return {
        ...first,
        account,
        index,
        total,
        plans: shards.flatMap(({ plans }) => plans).filter(({ review }) => names.includes(review.name)),
        reviewed: {
          ...first.reviewed,
          stacks: Object.fromEntries(stacks.filter(([name]) => names.includes(name))),
        },
        seconds: {},
      };
    };
    const staging = () => shardOf("staging", half(0, 8));
    const production = [
      () => shardOf("production", half(8, 15), 1, 2),
      () => shardOf("production", half(15, 20), 2, 2),
    ];
    const write = (...files: readonly ShardFile[]) => {
      for (const name of readdirSync(folder)) if (name.startsWith("shard-")) rmSync(path.join(folder, name));
      for (const file of files) writeShard(folder, file);
    };
    const all = () => [staging(), ...production.map((one) => one())];

    test("merge into the review that one machine with all credentials would make", () => {
      write(...all());
      const { plans, reviewed } = merge();
      expect(plans.map(({ review }) => review.name)).toEqual(NAMES);
      expect(Object.keys(reviewed.stacks)).toEqual(NAMES);
    });

    test("without one account is an error, unless the merge is of the other account alone", () => {
      write(...all().slice(1));
      expect(refusal()).toMatchObject({ codes: "shard-stack-missing" });
      expect(mergeShards(readShards(folder), COMMIT, half(8, 20)).plans).toHaveLength(12);
      expect(codeOf(() => mergeShards(readShards(folder), COMMIT, half(0, 8)))).toBe("shard-stacks 2");
      write(...all().slice(0, 2));
      expect(refusal()).toMatchObject({
        codes: "shard-missing shard-stack-missing",
        message: expect.stringContaining("production 2/2"),
      });
    });

    test("stacks without credentials are in the merge, as errors and as failed", () => {
      const failed = half(0, 8).map((name) => ({ name, reason: "no credentials", isErrored: true as const }));
      const { reviewed, ...rest } = staging();
      const stacks = Object.fromEntries(
        half(0, 8).map((name) => [
          name,
          { outcome: "failed" as const, dependencies: [], code: "0".repeat(64) },
        ]),
      );
      write(
        { ...rest, plans: [], leftOut: failed, reviewed: { ...reviewed, stacks } },
        ...production.map((one) => one()),
      );
      const merged = merge();
      expect(merged.leftOut).toEqual(failed);
      expect(merged.reviewed.stacks["stack-00"]?.outcome).toBe("failed");
      // A shard that only leaves them out would hide them from `apply`.
      write(
        { ...rest, plans: [], leftOut: failed, reviewed: { ...reviewed, stacks: {} } },
        ...production.map((one) => one()),
      );
      expect(refusal().codes).toContain("shard-stacks");
    });
  });

  test("a folder without shards, a missing folder, and a truncated shard", () => {
    expect(codeOf(() => readShards(path.join(folder, "stacks")))).toBe("shards-missing 2");
    expect(codeOf(() => readShards(path.join(folder, "nowhere")))).toBe("shards-missing 2");
    writeFileSync(shardFile(folder, { index: 4, total: 8 }), '{"version":1,');
    expect(codeOf(() => readShards(folder))).toBe("shard-not-read 2");
    writeFileSync(shardFile(folder, { index: 4, total: 8 }), JSON.stringify({ ...shards[3], plans: [{}] }));
    expect(codeOf(() => readShards(folder))).toBe("shard-not-read 2");
  });
});
