import type { Comment } from "./host";
import type { Marker } from "./marker";

/** One of this project's comments, and its marker. */
export interface Ours {
  readonly comment: Comment;
  readonly marker: Marker;
}

/** This run, and the comment that it wants at the end. */
export interface Wish {
  readonly marker: Marker;
  /** `write`: one comment with this run's text. `remove`: no comment. `leave`: no change. */
  readonly goal: "write" | "remove" | "leave";
  readonly old: "update" | "hide";
  /** Whether a newer run may have deleted the comment, so that an older one must not create it. */
  readonly removes: boolean;
}

/** What this process did so far: `sent`: a write got no answer. `written`: a write succeeded. */
export type Progress = "nothing" | "sent" | "written";

export type Step =
  | { readonly do: "create" }
  | { readonly do: "update" | "delete" | "hide"; readonly comment: Comment }
  | { readonly do: "stop"; readonly isSuperseded: boolean; readonly comment: Comment | undefined };

/**
 * The next call towards one comment with the newest run's text. Hosts have neither locks nor
 * conditional writes, so every process reads, writes once and reads again. All processes choose the
 * same comment: that of the newest run; of several, the oldest.
 * @param holdsText whether a comment holds exactly this run's text
 */
export function nextStep(
  ours: readonly Ours[],
  head: string,
  wish: Wish,
  progress: Progress,
  holdsText: (comment: Comment) => boolean,
): Step {
  const sorted = [...ours].sort(
    (a, b) => compareMarkers(b.marker, a.marker, head) || a.comment.id - b.comment.id,
  );
  const [winner, ...losers] = sorted;
  const stop = (isSuperseded: boolean, comment = winner?.comment): Step => ({
    do: "stop",
    isSuperseded,
    comment,
  });
  const clearOf = (comment: Comment | undefined, how: "delete" | "hide", then: Step): Step =>
    comment === undefined ? then : { do: how, comment };
  const isNewer = winner !== undefined && compareMarkers(winner.marker, wish.marker, head) > 0;
  const fold = wish.old === "hide" ? "hide" : "delete";

  if (isNewer) return clearOf(losers[0]?.comment, fold, stop(true));
  if (wish.goal === "leave") return clearOf(losers[0]?.comment, "delete", stop(false));
  if (wish.goal === "remove") return clearOf(winner?.comment, "delete", stop(false, undefined));

  const [same, ...doubles] = sorted.filter(({ marker }) => compareMarkers(marker, wish.marker, head) === 0);
  const older = sorted.filter(({ marker }) => compareMarkers(marker, wish.marker, head) < 0);
  const isDone =
    same !== undefined && (progress === "written" || (progress === "sent" && holdsText(same.comment)));
  if (isDone)
    return clearOf(
      doubles[0]?.comment,
      "delete",
      clearOf(older[0]?.comment, fold, stop(false, same.comment)),
    );
  if (same !== undefined) return { do: "update", comment: same.comment };
  if (winner === undefined && wish.removes && !isHead(wish.marker.commit, head)) return stop(true);
  if (winner === undefined || wish.old === "hide") return { do: "create" };
  return { do: "update", comment: winner.comment };
}

/**
 * Which of two runs is newer: the one of the head commit, then the one with the larger numbers. So
 * the newest push wins over a re-run of an older commit and over a pipeline that was overtaken,
 * also after a force push. Positive: the first is newer.
 */
export function compareMarkers(one: Marker, other: Marker, head: string): number {
  const byHead = Number(isHead(one.commit, head)) - Number(isHead(other.commit, head));
  return byHead || compareRuns(one.run, other.run) || compareTexts(one.commit, other.commit);
}

/** @param head at Bitbucket only the first 12 digits */
function isHead(commit: string, head: string): boolean {
  return head.length >= 12 && commit.startsWith(head.toLowerCase());
}

function compareRuns(one: readonly number[], other: readonly number[]): number {
  const length = Math.max(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const difference = (one[at] ?? -1) - (other[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Arbitrary, but the same in every process. */
function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
