import type { IncomingMessage } from "node:http";
import { sandboxCredentials } from "../environment/environment";
import { header } from "../http/headers";

/** The signature of a request, not yet verified ("AWS Signature Version 4"). */
export interface RequestSignature {
  readonly accessKeyId: string;
  /** `YYYYMMDD`, from the credential scope. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** In lower case, in the order of the request. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDD'T'HHMMSS'Z'`. */
  readonly timestamp: string;
  readonly sessionToken?: string;
  /**
   * Validity of a presigned URL in seconds. Undefined: the Authorization header signs the request.
   */
  readonly presignedSeconds?: number;
}

export type Credentials =
  | { readonly kind: "none" }
  | { readonly kind: "signed"; readonly by: RequestSignature }
  /** The request has credentials, but not a valid Signature Version 4. */
  | { readonly kind: "unreadable" };

/**
 * The signature of the administrator is not verified, because the administrator's keys are public
 * in this repository.
 */
export function isAdministrator(credentials: Credentials): boolean {
  return credentials.kind === "signed" && credentials.by.accessKeyId === sandboxCredentials.accessKeyId;
}

/** Parses a timestamp into milliseconds since 1970. Undefined: it is invalid. */
export function parseTimestamp(timestamp: string): number | undefined {
  if (!/^\d{8}T\d{6}Z$/.test(timestamp)) return undefined;
  const iso = timestamp.replace(/^(....)(..)(..T..)(..)/, "$1-$2-$3:$4:");
  const at = Date.parse(iso);
  return Number.isNaN(at) ? undefined : at;
}

const SCOPE = /^([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request$/;

/**
 * Reads the credentials from the Authorization header or, in a presigned URL, from the query. A
 * request with both is unreadable.
 */
export function readCredentials(request: IncomingMessage, query: URLSearchParams): Credentials {
  const authorization = header(request, "authorization");
  const presigned = [...query.keys()].some((name) =>
    /^(x-amz-(algorithm|credential|signature)|awsaccesskeyid|signature)$/i.test(name),
  );
  if (authorization === undefined && !presigned) return { kind: "none" };
  if (authorization !== undefined && presigned) return { kind: "unreadable" };
  const by = authorization === undefined ? fromQuery(query) : fromHeader(request, authorization);
  return by === undefined ? { kind: "unreadable" } : { kind: "signed", by };
}

function fromHeader(request: IncomingMessage, authorization: string): RequestSignature | undefined {
  const [, text] = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(authorization) ?? [];
  if (text === undefined) return undefined;
  const fields = new Map(
    text.split(",").map((field) => {
      const at = field.indexOf("=");
      return [field.slice(0, at).trim(), field.slice(at + 1).trim()] as const;
    }),
  );
  const token = header(request, "x-amz-security-token");
  return assemble({
    credential: fields.get("Credential"),
    signedHeaders: fields.get("SignedHeaders"),
    signature: fields.get("Signature"),
    timestamp: header(request, "x-amz-date") ?? "",
    ...(token === undefined ? {} : { sessionToken: token }),
  });
}

function fromQuery(query: URLSearchParams): RequestSignature | undefined {
  const one = (name: string): string | undefined => {
    const values = query.getAll(name);
    return values.length === 1 ? values[0] : undefined;
  };
  if (one("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256") return undefined;
  const expires = one("X-Amz-Expires") ?? "";
  const token = one("X-Amz-Security-Token");
  // Seven days at most (Amazon S3 API Reference, "Authenticating requests: using query
  // parameters").
  if (!/^\d{1,6}$/.test(expires) || Number(expires) > 604_800) return undefined;
  return assemble({
    credential: one("X-Amz-Credential"),
    signedHeaders: one("X-Amz-SignedHeaders"),
    signature: one("X-Amz-Signature"),
    timestamp: one("X-Amz-Date") ?? "",
    presignedSeconds: Number(expires),
    ...(token === undefined ? {} : { sessionToken: token }),
  });
}

function assemble(
  found: Pick<RequestSignature, "timestamp" | "presignedSeconds" | "sessionToken"> & {
    readonly credential: string | undefined;
    readonly signedHeaders: string | undefined;
    readonly signature: string | undefined;
  },
): RequestSignature | undefined {
  const { credential, signedHeaders, signature, ...rest } = found;
  const [, accessKeyId, date, region, service] = SCOPE.exec(credential ?? "") ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined)
    return undefined;
  if (signedHeaders === undefined || signature === undefined) return undefined;
  return {
    accessKeyId,
    date,
    region,
    signature,
    ...rest,
    service: service.toLowerCase(),
    signedHeaders: signedHeaders.toLowerCase().split(";"),
  };
}
