import { isIP } from "node:net";

const REGION = "[a-z]{2}(?:-[a-z]+)+-\\d+";
/**
 * S3 endpoints, current and legacy, and the same names under `localhost`.
 * https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
const S3_HOST = new RegExp(
  `^(?:(?<bucket>.+)\\.)?s3(?:-fips|-accelerate)?(?:[.-]dualstack)?(?:[.-]${REGION})?\\.(?:amazonaws\\.com(?:\\.cn)?|localhost)$`,
);
const UNDER_LOCALHOST = /^(?<bucket>.+)\.localhost$/;

/**
 * Whether a name is an S3 endpoint, with or without a bucket. No other party can own such a name.
 */
export function isS3Host(name: string): boolean {
  return S3_HOST.test(name) || UNDER_LOCALHOST.test(name);
}

/**
 * The bucket in the host of a virtual-hosted-style request. Undefined: the request is path-style.
 * @param host the Host header, with or without port
 */
export function bucketOfHost(host: string | undefined): string | undefined {
  const name = (host ?? "").toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
  if (name === "" || name.startsWith("[") || isIP(name) !== 0) return undefined;
  const s3 = S3_HOST.exec(name);
  if (s3 !== null) return s3.groups?.bucket;
  return UNDER_LOCALHOST.exec(name)?.groups?.bucket;
}
