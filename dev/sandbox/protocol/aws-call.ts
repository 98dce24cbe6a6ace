import type { IncomingMessage } from "node:http";
import { header } from "../http/headers";
import { isMotoPath } from "../moto/moto-request";
import { bucketOfHost } from "./s3-host";

/** What a request asks for, read once; everything behind the door goes by this. */
export interface AwsCall {
  readonly method: string;
  /**
   * The service's signing name (`s3`, `iam`, `sts`, …), `moto-api` for paths that are moto's own,
   * `unsigned-form` for an unsigned form post to `/`.
   */
  readonly service: string;
  /** The decoded path; slashes at its start count as one, as moto takes them. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The path as it came, not decoded. */
  readonly rawPath: string;
  /** For S3 only: the bucket, whether the host or the path names it. */
  readonly bucket?: string;
  /** It is the host that names the bucket. */
  readonly hosted: boolean;
  /** For S3 only: the object's key; absent when the call is about the bucket. */
  readonly key?: string;
  /** What moto is asked for: path and query as they came, always path style. */
  readonly target: string;
}

/** Why a request line cannot be understood; the text is for people. */
export interface Unreadable {
  readonly unreadable: string;
}

/**
 * Reads method, service, bucket and key from a request's line and headers. Its body stays unread.
 */
export function identify(request: IncomingMessage): AwsCall | Unreadable {
  const target = originForm(request.url ?? "");
  if (target === undefined)
    return { unreadable: `cannot read the request target ${JSON.stringify(request.url)}` };
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
  // A bucket in the host goes to moto as the first part of the path.
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
 * Absolute form (`GET http://host/path`) is what proxies are sent. The door is none: only path and
 * query count.
 */
function originForm(url: string): string | undefined {
  if (url.startsWith("/")) return url;
  const rest = /^https?:\/\/[^/?#]*(?<rest>.*)$/i.exec(url)?.groups?.rest;
  return rest === undefined || rest.startsWith("/") ? rest : `/${rest}`;
}

/** The same service that moto would choose; S3 when nothing says otherwise. */
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
