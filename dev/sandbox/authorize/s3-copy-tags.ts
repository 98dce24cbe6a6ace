import { requestMoto } from "../moto/moto-request";
import type { AwsCall } from "../protocol/aws-call";
import type { Exchange } from "../protocol/exchange";
import type { RequiredPermission } from "./required-permission";
import { type CopySource, objectArn } from "./s3-permissions";

/**
 * Permissions that a copy requires for tags: to read those of the source and to write them. A copy
 * includes them unless the request replaces them (Amazon S3 API Reference, CopyObject,
 * `x-amz-tagging-directive`).
 * @param source of a copy of a whole object
 */
export async function copiedTagPermissions(
  {
    moto,
    call,
    request,
  }: Pick<Exchange, "moto" | "request"> & { readonly call: Pick<AwsCall, "bucket" | "key"> },
  { bucket, key, version, permission }: CopySource,
): Promise<readonly RequiredPermission[]> {
  const directive = [request.headers["x-amz-tagging-directive"]].flat()[0] ?? "COPY";
  if (directive === "REPLACE" || call.bucket === undefined || call.key === undefined) return [];
  if (!(await hasTags(moto, { bucket, key, ...(version === undefined ? {} : { version }) }))) return [];
  const read = version === undefined ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging";
  const resource = objectArn(call.bucket, call.key);
  return [
    { ...permission, action: read },
    { action: "s3:PutObjectTagging", resource, bucket: call.bucket },
  ];
}

/** False for an object that does not exist. True when moto's answer cannot be read. */
async function hasTags(
  moto: Exchange["moto"],
  { bucket, key, version }: Pick<CopySource, "bucket" | "key" | "version">,
): Promise<boolean> {
  const object = [bucket, ...key.split("/")].map(encodeURIComponent).join("/");
  const path = `/${object}?tagging${version === undefined ? "" : `&versionId=${version}`}`;
  const answer = await requestMoto(moto, { method: "GET", path, service: "s3" }).catch(() => undefined);
  if (answer?.status === 404) return false;
  return answer?.status !== 200 || answer.body.includes("<Tag>");
}
