import { insideSandbox } from "../environment/environment";

/** Credentials that a job must earn with its token. */
const CREDENTIALS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/**
 * What a job's programs find around them: the sandbox's endpoint, none of the administrator's keys,
 * nothing of the developer's git or AWS settings, and no level of shells to mistake for its own.
 * @param environment the sandbox's
 */
export function jobEnvironment(
  environment: Readonly<Record<string, string>>,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const inside = insideSandbox(environment, base);
  const kept = Object.entries(inside).filter(
    ([name]) => !CREDENTIALS.includes(name) && !name.startsWith("GIT_"),
  );
  return {
    ...Object.fromEntries(kept),
    AWS_EC2_METADATA_DISABLED: "true",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
  };
}
