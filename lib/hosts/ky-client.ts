import { type JsonClient, jsonClient } from "../http/json-client";
import type { Waits } from "../http/waits";
import { type Call, failureOf, unreachable } from "./failure";
import type { Secret } from "./secrets";

/** The JSON API of a host, whose calls fail with a `HostFailure`. */
export type HostClient = JsonClient<Call>;

export function kyClient(url: string, secret: Secret, waits: Waits): Promise<HostClient> {
  const headers = { authorization: secret.authorization };
  return jsonClient({ url, headers, mask: secret.mask }, waits, { answered: failureOf, unreachable });
}
