import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Account } from "../config/model/model";
import { ProjectError } from "../errors";
import { connectionFailure } from "../http/connection-failure";
import { createStsClient } from "./clients";

/** Whose credentials these are, as STS answers. */
export interface CallerIdentity {
  /** 12 digits. */
  readonly account: string | undefined;
  readonly arn: string | undefined;
  /** AWS's clock: the `Date` header of the response. */
  readonly date: string | undefined;
}

/**
 * Calls sts:GetCallerIdentity with the credentials of the environment.
 * @throws the SDK's error: no credentials, invalid credentials, or no connection
 */
export async function callerIdentity(region: string): Promise<CallerIdentity> {
  const sts = createStsClient({ region, maxAttempts: 2 });
  let date: string | undefined;
  sts.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      date = dateIn(answer.response);
      return answer;
    },
    { step: "deserialize", name: "clock", priority: "low" },
  );
  try {
    const { Account: account, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}));
    return { account, arn, date };
  } finally {
    sts.destroy();
  }
}

function dateIn(response: unknown): string | undefined {
  if (typeof response !== "object" || response === null || !("headers" in response)) return undefined;
  const { headers } = response;
  if (typeof headers !== "object" || headers === null || !("date" in headers)) return undefined;
  return typeof headers.date === "string" ? headers.date : undefined;
}

/**
 * Requires that the credentials belong to the account. It is the first call to AWS of every command
 * that changes something.
 * @returns the caller's ARN
 * @throws ProjectError `no-credentials`, `aws-unreachable`, `wrong-account`
 */
export async function checkCaller(account: Account): Promise<string> {
  const { account: found, arn } = await callerIdentity(account.region).catch((error: unknown) => {
    throw callerUnknown(error);
  });
  if (found === account.id && arn !== undefined) return arn;
  throw new ProjectError({
    code: "wrong-account",
    message: `the credentials belong to account ${found ?? "(unknown)"} (${arn ?? "no ARN"}), not to account "${account.key}" (${account.id})`,
    found: found ?? "unknown",
    fix: `use credentials for account ${account.id} (AWS_PROFILE, aws sso login), or correct accounts.${account.key}.id in access.yaml`,
  });
}

/** Why sts:GetCallerIdentity failed: no connection, or no valid credentials. */
export function callerUnknown(cause: unknown): ProjectError {
  const failure = connectionFailure(cause);
  if (failure !== undefined) return failure;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  if (isConnectionError(cause))
    return new ProjectError({
      code: "aws-unreachable",
      message: `cannot reach AWS STS: ${reason}`,
      found: reason,
      fix: "check the network connection, HTTPS_PROXY and AWS_ENDPOINT_URL",
      cause,
    });
  const status = statusOfOther(cause);
  if (status !== undefined)
    return new ProjectError({
      code: "aws-unreachable",
      message: `AWS STS did not answer: HTTP ${status} from something else, such as a proxy`,
      found: String(status),
      fix: "check the network connection, HTTPS_PROXY and AWS_ENDPOINT_URL",
      cause,
    });
  return noCredentials(reason, cause);
}

/**
 * What is wrong with the credentials where a call other than sts:GetCallerIdentity is a command's
 * first: none are found (AWS SDK for JavaScript, "CredentialsProviderError"), or AWS does not know
 * them (S3 API Reference, "Error responses"). Undefined: the call failed for another reason.
 */
export function credentialsFailure(cause: unknown): ProjectError | undefined {
  if (!(cause instanceof Error) || !REFUSED_CREDENTIALS.has(cause.name)) return undefined;
  return noCredentials(cause.message, cause);
}

const REFUSED_CREDENTIALS: ReadonlySet<string> = new Set([
  "CredentialsProviderError",
  "TokenProviderError",
  "ExpiredToken",
  "InvalidAccessKeyId",
  "InvalidToken",
]);

function noCredentials(reason: string, cause: unknown): ProjectError {
  return new ProjectError({
    code: "no-credentials",
    message: `no valid AWS credentials: ${reason}`,
    fix: "sign in to AWS (aws sso login, or AWS_PROFILE), and check with: aws sts get-caller-identity",
    cause,
  });
}

/**
 * The status of an answer that has no error code of AWS: an error of AWS has a `$fault`, and a name
 * if its answer has a code; a page that is no XML cannot be read at all. Undefined: it has one, or
 * there is no answer.
 */
function statusOfOther(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("$fault" in error && !/^Unknown(?:Error)?$/.test(error.name)) return undefined;
  if (!("$metadata" in error) || typeof error.$metadata !== "object" || error.$metadata === null)
    return undefined;
  const { $metadata } = error;
  return "httpStatusCode" in $metadata && typeof $metadata.httpStatusCode === "number"
    ? $metadata.httpStatusCode
    : undefined;
}

/** Node's codes for a host that cannot be found or does not answer ("Common system errors"). */
const CONNECTION_ERROR =
  /\b(?:ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT)\b/;

/** By the code, which the SDK leaves out where it wraps the error, or by the message. */
function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return error.name === "TimeoutError" || CONNECTION_ERROR.test(`${code} ${error.message}`);
}
