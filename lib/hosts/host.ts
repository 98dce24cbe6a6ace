import type { Waits } from "../http/waits";

export type HostName = "github" | "gitlab" | "bitbucket";

/** A comment that the token's own user wrote, and that readers see. */
export interface Comment {
  /** Larger is younger. */
  readonly id: number;
  readonly body: string;
  /** Where a person reads it; undefined if the host did not say. */
  readonly url: string | undefined;
}

/** What stands at a pull request now. */
export interface View {
  /** Oldest first. */
  readonly comments: readonly Comment[];
  /**
   * The commit that is proposed now, as the host prints it (Bitbucket: the first 12 digits); read
   * after the comments.
   */
  readonly head: string;
}

/** How a line is written that readers do not see. */
export type InvisibleLine = "html-comment" | "link-definition";

/**
 * The comments of one pull request. Reading is retried (5xx, lost connections, rate limits).
 * Writing is sent once: whether it still holds after a failure has to be looked up first.
 * Everything fails with a `HostFailure`.
 */
export interface CommentHost {
  readonly name: HostName;
  /**
   * What one comment may hold, in UTF-16 code units (JavaScript's `length`): never more than the
   * code points or characters that the host counts, so what fits here fits there.
   */
  readonly mostCharacters: number;
  /** False: HTML is shown as text, `<details>` too. */
  readonly rendersHtml: boolean;
  readonly invisibleLine: InvisibleLine;
  /** How long may still be waited for this host. */
  readonly waits: Waits;
  /** @param isOurs of a comment's text; who wrote it is asked only of those for which it is true */
  readonly look: (isOurs: (body: string) => boolean) => Promise<View>;
  readonly create: (body: string) => Promise<Comment>;
  readonly update: (comment: Comment, body: string) => Promise<Comment>;
  readonly delete: (comment: Comment) => Promise<void>;
  /** Folds it away as outdated; undefined: the host cannot. */
  readonly hide: ((comment: Comment) => Promise<void>) | undefined;
}
