import { sandboxCredentials } from "./environment";

/**
 * The header by which moto recognises the service and the account: it reads the scope and checks no
 * signature. What the door asks moto for, it asks in the administrator's name.
 */
export function motoAuthorization(service: string, region = "us-east-1"): string {
  const scope = `${sandboxCredentials.accessKeyId}/20260101/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
}
