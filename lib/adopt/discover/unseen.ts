import { IAMServiceException } from "@aws-sdk/client-iam";
import { S3ServiceException } from "@aws-sdk/client-s3";
import { ProjectError } from "../../errors";
import type { Unseen } from "../inventory";
import { READ_CALLS, type ReadCall } from "./read-calls";

const DENIED = /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden|AllAccessDisabled)$/;

/**
 * Keeps what AWS refuses to show, so that the rest can be seen, and nobody takes it for all there
 * is.
 */
export class Seeing {
  readonly #unseen: Unseen[] = [];

  /**
   * What AWS answers.
   * @param object name or ARN of what is asked about
   * @param unset AWS's codes for "this was never set"
   * @returns `unset` where it was never set; undefined where it is not shown, which is kept
   * @throws ProjectError `aws-not-asked`: no credentials that are good, no connection, or AWS is
   * out of order
   */
  async ask<T>(
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
      // A HEAD has no body, and so no code: S3 says 403 and 301 by status alone.
      const status = error.$metadata.httpStatusCode;
      if (!DENIED.test(error.name) && status !== 403 && status !== 301) throw notAsked(call, error);
      this.#unseen.push({
        call: READ_CALLS[call],
        object,
        code: status === 301 ? "PermanentRedirect" : error.name === "403" ? "AccessDenied" : error.name,
      });
      return undefined;
    }
  }

  /** In the order of objects and calls. */
  get unseen(): readonly Unseen[] {
    const key = ({ object, call }: Unseen): string => `${object} ${call}`;
    return [...this.#unseen].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  }
}

const EXPIRED =
  /^(?:ExpiredToken|ExpiredTokenException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId)$/;

function notAsked(call: ReadCall, error: unknown): ProjectError {
  const name = error instanceof Error ? error.name : "";
  return new ProjectError({
    code: "aws-not-asked",
    message: `${READ_CALLS[call]}: ${error instanceof Error ? `${name}: ${error.message}` : String(error)}`,
    found: name,
    fix: EXPIRED.test(name)
      ? "sign in again (aws sso login, or AWS_PROFILE); nothing was written"
      : "check the connection and try again; nothing was written",
    cause: error,
  });
}
