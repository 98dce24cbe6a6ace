import { askMoto } from "./ask-moto";
import type { Exchange } from "./exchange";

/** The status of HeadBucket at moto: 200 or 404. Rejects when moto does not answer. */
export async function headBucket({ moto }: Pick<Exchange, "moto">, bucket: string): Promise<number> {
  const { status } = await askMoto(moto, {
    method: "HEAD",
    path: `/${encodeURIComponent(bucket)}`,
    service: "s3",
  });
  return status;
}
