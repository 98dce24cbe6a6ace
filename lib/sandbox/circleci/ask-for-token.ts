import { request as httpRequest } from "node:http";
import { z } from "zod";
import { ProjectError } from "../../errors";
import { CIRCLECI_VARIABLE } from "../environment";
import type { TokenRequest } from "./token-request";

const answerSchema = z.object({ token: z.string() });

/**
 * A token from the local CircleCI that the environment names.
 * @throws ProjectError `no-sandbox` (exit 2) when it names none, or none answers there
 */
export async function askForToken(
  request: TokenRequest,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const url = env[CIRCLECI_VARIABLE];
  if (url === undefined || url === "") throw noSandbox(`${CIRCLECI_VARIABLE} is not set`);
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(url))
    throw noSandbox(`${CIRCLECI_VARIABLE} is "${url}" and not the local CircleCI`);
  const answer = await post(`${url}/token`, JSON.stringify(request)).catch(() => undefined);
  const read = answerSchema.safeParse(answer);
  if (read.success) return read.data.token;
  throw noSandbox(`no local CircleCI answers at ${url}`);
}

function post(url: string, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const asked = httpRequest(url, { method: "POST", headers, agent: false, timeout: 10_000 });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", reject);
    asked.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("error", reject);
      response.on("data", (part: string) => (text += part));
      response.on("end", () => {
        try {
          resolve(JSON.parse(text));
        } catch (error) {
          reject(error);
        }
      });
    });
    asked.end(body);
  });
}

function noSandbox(message: string): ProjectError {
  return new ProjectError({
    code: "no-sandbox",
    message,
    fix: "start one with `npm run sandbox` and paste what it prints into this terminal",
    exitCode: 2,
  });
}
