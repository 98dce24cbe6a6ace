import { IAMServiceException } from "@aws-sdk/client-iam";
import { S3ServiceException } from "@aws-sdk/client-s3";
import { ProjectError } from "../../errors";
import { connectionFailure } from "../../http/connection-failure";
import type { RefusedCall } from "../inventory/inventory";
import { READ_CALLS, type ReadCall } from "./read-calls";

const DENIED = /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden|AllAccessDisabled)$/;

/**
 * Reads AWS and records the calls that it refuses, so that discovery goes on and a partial
 * inventory is never reported as complete.
 */
export class AwsReader {
  readonly #refused: RefusedCall[] = [];

  /**
   * @param object name or ARN of the object that the call reads
   * @param unset AWS's error codes for a setting that was never set
   * @returns AWS's response; `unset` for one of those codes; undefined for a refused call, which is
   * recorded
   * @throws ProjectError `aws-not-asked`: invalid credentials, no connection, or a failure of AWS;
   * those of `lib/http/connection-failure.ts`
   */
  async read<T>(
    call: ReadCall,
    object: string,
    answer: Promise<T>,
    unset: readonly string[] = [],
  ): Promise<T | "unset" | undefined> {
    try {
      return await answer;
    } catch (error) {
      const isService = error instanceof IAMServiceException || error instanceof S3ServiceException;
      if (!isService) throw notAsked(call, error);
      if (unset.includes(error.name)) return "unset";
      // The response to HEAD has no body and so no error code: S3 reports 403 and 301 by status
      // only.
      const status = error.$metadata.httpStatusCode;
      if (!DENIED.test(error.name) && status !== 403 && status !== 301) throw notAsked(call, error);
      this.#refused.push({
        call: READ_CALLS[call],
        object,
        code: status === 301 ? "PermanentRedirect" : error.name === "403" ? "AccessDenied" : error.name,
      });
      return undefined;
    }
  }

  /** Sorted by object, then by call. */
  get refused(): readonly RefusedCall[] {
    const key = ({ object, call }: RefusedCall): string => `${object} ${call}`;
    return [...this.#refused].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  }
}

const EXPIRED =
  /^(?:ExpiredToken|ExpiredTokenException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId)$/;

function notAsked(call: ReadCall, error: unknown): ProjectError {
  const failure = connectionFailure(error);
  if (failure !== undefined) return failure;
  const name = error instanceof Error ? error.name : "";
  return new ProjectError({
    code: "aws-not-asked",
    message: `${READ_CALLS[call]}: ${error instanceof Error ? `${name}: ${error.message}` : String(error)}`,
    found: name,
    fix: EXPIRED.test(name)
      ? "nothing was written; sign in again (aws sso login, or AWS_PROFILE)"
      : "nothing was written; check the network connection and try again",
    cause: error,
  });
}
