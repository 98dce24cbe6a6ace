import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

interface LocalRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Maximum time without data, in milliseconds. Undefined: no limit. */
  readonly timeoutMs?: number;
  /** Maximum size of the response body, in bytes. Undefined: no limit. */
  readonly maxBytes?: number;
}

export interface LocalResponse {
  readonly status: number;
  readonly body: Buffer;
  /** Names are in lower case. */
  readonly headers: IncomingHttpHeaders;
}

/**
 * Sends a small request to a server on the loopback interface, without an HTTP proxy. Rejects
 * unless the whole response arrives.
 * @param url on the loopback interface
 */
export function requestLocal(url: string, request: LocalRequest): Promise<LocalResponse> {
  const { method, headers = {}, body, timeoutMs, maxBytes = Number.POSITIVE_INFINITY } = request;
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, {
      method,
      agent: false,
      headers: { ...headers, "Content-Length": String(body?.length ?? 0) },
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    sent.on("timeout", () => sent.destroy(new Error(`no response for ${timeoutMs} ms`)));
    sent.on("error", reject);
    sent.on("response", (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on("data", (part: Buffer) => {
        size += part.length;
        if (size > maxBytes) sent.destroy(new Error(`a response of more than ${maxBytes} bytes`));
        else parts.push(part);
      });
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.end(body);
  });
}
