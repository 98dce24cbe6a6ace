import { serverRule } from "../config/rules/server";
import { wrongCall } from "../project/unknown-name";
import { circleciApi } from "./api/base-url";

/**
 * The host of a CircleCI Server, as a word on the command line: a host, or the URL of the server or
 * of an issuer of its.
 * @throws ProjectError `wrong-call` (exit 2)
 */
export function readServer(word: string): string {
  const host = word
    .trim()
    .replace(/^https:\/\//i, "")
    .replace(/\/.*$/s, "")
    .toLowerCase();
  const violation = serverRule(host);
  if (violation === undefined) return host;
  throw wrongCall(
    `--issuer names the host of a CircleCI Server: ${violation.message}: "${word}"`,
    violation.fix,
  );
}

/**
 * The host of the CircleCI Server that `CIRCLE_URL` or `CIRCLE_HOST` names. Empty: neither does.
 * @throws ProjectError `circleci-url` (exit 2)
 */
export function serverIn(env: NodeJS.ProcessEnv): readonly string[] {
  const { hostname } = new URL(circleciApi(env));
  return serverRule(hostname) === undefined ? [hostname] : [];
}
