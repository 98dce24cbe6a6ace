/**
 * Octokit with its plug-ins for retries and rate limits. What is declared here is what we pass and
 * read: https://github.com/octokit/core.js, https://github.com/octokit/plugin-retry.js,
 * https://github.com/octokit/plugin-throttling.js
 */
export function octokit(options: OctokitOptions): Promise<Octokit>;

interface OctokitOptions {
  readonly baseUrl: string;
  readonly auth: string;
  readonly userAgent: string;
  readonly log: Readonly<Record<"debug" | "info" | "warn" | "error", () => void>>;
  readonly request: { readonly fetch: typeof fetch };
  readonly retry: {
    readonly retries: number;
    /** Before the first retry, in milliseconds. */
    readonly retryAfterBaseValue: number;
    /** Statuses. */
    readonly doNotRetry: readonly number[];
  };
  readonly throttle: {
    /** Clients with the same id share their queues. */
    readonly id: string;
    readonly onRateLimit: LimitHandler;
    readonly onSecondaryRateLimit: LimitHandler;
  };
}

/**
 * @param seconds how long GitHub asks to wait
 * @returns whether to wait and repeat the call
 */
export type LimitHandler = (
  seconds: number,
  call: { readonly request: object },
  octokit: unknown,
  retried: number,
) => boolean;

interface Octokit {
  /** @throws RequestError for a status of 400 or more, and where no answer came */
  readonly request: (
    route: string,
    parameters: Readonly<Record<string, unknown>>,
  ) => Promise<{
    readonly data: unknown;
    readonly headers: { readonly link?: string };
    readonly status: number;
  }>;
}
