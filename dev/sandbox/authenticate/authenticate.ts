import type { Session, Sessions } from "../account/sessions";
import type { AwsFault } from "../protocol/aws-fault";
import { type Credentials, isAdministrator, parseTimestamp, type RequestSignature } from "./credentials";
import type { SignedRequest } from "./signature";
import { equalsInConstantTime, isSignedWith, unsignedHeaders } from "./signature";

type Authenticated =
  | { readonly kind: "administrator" }
  | { readonly kind: "anonymous" }
  | { readonly kind: "session"; readonly session: Session; readonly by: RequestSignature };

/**
 * Maximum difference between a signature's time and the clock ("Signature Version 4
 * troubleshooting").
 */
const SKEW_MS = 15 * 60_000;

interface Authentication {
  readonly sessions: Sessions;
  readonly now: () => number;
  /** The clock of those who sign requests, if the sandbox's was set. Default: `now`. */
  readonly signersNow?: () => number;
}

/**
 * Authenticates a request. For a role session, the access key, session token, time and signature
 * must all be valid.
 */
export function authenticate(
  credentials: Credentials,
  signed: SignedRequest,
  { sessions, now, signersNow = now }: Authentication,
): Authenticated | AwsFault {
  if (credentials.kind === "none") return { kind: "anonymous" };
  if (credentials.kind === "unreadable") return UNREADABLE;
  const { by } = credentials;
  if (isAdministrator(credentials)) return { kind: "administrator" };
  const s3 = by.service === "s3";
  const session = sessions.find(by.accessKeyId);
  if (session === undefined) return s3 ? UNKNOWN_KEY_S3 : UNKNOWN_KEY;
  if (!equalsInConstantTime(by.sessionToken, session.sessionToken)) return s3 ? WRONG_TOKEN_S3 : UNKNOWN_KEY;
  const late = timeFault(by, signersNow());
  if (late !== undefined) return late;
  const unsigned = unsignedHeaders(by, signed.request);
  if (unsigned.length > 0) return s3 ? headersNotSigned(unsigned) : mustBeSigned(unsigned);
  if (!isSignedWith(session.secretAccessKey, by, signed)) return WRONG_SIGNATURE;
  if (now() >= session.expires) return s3 ? EXPIRED_S3 : EXPIRED;
  return { kind: "session", session, by };
}

function timeFault(
  { timestamp, date, presignedSeconds }: RequestSignature,
  now: number,
): AwsFault | undefined {
  const at = parseTimestamp(timestamp);
  if (at === undefined || !timestamp.startsWith(date)) return WRONG_SIGNATURE;
  if (at > now + SKEW_MS) return SKEWED;
  if (presignedSeconds === undefined) return at < now - SKEW_MS ? SKEWED : undefined;
  return at + presignedSeconds * 1_000 < now ? REQUEST_EXPIRED : undefined;
}

function denied(code: string, message: string, status = 403): AwsFault {
  return { status, code, message };
}

/** S3's error, which names the headers. */
function headersNotSigned(names: readonly string[]): AwsFault {
  const fault = denied("AccessDenied", "There were headers present in the request which were not signed");
  return { ...fault, details: { HeadersNotSigned: names.join(", ") } };
}

/** The error of all other services. */
function mustBeSigned([first = ""]: readonly string[]): AwsFault {
  const name = first === "host" ? "'Host' or ':authority'" : `'${first}'`;
  return denied("SignatureDoesNotMatch", `${name} must be a 'SignedHeader' in the AWS Authorization.`);
}

/** Amazon S3 API Reference and STS API Reference, "Common Errors". */
const UNREADABLE = denied(
  "InvalidRequest",
  "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
  400,
);
const UNKNOWN_KEY = denied("InvalidClientTokenId", "The security token included in the request is invalid.");
const UNKNOWN_KEY_S3 = denied(
  "InvalidAccessKeyId",
  "The AWS Access Key Id you provided does not exist in our records.",
);
const WRONG_TOKEN_S3 = denied("InvalidToken", "The provided token is malformed or otherwise invalid.", 400);
const EXPIRED = denied("ExpiredToken", "The security token included in the request is expired");
const EXPIRED_S3 = denied("ExpiredToken", "The provided token has expired.", 400);
const SKEWED = denied(
  "RequestTimeTooSkewed",
  "The difference between the request time and the current time is too large.",
);
const REQUEST_EXPIRED = denied("AccessDenied", "Request has expired");
const WRONG_SIGNATURE = denied(
  "SignatureDoesNotMatch",
  "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
);
