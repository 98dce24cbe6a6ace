import { askMoto } from "./ask-moto";
import type { Exchange } from "./exchange";

export interface BucketHead {
  /** 200 or 404. */
  readonly status: number;
  /** Where it lies; undefined: it is not there, or moto does not say. */
  readonly region?: string;
}

/** HeadBucket at moto. Rejects when moto does not answer. */
export async function headBucket({ moto }: Pick<Exchange, "moto">, bucket: string): Promise<BucketHead> {
  const path = `/${encodeURIComponent(bucket)}`;
  const { status, headers } = await askMoto(moto, { method: "HEAD", path, service: "s3" });
  const region = [headers["x-amz-bucket-region"]].flat()[0];
  return { status, ...(region === undefined ? {} : { region }) };
}
