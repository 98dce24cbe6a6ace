import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import type { Moto } from "../moto/moto-process";

type Address = Pick<Moto, "host" | "port">;

/**
 * Connections to moto that were opened before their request is authorized: moto accepts one and
 * starts a thread for it while the proxy decides. Nothing is sent on it before that. One at most is
 * ready; that of a denied request serves the next one.
 */
const READY = new Map<string, Socket>();

const keyOf = ({ host, port }: Address): string => `${host}:${port}`;

/** Opens a connection, unless one is ready. */
export function connectAhead(moto: Address): void {
  const key = keyOf(moto);
  if (READY.has(key)) return;
  const socket = connect({ host: moto.host, port: moto.port, noDelay: true });
  READY.set(key, socket);
  const forget = () => {
    if (READY.get(key) === socket) READY.delete(key);
  };
  // Also once it is in use, before its request listens.
  socket.on("error", forget);
  socket.on("end", forget);
  socket.on("close", forget);
}

/** Closes the connection that is ready. */
export function closeAhead(moto: Address): void {
  READY.get(keyOf(moto))?.destroy();
  READY.delete(keyOf(moto));
}

class AheadAgent extends Agent {
  override createConnection(
    options: Parameters<Agent["createConnection"]>[0],
    callback?: Parameters<Agent["createConnection"]>[1],
  ): ReturnType<Agent["createConnection"]> {
    const key = `${options.host}:${options.port}`;
    const ready = READY.get(key);
    READY.delete(key);
    return ready === undefined || ready.destroyed ? super.createConnection(options, callback) : ready;
  }
}

/** moto closes every connection after its response. Reusing one would fail the next request. */
export const agent = new AheadAgent({ keepAlive: false, noDelay: true });
