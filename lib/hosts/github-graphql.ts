import { z } from "zod";
import { type Call, failureOf } from "./failure";
import type { GitHubClient, Repeat } from "./github-client";
import { parsed } from "./host-client";

/** A query or a mutation. @returns its `data` */
export type AskGraphQl = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
  repeat: Repeat,
  call: Call,
) => Promise<unknown>;

const Answered = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string() })).optional(),
});

/** Types of `errors`, as statuses of the REST API. */
const STATUSES: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  RATE_LIMITED: 429,
};

/**
 * GitHub's GraphQL API, which answers 200 to refused queries too.
 * https://docs.github.com/en/graphql/guides/forming-calls-with-graphql
 */
export function gitHubGraphQl(client: GitHubClient, apiUrl: string): AskGraphQl {
  return async (query, variables, repeat, call) => {
    const answer = await client(`POST ${graphQlUrl(apiUrl)}`, { query, variables }, repeat, call);
    const { data, errors: [error] = [] } = parsed(Answered, answer.data, call);
    if (error === undefined) return data;
    const status = STATUSES[error.type ?? ""] ?? 422;
    throw failureOf({ status, header: () => undefined, text: error.message }, call);
  };
}

/**
 * GitHub Enterprise Server has it at `/api/graphql`, beside `/api/v3`.
 * https://docs.github.com/en/enterprise-server@latest/graphql/guides/forming-calls-with-graphql
 */
function graphQlUrl(apiUrl: string): string {
  return `${apiUrl.replace(/\/api\/v3$/, "/api")}/graphql`;
}
