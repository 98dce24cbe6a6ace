import { connect } from "../../../lib/hosts/connect";
import type { CommentHost } from "../../../lib/hosts/host";
import type { WaitOptions } from "../../../lib/http/waits";
import { startBitbucket } from "./fake-bitbucket";
import { startDataCenter } from "./fake-data-center";
import { startGitHub } from "./fake-github";
import { startGitLab } from "./fake-gitlab";
import type { Fake } from "./fake-server";

export interface HostCase {
  readonly name: Fake["name"];
  readonly start: () => Promise<Fake>;
  readonly env: (token: string) => NodeJS.ProcessEnv;
  /** The call that changes a comment. */
  readonly update: string;
  /** Whose comments the list holds, by address. */
  readonly comments: RegExp;
  readonly tooLong: string;
}

/** The hosts: one specification holds for all. */
export const HOSTS: readonly HostCase[] = [
  {
    name: "github",
    start: startGitHub,
    env: (token) => ({ GITHUB_TOKEN: token }),
    update: "PATCH",
    comments: /\/comments/,
    tooLong: "422",
  },
  {
    name: "gitlab",
    start: startGitLab,
    env: (token) => ({ GITLAB_TOKEN: token }),
    update: "PUT",
    comments: /\/notes/,
    tooLong: "400",
  },
  {
    name: "bitbucket",
    start: startBitbucket,
    env: (token) => ({ BITBUCKET_TOKEN: token, BITBUCKET_EMAIL: "bot@example.com" }),
    update: "PUT",
    comments: /\/comments/,
    tooLong: "400",
  },
  {
    name: "bitbucket-data-center",
    start: startDataCenter,
    env: (token) => ({ BITBUCKET_TOKEN: token }),
    update: "PUT",
    comments: /\/(?:activities|comments)/,
    tooLong: "400",
  },
];

export const OLD = "1".repeat(40);
export const HEAD = "a".repeat(40);

/** One process's view of a fake host, with its own client. */
export async function hostOf(
  fake: Fake,
  { env }: Pick<HostCase, "env">,
  { token = "token-of-the-bot", ...waits }: WaitOptions & { readonly token?: string } = {},
): Promise<CommentHost> {
  const where = {
    host: fake.name,
    apiUrl: fake.apiUrl,
    repository: "acme/site",
    pullRequest: 12,
    commit: HEAD,
  };
  const host = await connect(where, env(token), { firstMs: 5, ...waits });
  if ("none" in host) throw new Error(host.none);
  return host;
}
