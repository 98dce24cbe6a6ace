import { IAMClient, type IAMClientConfig } from "@aws-sdk/client-iam";
import { S3Client, type S3ClientConfig, S3ServiceException } from "@aws-sdk/client-s3";
import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";

/**
 * The SDK tells every user of Node 20 that its versions of 2027 will not run there. This project
 * pins the SDK and says itself which Node it needs; the notice would stand in the middle of every
 * answer.
 */
function withoutVersionNotice<T>(create: () => T): T {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return create();
}

/**
 * A client of S3; whoever asks for it calls `destroy()`. Credentials and endpoint come from the
 * environment unless given.
 */
export function createS3Client(config: S3ClientConfig): S3Client {
  return withoutVersionNotice(() => new S3Client(config));
}

/** A client of STS, on the same terms. */
export function createStsClient(config: STSClientConfig): STSClient {
  return withoutVersionNotice(() => new STSClient(config));
}

/** A client of IAM, on the same terms. */
export function createIamClient(config: IAMClientConfig): IAMClient {
  return withoutVersionNotice(() => new IAMClient(config));
}

/**
 * A bucket's setting, or undefined where S3 answers with the code by which it says that this was
 * never set.
 */
export async function unlessUnset<T>(code: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === code) return undefined;
    throw error;
  }
}
