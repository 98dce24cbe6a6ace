import { z } from "zod";
import { type JsonClient, jsonClient } from "../http/json-client";
import type { Waits } from "../http/waits";
import { type Call, failureOf, unexpected, unreachable } from "./failure";
import type { Secret } from "./secrets";

/** The JSON API of a host. Its calls fail with a `HostFailure`. */
export type HostClient = JsonClient<Call>;

/** @param env how to connect (lib/http) */
export function hostClient(
  url: string,
  secret: Secret,
  waits: Waits,
  env: NodeJS.ProcessEnv,
): Promise<HostClient> {
  const headers = { authorization: secret.authorization };
  return jsonClient({ url, headers, mask: secret.mask, env }, waits, { answered: failureOf, unreachable });
}

/** The id of a comment, at every host. */
export const id = z.number().int().positive();

/**
 * An answer, checked against the host's documentation.
 * @throws HostFailure `review-host-unexpected`
 */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, call: Call): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unexpected(issue === undefined ? "no detail" : `${issue.path.join(".")}: ${issue.message}`, call);
}

/**
 * The address of the next page of a list, from the header `Link` (RFC 8288).
 * @throws HostFailure `review-host-unexpected` for a page at another server: the token is not sent
 * there
 */
export function nextPage(link: string | undefined, apiUrl: string, call: Call): string | undefined {
  const [, next] = /<([^<>]+)>;\s*rel="?next"?/.exec(link ?? "") ?? [];
  return next === undefined ? undefined : sameOrigin(next, apiUrl, call);
}

/** The address, if it is at the API's server. */
export function sameOrigin(address: string, apiUrl: string, call: Call): string {
  if (URL.canParse(address) && new URL(address).origin === new URL(apiUrl).origin) return address;
  throw unexpected(`the next page is at another server: ${address}`, call);
}

/**
 * More pages than any pull request has. It ends a list in which every page names a next one.
 */
export const MOST_PAGES = 1_000;
