import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { inOrder, type Step } from "../../../lib/deliver/apply/in-order";

const noStop = () => undefined;

/** Steps that depend on earlier ones only, and how each ends. */
const graphs = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, at) =>
      fc.record({
        needs: fc.subarray([...Array(at).keys()]),
        works: fc.boolean(),
        ms: fc.integer({ min: 0, max: 3 }),
      }),
    ),
  ),
);

test("a step starts when its dependencies are done, and not at all if one of them failed", async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (graph, atOnce) => {
      const steps = graph.map(({ needs }, at) => ({
        name: `s${at}`,
        dependencies: needs.map((need) => `s${need}`),
      }));
      const done = new Set<string>();
      let [now, most] = [0, 0];
      const results = await inOrder<string>(steps.toReversed(), {
        atOnce,
        stopped: noStop,
        isDone: (result) => result === "ok",
        task: async (name) => {
          const at = Number(name.slice(1));
          expect(steps[at]?.dependencies.every((need) => done.has(need))).toBe(true);
          most = Math.max(most, ++now);
          await sleep(graph[at]?.ms);
          now -= 1;
          if (graph[at]?.works !== true) return "bad";
          done.add(name);
          return "ok";
        },
      });
      const isReached = (at: number): boolean =>
        graph[at]?.needs.every((need) => isReached(need) && graph[need]?.works === true) ?? false;
      const expected = graph.map(({ works }, at) => (isReached(at) ? (works ? "ok" : "bad") : "not-begun"));
      const found = graph.map((_, at) => {
        const result = results.get(`s${at}`);
        return typeof result === "object" ? result.kind : result;
      });
      expect(found).toEqual(expected);
      expect(most).toBeLessThanOrEqual(atOnce);
    }),
    { numRuns: 60 },
  );
});

const chain: readonly Step[] = [
  { name: "a", dependencies: [] },
  { name: "b", dependencies: ["a", "not-here"] },
  { name: "c", dependencies: ["b"] },
];

test("a stopped run starts no further step, names the cause, and waits for running steps", async () => {
  let reason: string | undefined;
  const results = await inOrder<string>(chain, {
    atOnce: 2,
    isDone: () => true,
    stopped: () => reason,
    task: async () => {
      reason = "SIGINT";
      await sleep(5);
      return "ok";
    },
  });
  expect([...results]).toEqual([
    ["a", "ok"],
    ["b", { kind: "not-begun", because: "SIGINT" }],
    ["c", { kind: "not-begun", because: "b" }],
  ]);
});

test("a circular dependency is an error before any step starts, and an error of a task is passed on", async () => {
  const task = jest.fn(async () => {
    throw new Error("no such program");
  });
  const settings = { atOnce: 1, isDone: () => true, stopped: noStop, task };
  const circle = [...chain, { name: "d", dependencies: ["e"] }, { name: "e", dependencies: ["d"] }];
  await expect(inOrder(circle, settings)).rejects.toThrow("circular dependency: d, e");
  expect(task).not.toHaveBeenCalled();
  await expect(inOrder(chain, settings)).rejects.toThrow("no such program");
});
