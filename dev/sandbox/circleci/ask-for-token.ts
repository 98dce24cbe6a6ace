import { z } from "zod";
import { oidc } from "../../../lib/command-name";
import { ProjectError } from "../../../lib/errors";
import { CIRCLECI_VARIABLE } from "../environment/environment";
import { requestLocal } from "../http/local-request";
import type { TokenRequest } from "./token-request";

const answerSchema = z.object({ token: z.string() });

/**
 * Requests a token from the local CircleCI in the environment.
 * @throws ProjectError `no-sandbox` (exit 2) if there is none, or if it does not respond
 */
export async function askForToken(
  request: TokenRequest,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const url = env[CIRCLECI_VARIABLE];
  if (url === undefined || url === "") throw noSandbox(`${CIRCLECI_VARIABLE} is not set`);
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(url))
    throw noSandbox(`${CIRCLECI_VARIABLE} is "${url}", which is not the URL of a local CircleCI`);
  const answer = await post(`${url}/token`, Buffer.from(JSON.stringify(request))).catch(() => undefined);
  const read = answerSchema.safeParse(answer);
  if (read.success) return read.data.token;
  throw noSandbox(`no local CircleCI responds at ${url}`);
}

async function post(url: string, body: Buffer): Promise<unknown> {
  const headers = { "Content-Type": "application/json" };
  const answer = await requestLocal(url, { method: "POST", headers, body, timeoutMs: 60_000 });
  return JSON.parse(answer.body.toString("utf8")) as unknown;
}

function noSandbox(message: string): ProjectError {
  return new ProjectError({
    code: "no-sandbox",
    message,
    fix: `start it with \`${oidc("sandbox")}\`, and paste the commands that it prints into this terminal`,
    exitCode: 2,
  });
}
