import type { IncomingMessage } from "node:http";
import { header } from "../http/headers";
import { isMotoPath } from "../moto/moto-request";
import { bucketOfHost } from "./s3-host";

/** An AWS API call, read once from its request. All decisions use it. */
export interface AwsCall {
  readonly method: string;
  /**
   * The service's signing name (`s3`, `iam`, `sts`, …), `moto-api` for a path of moto's own API, or
   * `unsigned-form` for an unsigned form that is posted to `/`.
   */
  readonly service: string;
  /** Decoded; leading slashes count as one, as in moto. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** As it was sent, not decoded. */
  readonly rawPath: string;
  /** For S3: the bucket, from the host or the path. */
  readonly bucket?: string;
  /** The host names the bucket (virtual-hosted-style request). */
  readonly hosted: boolean;
  /** For S3: the object's key. Absent in a call on the bucket. */
  readonly key?: string;
  /** The request target for moto: path and query as they were sent, always path-style. */
  readonly target: string;
}

/** Why a request line cannot be parsed, for people. */
interface Unreadable {
  readonly unreadable: string;
}

/** Reads method, service, bucket and key from the request line and headers, not from the body. */
export function identify(request: IncomingMessage): AwsCall | Unreadable {
  const target = originForm(request.url ?? "");
  if (target === undefined)
    return { unreadable: `cannot parse the request target ${JSON.stringify(request.url)}` };
  const [wirePath, search] = splitOnce(target, "?");
  const rawPath = Buffer.from(wirePath, "latin1").toString("utf8");
  let path: string;
  try {
    path = decodeURIComponent(rawPath).replace(/^\/+/, "/");
  } catch {
    return { unreadable: `cannot decode the path ${JSON.stringify(rawPath)}` };
  }
  const method = request.method ?? "";
  const query = new URLSearchParams(search);
  const named = serviceOf(request, method, path, query);
  const hosted = named === "s3" ? bucketOfHost(header(request, "host")) : undefined;
  // moto gets the bucket of the host as the first segment of the path.
  const service = isMotoPath(hosted === undefined ? path : `/${hosted}${path}`) ? "moto-api" : named;
  const line = { method, service, path, rawPath, query, hosted: hosted !== undefined };
  if (service !== "s3") return { ...line, target };
  const [bucket, key] = hosted === undefined ? splitOnce(path.slice(1), "/") : [hosted, path.slice(1)];
  return {
    ...line,
    target: hosted === undefined ? target : `/${encodeURIComponent(hosted)}${target}`,
    ...(bucket === "" ? {} : { bucket }),
    ...(key === "" ? {} : { key }),
  };
}

/**
 * Clients of a forward proxy send the absolute form (`GET http://host/path`). Only its path and
 * query are used.
 */
function originForm(url: string): string | undefined {
  if (url.startsWith("/")) return url;
  const rest = /^https?:\/\/[^/?#]*(?<rest>.*)$/i.exec(url)?.groups?.rest;
  return rest === undefined || rest.startsWith("/") ? rest : `/${rest}`;
}

/** The service that moto chooses for the same request. S3 is the default. */
function serviceOf(request: IncomingMessage, method: string, path: string, query: URLSearchParams): string {
  const scope = /^\S+ +Credential=[^/,\s]*\/[^/,\s]*\/[^/,\s]*\/([^/,\s]+)\/[^/,\s]+/.exec(
    header(request, "authorization") ?? "",
  );
  const signed = scope?.[1]?.toLowerCase() ?? presignedService(query);
  if (signed === "s3") {
    const control = path.startsWith("/v20180820/") || (header(request, "host") ?? "").includes("s3-control");
    return control ? "s3-control" : "s3";
  }
  if (signed !== undefined) return signed;
  const form = (header(request, "content-type") ?? "").startsWith("application/x-www-form-urlencoded");
  return method === "POST" && path === "/" && form ? "unsigned-form" : "s3";
}

function presignedService(query: URLSearchParams): string | undefined {
  return /^[^/]*\/[^/]*\/[^/]*\/([^/]+)\/aws4_request$/
    .exec(query.get("X-Amz-Credential") ?? "")?.[1]
    ?.toLowerCase();
}

function splitOnce(text: string, at: string): readonly [string, string] {
  const index = text.indexOf(at);
  return index === -1 ? [text, ""] : [text.slice(0, index), text.slice(index + at.length)];
}
