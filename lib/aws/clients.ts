import { IAMClient, type IAMClientConfig } from "@aws-sdk/client-iam";
import { S3Client, type S3ClientConfig, S3ServiceException } from "@aws-sdk/client-s3";
import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";

/**
 * Suppresses the SDK's notice about future Node versions, which would appear in the output of every
 * command: this project pins the SDK and states the Node version that it needs.
 */
function withoutVersionNotice<T>(create: () => T): T {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return create();
}

/**
 * An S3 client, which the caller destroys. Default: credentials and endpoint of the environment.
 */
export function createS3Client(config: S3ClientConfig): S3Client {
  return withoutVersionNotice(() => new S3Client(config));
}

/** An STS client, likewise. */
export function createStsClient(config: STSClientConfig): STSClient {
  return withoutVersionNotice(() => new STSClient(config));
}

/** An IAM client, likewise. */
export function createIamClient(config: IAMClientConfig): IAMClient {
  return withoutVersionNotice(() => new IAMClient(config));
}

/** A bucket's setting; undefined if S3 answers with the error code for "never set". */
export async function unlessUnset<T>(code: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === code) return undefined;
    throw error;
  }
}
