import { askLocally, type LocalAnswer } from "./ask-locally";
import type { Exchange } from "./exchange";
import { motoAuthorization } from "./moto-authorization";
import { isMotosOwn } from "./motos-own";

export interface MotoQuestion {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Its signing name. */
  readonly service: string;
  readonly type?: string;
  readonly body?: Buffer;
}

/**
 * Asks moto something of the door's own, in the administrator's name. Rejects when moto does not
 * answer, and for paths that are moto's own.
 */
export function askMoto(moto: Exchange["moto"], question: MotoQuestion): Promise<LocalAnswer> {
  const { method, path, service, type, body } = question;
  if (isMotosOwn(decodeURIComponent(path.split("?")[0] ?? "")))
    return Promise.reject(new Error(`${path} belongs to moto itself`));
  return askLocally(`http://${moto.host}:${moto.port}${path}`, {
    method,
    headers: {
      Authorization: motoAuthorization(service),
      ...(type === undefined ? {} : { "Content-Type": type }),
    },
    ...(body === undefined ? {} : { body }),
  });
}
