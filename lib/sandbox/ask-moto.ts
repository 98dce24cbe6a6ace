import { request as httpRequest } from "node:http";
import type { Exchange } from "./exchange";
import { motoAuthorization } from "./moto-authorization";

export interface MotoQuestion {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Its signing name. */
  readonly service: string;
  readonly type?: string;
  readonly body?: Buffer;
}

export interface MotoAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Asks moto something of the door's own, in the administrator's name. Rejects when moto does not answer. */
export function askMoto(moto: Exchange["moto"], question: MotoQuestion): Promise<MotoAnswer> {
  const { method, path, service, type, body } = question;
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: motoAuthorization(service),
      "Content-Length": body?.length ?? 0,
      ...(type === undefined ? {} : { "Content-Type": type }),
    };
    const asked = httpRequest({ host: moto.host, port: moto.port, method, path, headers, agent: false });
    asked.on("error", reject);
    asked.on("response", (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts) }));
    });
    asked.end(body);
  });
}
