import { request as httpRequest } from "node:http";
import type { Exchange } from "./exchange";
import { header } from "./raw-headers";

/**
 * The status of HeadBucket at moto, asked with the caller's own authorization: 200, 403 or 404, as the caller would see it.
 * Rejects when moto does not answer.
 */
export function headBucket({ request, moto }: Exchange, bucket: string): Promise<number> {
  const authorization = header(request, "authorization");
  return new Promise((resolve, reject) => {
    const head = httpRequest({
      ...{
        host: moto.host,
        port: moto.port,
        method: "HEAD",
        path: `/${encodeURIComponent(bucket)}`,
        agent: false,
      },
      headers: authorization === undefined ? {} : { Authorization: authorization },
    });
    head.on("response", (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    head.on("error", reject);
    head.end();
  });
}
