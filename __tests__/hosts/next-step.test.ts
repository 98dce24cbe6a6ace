import fc from "fast-check";
import type { Comment } from "../../lib/hosts/host";
import type { Marker } from "../../lib/hosts/marker";
import { compareMarkers, nextStep, type Ours, type Progress, type Wish } from "../../lib/hosts/next-step";

const COMMITS = ["1".repeat(40), "a".repeat(40), "b".repeat(40)] as const;
const COMMIT = fc.constantFrom(...COMMITS);
const MARKER: fc.Arbitrary<Marker> = fc.record({
  key: fc.constant("website"),
  commit: COMMIT,
  run: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
});
const HEAD = fc.oneof(
  COMMIT,
  COMMIT.map((commit) => commit.slice(0, 12)),
);

describe("which run is newer", () => {
  test("the order of runs is total", () => {
    fc.assert(
      fc.property(MARKER, MARKER, MARKER, HEAD, (a, b, c, head) => {
        expect(Math.sign(compareMarkers(a, b, head))).toBe(0 - Math.sign(compareMarkers(b, a, head)));
        expect(compareMarkers(a, a, head)).toBe(0);
        if (compareMarkers(a, b, head) >= 0 && compareMarkers(b, c, head) >= 0)
          expect(compareMarkers(a, c, head)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("the head commit comes before all numbers, and a short head does not count", () => {
    const [old, now] = COMMITS;
    const older: Marker = { key: "k", commit: old, run: [9, 99] };
    const newer: Marker = { key: "k", commit: now, run: [1, 1] };
    expect(compareMarkers(newer, older, now)).toBeGreaterThan(0);
    expect(compareMarkers(newer, older, now.slice(0, 12))).toBeGreaterThan(0);
    expect(compareMarkers(newer, older, now.slice(0, 11))).toBeLessThan(0);
    expect(compareMarkers(newer, older, "")).toBeLessThan(0);
  });
});

/** The host as a list; each step is carried out at once. */
function carryOut(
  start: readonly Ours[],
  head: string,
  wish: Wish,
): { readonly left: readonly Ours[]; readonly steps: number } {
  let left = [...start];
  let progress: Progress = "nothing";
  for (let steps = 0; steps < 30; steps++) {
    const step = nextStep(left, head, wish, progress, () => true);
    if (step.do === "stop") return { left, steps };
    if (step.do === "create") left.push({ comment: comment(1_000 + steps), marker: wish.marker });
    if (step.do === "update")
      left = left.map((one) => (one.comment === step.comment ? { ...one, marker: wish.marker } : one));
    if (step.do === "delete" || step.do === "hide") left = left.filter((one) => one.comment !== step.comment);
    if (step.do === "create" || step.do === "update") progress = "written";
  }
  throw new Error("it never comes to rest");
}

function comment(id: number): Comment {
  return { id, body: "", url: undefined };
}

describe("alone at a host", () => {
  const WISH: fc.Arbitrary<Wish> = fc.record({
    marker: MARKER,
    goal: fc.constantFrom("write", "remove", "leave"),
    old: fc.constantFrom("update", "hide"),
    removes: fc.boolean(),
  });
  const START = fc
    .array(MARKER, { maxLength: 5 })
    .map((markers) => markers.map((marker, at): Ours => ({ comment: comment(at + 1), marker })));

  test("from any state it ends with at most one comment, and no newer comment is lost", () => {
    fc.assert(
      fc.property(START, HEAD, WISH, (start, head, wish) => {
        const { left, steps } = carryOut(start, head, wish);
        expect(left.length).toBeLessThanOrEqual(1);
        expect(steps).toBeLessThanOrEqual(start.length + 1);
        const newer = start.filter(({ marker }) => compareMarkers(marker, wish.marker, head) > 0);
        const newest = newer.reduce<Ours | undefined>(
          (best, one) =>
            best === undefined || compareMarkers(one.marker, best.marker, head) > 0 ? one : best,
          undefined,
        );
        if (newest !== undefined) expect(left).toEqual([newest]);
        else if (wish.goal === "remove") expect(left).toEqual([]);
        else if (wish.goal === "write" && start.length > 0)
          expect(left.map(({ marker }) => marker)).toEqual([wish.marker]);
        else if (wish.goal === "leave") expect(left).toHaveLength(Math.min(1, start.length));
      }),
    );
  });

  test("a run that keeps the comment writes no text", () => {
    fc.assert(
      fc.property(START, HEAD, MARKER, (start, head, marker) => {
        const step = nextStep(
          start,
          head,
          { marker, goal: "leave", old: "update", removes: false },
          "nothing",
          () => true,
        );
        expect(["delete", "stop"]).toContain(step.do);
      }),
    );
  });
});

describe("after a write without an answer", () => {
  const marker: Marker = { key: "k", commit: COMMITS[0], run: [1] };
  const wish: Wish = { marker, goal: "write", old: "update", removes: false };

  test("a comment with this run's text counts as written; any other is written again", () => {
    const there: Ours = { comment: comment(1), marker };
    expect(nextStep([there], COMMITS[0], wish, "sent", () => true)).toMatchObject({
      do: "stop",
      isSuperseded: false,
    });
    expect(nextStep([there], COMMITS[0], wish, "sent", () => false)).toMatchObject({ do: "update" });
    expect(nextStep([], COMMITS[0], wish, "sent", () => true)).toEqual({ do: "create" });
  });
});
