import { isIP } from "node:net";

const REGION = "[a-z]{2}(?:-[a-z]+)+-\\d+";
/**
 * S3's own host names, old and new, and the same under `localhost`.
 * https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
const S3_HOST = new RegExp(
  `^(?:(?<bucket>.+)\\.)?s3(?:-fips|-accelerate)?(?:[.-]dualstack)?(?:[.-]${REGION})?\\.(?:amazonaws\\.com(?:\\.cn)?|localhost)$`,
);
const UNDER_LOCALHOST = /^(?<bucket>.+)\.localhost$/;

/**
 * Whether a name is one of S3's own, with a bucket in front or without; nobody else has names
 * there.
 */
export function isS3Host(name: string): boolean {
  return S3_HOST.test(name) || UNDER_LOCALHOST.test(name);
}

/**
 * The bucket that a virtual-host style request names in its host, or undefined when it is path
 * style.
 * @param host the Host header, with or without a port
 */
export function bucketOfHost(host: string | undefined): string | undefined {
  const name = (host ?? "").toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
  if (name === "" || name.startsWith("[") || isIP(name) !== 0) return undefined;
  const s3 = S3_HOST.exec(name);
  if (s3 !== null) return s3.groups?.bucket;
  return UNDER_LOCALHOST.exec(name)?.groups?.bucket;
}
