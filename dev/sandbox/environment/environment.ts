import path from "node:path";

/**
 * The account that everything in the sandbox belongs to unless it is started with another: moto's
 * own default.
 */
export const SANDBOX_ACCOUNT_ID = "123456789012";

/** Where the local CircleCI answers, for programs that want a token of it. */
export const CIRCLECI_VARIABLE = "OIDC_SANDBOX_CIRCLECI";

/**
 * Names that start like this choose credentials, accounts or endpoints; none of the developer's own
 * may leak in.
 */
const OWN_SETTINGS = /^(AWS_|MOTO_|S3_IGNORE_|INITIAL_NO_AUTH_|WERKZEUG_)/;

/** The administrator's keys: constants that everybody can read, and nobody's in any AWS account. */
export const sandboxCredentials = {
  accessKeyId: "AKIASANDBOXNOTREAL00",
  secretAccessKey: "the-sandbox-is-not-aws-and-this-is-no-secret",
} as const;

/**
 * What every program honours that could pick real credentials or a real endpoint, whether it is set
 * right now or not.
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
 * The variables that point AWS SDKs, the AWS CLI and Terraform at the sandbox.
 * @param endpoint the door's URL
 * @param base where proxy exceptions are taken from, so that they are extended and not replaced
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
    // Files of ours in place of ~/.aws: a profile there could bring real credentials and endpoints
    // of its own.
    AWS_CONFIG_FILE: path.join(__dirname, "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    // A corporate proxy must not be asked for the loopback interface.
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  };
}

/** `base` without any setting of the developer's own that AWS tools or moto would follow. */
export function withoutOwnSettings(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(base).filter(([name]) => !OWN_SETTINGS.test(name)));
}

/**
 * The whole environment for a program that is to run inside the sandbox: `base`, cleared, plus the
 * sandbox's own.
 */
export function insideSandbox(
  environment: Readonly<Record<string, string>>,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return { ...withoutOwnSettings(base), ...environment };
}

/** Names that a shell has to unset before it may use `environment`, sorted. */
export function clearedVariables(
  environment: Readonly<Record<string, string>>,
  base: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  const own = Object.keys(base).filter((name) => OWN_SETTINGS.test(name) && !(name in environment));
  return [...new Set([...ALWAYS_CLEARED, ...own])].sort();
}

/** Lines that a POSIX shell can read: what to unset, then what to export. */
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
