import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

export interface LocalRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Silence for so long counts as no answer, in milliseconds. Undefined: no limit. */
  readonly timeoutMs?: number;
  /** A longer answer counts as none, in bytes. Undefined: no limit. */
  readonly maxBytes?: number;
}

export interface LocalResponse {
  readonly status: number;
  readonly body: Buffer;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
}

/**
 * Asks a server of this machine something small, never by way of a proxy. Rejects when no whole
 * answer comes.
 * @param url of the loopback interface
 */
export function requestLocal(url: string, question: LocalRequest): Promise<LocalResponse> {
  const { method, headers = {}, body, timeoutMs, maxBytes = Number.POSITIVE_INFINITY } = question;
  return new Promise((resolve, reject) => {
    const asked = httpRequest(url, {
      method,
      agent: false,
      headers: { ...headers, "Content-Length": String(body?.length ?? 0) },
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    asked.on("timeout", () => asked.destroy(new Error(`no answer for ${timeoutMs} ms`)));
    asked.on("error", reject);
    asked.on("response", (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on("data", (part: Buffer) => {
        size += part.length;
        if (size > maxBytes) asked.destroy(new Error(`an answer of more than ${maxBytes} bytes`));
        else parts.push(part);
      });
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.end(body);
  });
}
