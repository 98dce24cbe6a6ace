import type { Waits } from "../http/waits";

export const HOST_NAMES = ["github", "gitlab", "bitbucket", "bitbucket-data-center"] as const;

/** `bitbucket` is Bitbucket Cloud, whose API has nothing in common with Data Center's. */
export type HostName = (typeof HOST_NAMES)[number];

/** A visible comment that the token's user wrote. */
export interface Comment {
  /** Larger ids are newer. */
  readonly id: number;
  readonly body: string;
  /** Where a person reads it; undefined if the host did not say. */
  readonly url: string | undefined;
}

/** The current state of a pull request. */
export interface View {
  /** Oldest first. */
  readonly comments: readonly Comment[];
  /**
   * The head commit, as the host prints it (Bitbucket: the first 12 digits); read after the
   * comments.
   */
  readonly head: string;
}

/** How a line is written that readers do not see. */
export type InvisibleLine = "html-comment" | "link-definition";

/**
 * The comments of one pull request. Reads are retried (5xx, lost connections, rate limits). A write
 * is sent once: after a failure the caller reads whether it took effect. Every failure is a
 * `HostFailure`.
 */
export interface CommentHost {
  readonly name: HostName;
  /**
   * The limit of one comment, in UTF-16 code units (JavaScript's `length`). Hosts count code points
   * or characters, of which a text has no more, so a text that fits here fits there.
   */
  readonly mostCharacters: number;
  /** False: HTML is shown as text, `<details>` too. */
  readonly rendersHtml: boolean;
  readonly invisibleLine: InvisibleLine;
  /** The time left for waiting on this host. */
  readonly waits: Waits;
  /** @param isOurs whether a text is one of this project's comments; only their authors are read */
  readonly look: (isOurs: (body: string) => boolean) => Promise<View>;
  readonly create: (body: string) => Promise<Comment>;
  readonly update: (comment: Comment, body: string) => Promise<Comment>;
  readonly delete: (comment: Comment) => Promise<void>;
  /** Hides it as outdated; undefined: the host cannot hide comments. */
  readonly hide: ((comment: Comment) => Promise<void>) | undefined;
}
