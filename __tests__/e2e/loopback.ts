import type { Server } from "node:http";

/** Opens a server on a free port of the loopback interface and gives back its URL. */
export function listenOnLoopback(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(`http://127.0.0.1:${address.port}`);
      else reject(new Error("the system gave no port"));
    });
  });
}

/** Closes a server and whatever still hangs on it. */
export function closeAsync(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
