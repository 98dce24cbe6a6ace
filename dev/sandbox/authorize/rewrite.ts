import { encode } from "../authenticate/signature";
import { endToEndHeaders, header } from "../http/headers";
import { motoAuthorization } from "../moto/moto-request";
import type { AwsCall } from "../protocol/aws-call";
import type { Exchange, Rewritten } from "../protocol/exchange";
import type { MatchedOperation } from "./s3-operations";
import { readCopySource } from "./s3-permissions";

/**
 * Headers of a role session's request that moto does not get, because it would interpret them
 * differently from the proxy.
 */
const DROPPED = [
  ...["authorization", "x-amz-security-token", "x-amz-target", "x-amz-copy-source"],
  // moto reads a region from it, and derives the partition from the region.
  "user-agent",
];

/**
 * Headers that describe the framing of a body. They change when a body that has been read is
 * forwarded.
 */
const FRAMING = ["content-length", "transfer-encoding", "content-encoding", "expect"];

/**
 * The S3 exchange exactly as it was authorized: its path, the parameters of the operation, no body
 * if the operation has none, and the administrator's credentials, because moto does not know the
 * session.
 */
export function rewriteS3(
  exchange: Exchange,
  { operation, parameters }: MatchedOperation,
  replaceResponse?: Rewritten["replaceResponse"],
): Exchange {
  const { call, request } = exchange;
  const dropped =
    operation.body === "none" ? [...DROPPED, "content-length", "transfer-encoding", "expect"] : DROPPED;
  const headers = endToEndHeaders(
    request,
    operation.body === "document" ? [...dropped, "content-type"] : dropped,
  );
  headers.push("Authorization", motoAuthorization("s3"));
  // moto treats the fields of a form as parameters. The body is a document.
  if (operation.body === "document") headers.push("Content-Type", "application/xml");
  if (operation.body === "none") headers.push("Content-Length", "0");
  if (operation.body === "object" && request.headers["content-length"] === undefined) {
    if (request.headers["transfer-encoding"] === undefined) headers.push("Content-Length", "0");
  }
  const source = request.headers["x-amz-copy-source"];
  const rewrittenSource = source === undefined ? undefined : readCopySource([source].flat().join(","));
  if (rewrittenSource !== undefined && operation.body === "object")
    headers.push("x-amz-copy-source", rewrittenSource.header);
  return {
    ...exchange,
    call: { ...call, target: targetOf(call, parameters) },
    rewritten: {
      headers,
      ...(operation.body === "none" ? { body: Buffer.alloc(0) } : {}),
      ...(replaceResponse === undefined ? {} : { replaceResponse }),
    },
  };
}

function targetOf({ bucket, key }: AwsCall, parameters: MatchedOperation["parameters"]): string {
  const path = [bucket, ...(key?.split("/") ?? [])].filter((part) => part !== undefined).map(encode);
  const query = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  return `/${path.join("/")}${query === "" ? "" : `?${query}`}`;
}

/** A request of the administrator: unchanged, with the body that has been read. */
export function rewriteBody(exchange: Exchange, body: Buffer): Exchange {
  const headers = endToEndHeaders(exchange.request, FRAMING);
  headers.push("Content-Length", String(body.length));
  return { ...exchange, rewritten: { headers, body } };
}

/**
 * An exchange of another service, with the body as it was read. moto prefers the region in a host
 * name to the region of the signature.
 */
export function rewriteOther(
  exchange: Exchange,
  region: string,
  {
    body,
    type,
    target,
    path = "/",
  }: { readonly body: Buffer; readonly type: string; readonly target?: string; readonly path?: string },
): Exchange {
  const { call, request, moto } = exchange;
  const host = header(request, "host") ?? "";
  const elsewhere = /amazonaws/i.test(host) ? ["host"] : [];
  const dropped = [...DROPPED, ...FRAMING, "content-type", ...elsewhere];
  const headers = endToEndHeaders(request, dropped);
  if (elsewhere.length > 0) headers.push("Host", `${moto.host}:${moto.port}`);
  headers.push("Authorization", motoAuthorization(call.service, region));
  headers.push("Content-Type", type, "Content-Length", String(body.length));
  if (target !== undefined) headers.push("X-Amz-Target", target);
  return { ...exchange, call: { ...call, target: path }, rewritten: { headers, body } };
}
