import { askMoto } from "../ask-moto";
import type { Exchange } from "../exchange";

/**
 * Whether a bucket keeps the public out whatever its policy says (`RestrictPublicBuckets`,
 * "Blocking public access to your Amazon S3 storage"). When moto does not say, it does.
 */
export async function restrictsPublic(moto: Exchange["moto"], bucket: string): Promise<boolean> {
  const path = `/${encodeURIComponent(bucket)}?publicAccessBlock`;
  const answer = await askMoto(moto, { method: "GET", path, service: "s3" }).catch(() => undefined);
  if (answer?.status === 404) return false;
  return answer?.status !== 200 || !/<RestrictPublicBuckets>false</i.test(answer.body.toString("utf8"));
}
