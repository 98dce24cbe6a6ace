import path from "node:path";

/** Default account of the sandbox, which is also moto's default. */
export const SANDBOX_ACCOUNT_ID = "123456789012";

/** URL of the local CircleCI, for programs that request a token. */
export const CIRCLECI_VARIABLE = "OIDC_SANDBOX_CIRCLECI";

/**
 * Prefixes of variables that select credentials, accounts or endpoints. The developer's own
 * settings must not reach the sandbox.
 */
const OWN_SETTINGS = /^(AWS_|MOTO_|S3_IGNORE_|INITIAL_NO_AUTH_|WERKZEUG_)/;

/** The administrator's keys. They are public, and valid in no AWS account. */
export const sandboxCredentials = {
  accessKeyId: "AKIASANDBOXNOTREAL00",
  secretAccessKey: "the-sandbox-is-not-aws-and-this-is-no-secret",
} as const;

/**
 * Variables that select credentials or endpoints in AWS SDKs and tools. They are unset whether they
 * are set now or not.
 */
const ALWAYS_CLEARED = [
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_DEFAULT_PROFILE",
  "AWS_ENDPOINT_URL_IAM",
  "AWS_ENDPOINT_URL_S3",
  "AWS_ENDPOINT_URL_STS",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_PROFILE",
  "AWS_ROLE_ARN",
  "AWS_SECURITY_TOKEN",
  "AWS_SESSION_TOKEN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/**
 * Variables that direct AWS SDKs, the AWS CLI and Terraform to the sandbox.
 * @param endpoint URL of the proxy
 * @param base environment with the proxy exceptions (`NO_PROXY`) to extend
 */
export function sandboxEnvironment(
  endpoint: string,
  base: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const exceptions = [base.NO_PROXY ?? base.no_proxy, "127.0.0.1,localhost"];
  const noProxy = exceptions.filter((entry) => entry !== undefined && entry !== "").join(",");
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: sandboxCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandboxCredentials.secretAccessKey,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    // Replaces `~/.aws`, whose profiles can select other credentials and endpoints.
    AWS_CONFIG_FILE: path.join(__dirname, "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    // Connections to the loopback interface do not use an HTTP proxy.
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  };
}

/** `base` without the developer's settings for AWS tools and moto. */
export function withoutOwnSettings(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(base).filter(([name]) => !OWN_SETTINGS.test(name)));
}

/**
 * The environment of a program that runs inside the sandbox: `base` without the developer's
 * settings, and the variables of the sandbox.
 */
export function insideSandbox(
  environment: Readonly<Record<string, string>>,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return { ...withoutOwnSettings(base), ...environment };
}

/** Variables to unset in a shell that uses `environment`, sorted. */
export function clearedVariables(
  environment: Readonly<Record<string, string>>,
  base: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  const own = Object.keys(base).filter((name) => OWN_SETTINGS.test(name) && !(name in environment));
  return [...new Set([...ALWAYS_CLEARED, ...own])].sort();
}

/** Commands for a POSIX shell that unset and export variables. */
export function shellExports(
  environment: Readonly<Record<string, string>>,
  unset: readonly string[],
): readonly string[] {
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [...(unset.length === 0 ? [] : [`unset ${unset.join(" ")}`]), ...exports];
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
