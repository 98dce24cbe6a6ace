import { sandboxCredentials } from "../environment/environment";
import { type LocalResponse, requestLocal } from "../http/local-request";
import type { Moto } from "./moto-process";

interface MotoRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Signing name of the service. */
  readonly service: string;
  readonly type?: string;
  /** Default: us-east-1. */
  readonly region?: string;
  /** `X-Amz-Target`, which names the operation of a JSON request. */
  readonly target?: string;
  readonly body?: Buffer;
}

/**
 * Sends a request of the proxy's own to moto, as the administrator. Rejects when moto does not
 * respond, and for paths of moto's own API.
 */
export function requestMoto(
  moto: Pick<Moto, "host" | "port">,
  { method, path, service, type, region, target, body }: MotoRequest,
): Promise<LocalResponse> {
  if (isMotoPath(decodeURIComponent(path.split("?")[0] ?? "")))
    return Promise.reject(new Error(`${path} is a path of moto's own API`));
  return requestLocal(`http://${moto.host}:${moto.port}${path}`, {
    method,
    headers: {
      Authorization: motoAuthorization(service, region),
      ...(target === undefined ? {} : { "X-Amz-Target": target }),
      ...(type === undefined ? {} : { "Content-Type": type }),
    },
    ...(body === undefined ? {} : { body }),
  });
}

/**
 * The Authorization header that tells moto the service and the account. moto reads the credential
 * scope and does not verify the signature.
 */
export function motoAuthorization(service: string, region = "us-east-1"): string {
  const scope = `${sandboxCredentials.accessKeyId}/20260101/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
}

/**
 * Paths of moto's own API, for every host and signature (moto's `werkzeug_app.py`,
 * `get_application`): dashboard, reset, recorder and settings, and the instance metadata service.
 * Buckets with these names cannot be reached.
 */
const MOTO_PATH = /^\/+(moto-api|favicon\.ico$|latest\/(meta-data|api)\/)/;

/** @param path decoded once, as moto decodes it */
export function isMotoPath(path: string): boolean {
  return MOTO_PATH.test(path);
}
