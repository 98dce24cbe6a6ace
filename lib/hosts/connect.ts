import { type WaitOptions, Waits } from "../http/waits";
import { connectBitbucket } from "./bitbucket";
import { connectDataCenter } from "./bitbucket-data-center";
import { connectGitHub } from "./github";
import { connectGitLab, findMergeRequest } from "./gitlab";
import type { CommentHost } from "./host";
import { readSecret } from "./secrets";
import type { Nowhere, Where } from "./where";

/**
 * The comments of a pull request, read and written with a token from the environment
 * (`readSecret`). Nothing is sent yet, except to find a merge request by its commit.
 * @throws ProjectError those of `readSecret` and `findMergeRequest`
 */
export async function connect(
  where: Where,
  env: NodeJS.ProcessEnv,
  options: WaitOptions = {},
): Promise<CommentHost | Nowhere> {
  const secret = readSecret(where.host, env);
  const waits = new Waits(options);
  const found = where.pullRequest ?? (await findMergeRequest(where, secret, waits, env));
  if (typeof found !== "number") return found;
  const exact = { ...where, pullRequest: found };
  switch (where.host) {
    case "github":
      return connectGitHub(exact, secret, waits, env);
    case "gitlab":
      return connectGitLab(exact, secret, waits, env);
    case "bitbucket":
      return connectBitbucket(exact, secret, waits, env);
    case "bitbucket-data-center":
      return connectDataCenter(exact, secret, waits, env);
  }
}
