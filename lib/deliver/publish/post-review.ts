import { connect } from "../../hosts/connect";
import { charactersOfMarker } from "../../hosts/marker";
import { type Posted, postComment } from "../../hosts/post-comment";
import { runOrder } from "../../hosts/run-order";
import { readSecret } from "../../hosts/secrets";
import { type Where, type WhereOptions, whereToPost } from "../../hosts/where";
import { fitMarkdown, type MarkdownOptions } from "../../report/markdown/report";
import { hasChanges } from "../../report/model/has-changes";
import type { Review } from "../../report/model/review";
import type { GateResult } from "../../report/verdict/gate";

export interface PostingOptions extends WhereOptions {
  /** The order of runs; it replaces CircleCI's environment. */
  readonly run?: string | undefined;
  /** Identifies the comment of this project. */
  readonly key: string;
  readonly onNoChanges: "update" | "delete" | "keep";
  readonly oldComments: "update" | "hide";
}

/** Where a review will be posted, established before planning. */
interface Posting {
  readonly where: Where;
  readonly run: readonly number[];
  readonly options: PostingOptions;
}

/**
 * Checks everything that posting needs, including the token; sends nothing.
 * @returns `none`: why there is no pull request to post to
 * @throws ProjectError those of `whereToPost`, `runOrder` and `readSecret` (exit 2)
 */
export function preparePosting(
  env: NodeJS.ProcessEnv,
  options: PostingOptions,
): Posting | { readonly none: string } {
  const where = whereToPost(env, options);
  if ("none" in where) return where;
  readSecret(where.host, env);
  return { where, run: runOrder(env, options.run), options };
}

/**
 * Posts the review as the one comment of its project on the pull request.
 * @throws ProjectError those of `connect` and `postComment`
 */
export async function postReview(
  { where, run, options }: Posting,
  review: Review,
  shown: MarkdownOptions & { readonly gate: GateResult },
  { env, note }: { readonly env: NodeJS.ProcessEnv; readonly note: (text: string) => void },
): Promise<Posted | { readonly none: string }> {
  const host = await connect(where, env, { note });
  if ("none" in host) return host;
  const { commit } = where;
  const room = host.mostCharacters - charactersOfMarker({ key: options.key, commit, run }, host);
  const body = fitMarkdown(review, room, {
    ...shown,
    details: host.rendersHtml ? "folded" : "open",
    host: host.name === "bitbucket-data-center" ? "bitbucket" : host.name,
  });
  return postComment(host, {
    key: options.key,
    commit,
    run,
    body,
    hasChanges: hasChanges(review),
    onNoChanges: options.onNoChanges,
    old: options.oldComments,
  });
}
