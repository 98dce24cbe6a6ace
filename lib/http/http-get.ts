import type { IncomingMessage } from "node:http";
import { open } from "./open";

const MOST_REDIRECTS = 5;

/** Opens a URL without credentials, and follows redirects (never from https to http). */
export async function httpGet(url: URL, env: NodeJS.ProcessEnv, redirects = 0): Promise<IncomingMessage> {
  const response = await open(url, env);
  const { statusCode = 0, headers } = response;
  if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return response;
  response.resume();
  const next = new URL(headers.location, url);
  const downgrade = url.protocol === "https:" && next.protocol !== "https:";
  if (downgrade || redirects === MOST_REDIRECTS) throw new Error(`unusable redirect to ${next.href}`);
  return httpGet(next, env, redirects + 1);
}
