import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

/** An error response of AWS. */
export interface AwsFault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** More elements of the S3 error document, such as `BucketName`. */
  readonly details?: Readonly<Record<string, string>>;
  /** More headers of the response. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Amazon S3 API Reference, "List of error codes". */
export const SHA256_MISMATCH: AwsFault = {
  status: 400,
  code: "XAmzContentSHA256Mismatch",
  message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
};

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const S3_XMLNS = "http://s3.amazonaws.com/doc/2006-03-01/";

/** moto has ended, or its response cannot be used. */
export function unavailable(reason: string): AwsFault {
  return {
    status: 503,
    code: "ServiceUnavailable",
    message: `The sandbox is unavailable: ${reason}. Restart it.`,
  };
}

/** Amazon S3 API Reference, "List of error codes". */
export function noSuchBucket(bucket: string): AwsFault {
  const message = "The specified bucket does not exist";
  return { status: 404, code: "NoSuchBucket", message, details: { BucketName: bucket } };
}

/**
 * A service's error document, in the format of S3 or of the query protocol (IAM, STS).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function faultDocument(service: string, fault: AwsFault, requestId: string): string {
  const code = element("Code", fault.code) + element("Message", fault.message);
  const id = element("RequestId", requestId);
  if (service === "s3" || service === "s3-control") {
    const details = Object.entries(fault.details ?? {}).map(([name, value]) => element(name, value));
    return `${XML}<Error>${code}${details.join("")}${id}</Error>`;
  }
  const type = element("Type", fault.status < 500 ? "Sender" : "Receiver");
  return `${XML}<ErrorResponse><Error>${type}${code}</Error>${id}</ErrorResponse>`;
}

/** Services of the deploy presets whose errors are JSON. */
const JSON_SERVICES = new Set(["ecr", "ecs", "lambda", "secretsmanager", "ssm"]);

/** Sends an error response. Does nothing if a response has been started. */
export function sendFault(response: ServerResponse, service: string, fault: AwsFault): void {
  const id = requestId();
  if (JSON_SERVICES.has(service)) {
    // The code of a denial in the JSON protocols (Amazon ECS API Reference, "Common Errors").
    const __type = fault.code === "AccessDenied" ? "AccessDeniedException" : fault.code;
    if (!response.headersSent) response.setHeader("x-amzn-ErrorType", __type);
    const body = Buffer.from(JSON.stringify({ __type, message: fault.message }));
    send(response, fault.status, "application/json", body, id);
    return;
  }
  if (!response.headersSent)
    for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
  send(response, fault.status, "application/xml", Buffer.from(faultDocument(service, fault, id)), id);
}

/** Sends a response with this body, or without a body if it is undefined. */
export function send(
  response: ServerResponse,
  status: number,
  type?: string,
  body?: Buffer,
  id = requestId(),
): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  response.setHeader("x-amz-request-id", id);
  if (body === undefined) {
    response.end();
    return;
  }
  if (type !== undefined) response.setHeader("Content-Type", type);
  response.setHeader("Content-Length", body.length);
  response.end(body);
}

/** Sends an S3 document. `inner` is the content of its root element. */
export function sendS3Document(response: ServerResponse, root: string, inner: string): void {
  send(response, 200, "application/xml", Buffer.from(XML + s3Element(root, inner)));
}

/** An element in S3's namespace; `inner` is XML. */
export function s3Element(name: string, inner: string): string {
  return `<${name} xmlns="${S3_XMLNS}">${inner}</${name}>`;
}

export function requestId(): string {
  return randomBytes(8).toString("hex").toUpperCase();
}

export function element(name: string, text: string): string {
  const escaped = text.replace(/[&<>]|(?![\t\n\r])\p{Cc}/gu, (character) => {
    if (character === "&") return "&amp;";
    if (character === "<") return "&lt;";
    return character === ">" ? "&gt;" : "\ufffd";
  });
  return `<${name}>${escaped}</${name}>`;
}
