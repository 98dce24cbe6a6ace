import { insideSandbox } from "../environment/environment";

/** Credentials that a job gets only in exchange for its token. */
const CREDENTIALS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/**
 * The environment of a job: the endpoint of the sandbox, without the administrator's keys and
 * without the developer's settings for AWS and git.
 * @param environment of the sandbox
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
