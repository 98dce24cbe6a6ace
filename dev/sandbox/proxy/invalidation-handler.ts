import { requestMoto } from "../moto/moto-request";
import type { Handler } from "../protocol/exchange";

const INVALIDATION = /^\/2020-05-31\/distribution\/[A-Z0-9]+\/invalidation\/[A-Z0-9]+$/;

/**
 * GetInvalidation. moto writes the status in capitals, so a waiter would poll until its limit.
 * CloudFront writes `Completed` (Amazon CloudFront API Reference, `Invalidation`).
 */
export const invalidationStatus: Handler = async ({ call, request, response, moto }) => {
  const { service, method, path, query } = call;
  const matches = service === "cloudfront" && method === "GET" && INVALIDATION.test(path);
  if (!matches || [...query].length > 0 || moto.ended() !== undefined) return false;
  request.resume();
  const { status, body, headers } = await requestMoto(moto, { method, path, service });
  const text = body.toString("utf8").replace("<Status>COMPLETED</Status>", "<Status>Completed</Status>");
  response.writeHead(status, { "Content-Type": headers["content-type"] ?? "text/xml" }).end(text);
  return true;
};
