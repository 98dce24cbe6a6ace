import { ProjectError } from "../../errors";
import { retryAfterOf } from "../../http/answer";
import { connectionFailure } from "../../http/connection-failure";
import { guardedFetch, reasonOf } from "../../http/guarded-fetch";
import { type Mask, maskOf } from "../../http/mask";
import { isLoopback } from "../../http/safe-url";
import { sleep, type WaitOptions, Waits } from "../../http/waits";

/** The environment variable with the address, which is a secret: it is enough to post. */
const WEBHOOK_VARIABLE = "OIDC_WATCH_WEBHOOK";

const ATTEMPTS = 4;
const MAY_PASS = new Set([408, 429, 500, 502, 503, 504]);
/** Parts of the path that are this long are masked, wherever an answer repeats them. */
const SECRET_PART = 8;

/** An incoming webhook. */
export interface Webhook {
  readonly url: URL;
  readonly mask: Mask;
}

/**
 * The webhook of the environment; undefined: none is set.
 * @throws ProjectError `watch-webhook-url` (exit 2), without the address
 */
export function webhookIn(env: NodeJS.ProcessEnv): Webhook | undefined {
  const text = env[WEBHOOK_VARIABLE]?.trim() ?? "";
  if (text === "") return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPrivate = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (url === undefined || !isPrivate || url.username + url.password !== "")
    throw new ProjectError({
      code: "watch-webhook-url",
      message: `${WEBHOOK_VARIABLE} is not an address that a message may be sent to`,
      found: url === undefined ? "no URL" : url.protocol,
      fix: "set it to the https address that Slack, Mattermost or Teams shows for an incoming webhook, without a user and password; http only for this machine",
      exitCode: 2,
    });
  return { url, mask: maskOf(secretsIn(text, url)) };
}

function secretsIn(text: string, url: URL): readonly string[] {
  const parts = [...url.pathname.split("/"), ...url.searchParams.values()];
  const whole = [text, url.href, `${url.pathname}${url.search}`, url.search.slice(1)];
  return [...whole, ...parts.filter(({ length }) => length >= SECRET_PART)].filter(
    (one) => one.length >= SECRET_PART,
  );
}

/**
 * Posts a message, with retries: a message that arrives twice is better than none.
 * @throws ProjectError `watch-webhook-failed`; those of `lib/http/connection-failure.ts`
 */
export async function postMessage(
  { url, mask }: Webhook,
  text: string,
  env: NodeJS.ProcessEnv,
  options: WaitOptions = {},
): Promise<void> {
  const send = guardedFetch(url.origin, mask, env);
  const waits = new Waits(options);
  const body = JSON.stringify(bodyOf(url, text));
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOf(() =>
      send(url, { method: "POST", headers: { "content-type": "application/json" }, body }),
    );
    if (outcome === undefined) return;
    const ms = outcome.waitMs ?? waits.firstMs * 2 ** (attempt - 1);
    if (
      !outcome.mayPass ||
      attempt === ATTEMPTS ||
      !waits.grant(ms, "the webhook did not answer as expected")
    )
      throw new ProjectError({
        code: "watch-webhook-failed",
        message: `the message was not delivered to ${url.host}: ${mask(outcome.reason)}`,
        found: mask(outcome.reason),
        fix: `check ${WEBHOOK_VARIABLE}; the record was not written, so the next run tells the same again`,
      });
    await sleep(ms);
  }
}

interface Failure {
  readonly reason: string;
  readonly mayPass: boolean;
  readonly waitMs?: number | undefined;
}

/** Undefined: delivered. */
async function attemptOf(send: () => Promise<Response>): Promise<Failure | undefined> {
  try {
    const response = await send();
    if (response.ok) return undefined;
    const said = (await response.text())
      .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
      .trim()
      .slice(0, 200);
    return {
      reason: `status ${response.status}${said === "" ? "" : `: ${said}`}`,
      mayPass: MAY_PASS.has(response.status),
      waitMs: retryAfterOf((name) => response.headers.get(name) ?? undefined),
    };
  } catch (error) {
    const failure = connectionFailure(error);
    if (failure !== undefined) throw failure;
    return { reason: reasonOf(error), mayPass: true };
  }
}

/**
 * Slack and Mattermost take `text`. Teams' workflows take Adaptive Cards only (Microsoft Learn,
 * "Create and send messages"); their addresses are Power Automate's.
 */
function bodyOf({ hostname }: URL, text: string): object {
  if (!/\.(?:logic\.azure\.com|api\.powerplatform\.com|powerautomate\.com)$/.test(hostname)) return { text };
  const card = {
    type: "AdaptiveCard",
    version: "1.4",
    body: text.split("\n").map((line) => ({ type: "TextBlock", text: line, wrap: true })),
  };
  return {
    type: "message",
    text,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }],
  };
}
