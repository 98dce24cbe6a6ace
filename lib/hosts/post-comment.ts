import { ProjectError } from "../errors";
import { sleep } from "../http/waits";
import { HOST_LABELS, HostFailure } from "./failure";
import type { CommentHost } from "./host";
import { type Marker, readMarker, withMarker } from "./marker";
import { nextStep, type Ours, type Progress, type Step, type Wish } from "./next-step";

export interface PostOptions {
  /**
   * Identifies the comment of this project among those of others: 1 to 100 characters.
   */
  readonly key: string;
  /** 40 or 64 hexadecimal digits. */
  readonly commit: string;
  /** Orders runs: larger is newer; see `runOrder`. */
  readonly run: number | readonly number[];
  /** Markdown: at most `host.mostCharacters` less `charactersOfMarker`. */
  readonly body: string;
  readonly hasChanges: boolean;
  /** Without changes: write the body as well, delete the comment, or leave it. */
  readonly onNoChanges: "update" | "delete" | "keep";
  /** `update`: rewrite an older run's comment. `hide`: hide it and write a new one. */
  readonly old: "update" | "hide";
}

export interface Posted {
  /** `superseded`: a newer run owns the comment, and it was left alone. */
  readonly did: "created" | "updated" | "deleted" | "kept" | "hidden-and-created" | "superseded" | "nothing";
  readonly url?: string;
}

/**
 * The time between a write and the read that confirms it, in milliseconds. It is longer than a call
 * takes: another process that read before this write has finished its own write by then, and the
 * newer of the two sees it and writes again.
 */
const SETTLE_MS = 3_000;
/** Consecutive writes that may fail. */
const MOST_FAILURES = 4;
/** More than any number of concurrent runs needs. */
const MOST_STEPS = 24;

/**
 * Leaves one comment of this project at the pull request, with the text of the newest run. A
 * process that dies on the way leaves at most one extra comment, which the next run deletes. Every
 * write follows a read, also the one after a write whose answer was lost.
 * @throws ProjectError `review-comment-too-long`, `review-hide-unsupported` (before anything is
 * sent), `review-comment-contended`, and those of the host (`failure.ts`)
 */
export async function postComment(
  host: CommentHost,
  options: PostOptions,
  settleMs: number = SETTLE_MS,
): Promise<Posted> {
  const { key, commit, hasChanges, onNoChanges, old } = options;
  const marker: Marker = { key, commit, run: typeof options.run === "number" ? [options.run] : options.run };
  const text = withMarker(marker, options.body, host);
  checkCall(host, options, text);
  const goal =
    hasChanges || onNoChanges === "update" ? "write" : onNoChanges === "delete" ? "remove" : "leave";
  const wish: Wish = { marker, goal, old, removes: onNoChanges === "delete" };
  const done = new Set<Step["do"]>();
  let progress: Progress = "nothing";
  let unanswered: "create" | "update" = "create";
  let failures = 0;

  for (let count = 0; count < MOST_STEPS; count++) {
    const { ours, head } = await lookFor(host, key);
    const step = nextStep(ours, head, wish, progress, (comment) => isSameText(comment.body, text));
    if (step.do === "stop") return outcome(step, progress === "sent" ? done.add(unanswered) : done, goal);
    try {
      await perform(host, step, text);
      done.add(step.do);
      if (step.do === "create" || step.do === "update") progress = "written";
      failures = 0;
      await sleep(settleMs);
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error;
      failures += 1;
      // Another process may have deleted it since the read.
      const isGone = step.do !== "create" && error.code === "review-not-found" && failures < 3;
      if ((!error.isPassing && !isGone) || failures > MOST_FAILURES) throw error;
      if (!isGone && (step.do === "create" || step.do === "update")) {
        progress = "sent";
        unanswered = step.do;
      }
      const ms = Math.max(error.retryAfterMs ?? 0, host.waits.firstMs * 2 ** (failures - 1));
      if (!host.waits.grant(ms, error.message)) throw error;
      await sleep(ms);
    }
  }
  throw new ProjectError({
    code: "review-comment-contended",
    message: `the comment is still contended after ${MOST_STEPS} attempts: another process keeps changing it`,
    found: key,
    fix: "find the other writer: a project with the same --comment-key, or several runs of the same job",
  });
}

function checkCall(host: CommentHost, { old }: PostOptions, text: string): void {
  if (old === "hide" && host.hide === undefined)
    throw new ProjectError({
      code: "review-hide-unsupported",
      message: `${HOST_LABELS[host.name]} cannot hide a comment`,
      found: host.name,
      fix: "use --old-comments update",
      exitCode: 2,
    });
  if (text.length > host.mostCharacters)
    throw new ProjectError({
      code: "review-comment-too-long",
      message: `a comment on ${HOST_LABELS[host.name]} has at most ${host.mostCharacters} characters; this one has ${text.length}`,
      found: String(text.length),
      fix: "this is a bug in this program: please report it",
    });
}

async function lookFor(
  host: CommentHost,
  key: string,
): Promise<{ readonly ours: readonly Ours[]; readonly head: string }> {
  const view = await host.look((body) => readMarker(body, key, host) !== undefined);
  const ours = view.comments.flatMap((comment) => {
    const marker = readMarker(comment.body, key, host);
    return marker === undefined ? [] : [{ comment, marker }];
  });
  return { ours, head: view.head };
}

async function perform(host: CommentHost, step: Exclude<Step, { do: "stop" }>, text: string): Promise<void> {
  switch (step.do) {
    case "create":
      await host.create(text);
      return;
    case "update":
      await host.update(step.comment, text);
      return;
    case "delete":
      return host.delete(step.comment);
    case "hide":
      return host.hide?.(step.comment);
  }
}

/** Hosts may change line endings and trim white space. */
function isSameText(one: string, other: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(one) === plain(other);
}

function outcome(
  { isSuperseded, comment }: Extract<Step, { do: "stop" }>,
  done: ReadonlySet<Step["do"]>,
  goal: Wish["goal"],
): Posted {
  const at = comment?.url === undefined ? {} : { url: comment.url };
  if (isSuperseded) return { did: "superseded", ...at };
  if (goal === "remove") return { did: done.has("delete") ? "deleted" : "nothing" };
  if (goal === "leave") return { did: comment === undefined ? "nothing" : "kept", ...at };
  if (!done.has("create")) return { did: "updated", ...at };
  return { did: done.has("hide") ? "hidden-and-created" : "created", ...at };
}
