import type { Moto } from "./moto-process";
import { requestMoto } from "./moto-request";

type MotoAddress = Pick<Moto, "host" | "port">;

export interface BucketHead {
  /** 200 or 404. */
  readonly status: number;
  /** The bucket's region. Undefined: the bucket does not exist, or moto did not return a region. */
  readonly region?: string;
}

/** HeadBucket at moto. Rejects when moto does not respond. */
export async function headBucket(moto: MotoAddress, bucket: string): Promise<BucketHead> {
  const path = `/${encodeURIComponent(bucket)}`;
  const { status, headers } = await requestMoto(moto, { method: "HEAD", path, service: "s3" });
  const region = [headers["x-amz-bucket-region"]].flat()[0];
  return { status, ...(region === undefined ? {} : { region }) };
}

/**
 * Whether a bucket blocks public access regardless of its policy (`RestrictPublicBuckets`,
 * "Blocking public access to your Amazon S3 storage"). True when moto's answer cannot be read.
 */
export async function restrictsPublicBuckets(moto: MotoAddress, bucket: string): Promise<boolean> {
  const path = `/${encodeURIComponent(bucket)}?publicAccessBlock`;
  const answer = await requestMoto(moto, { method: "GET", path, service: "s3" }).catch(() => undefined);
  if (answer?.status === 404) return false;
  return answer?.status !== 200 || !/<RestrictPublicBuckets>false</i.test(answer.body.toString("utf8"));
}
