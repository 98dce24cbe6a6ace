import { S3ServiceException } from "@aws-sdk/client-s3";

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
