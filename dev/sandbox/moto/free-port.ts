import { createServer } from "node:net";

/**
 * A port on 127.0.0.1 that nothing listened on a moment ago. Somebody else may take it first:
 * whoever uses it has to cope.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("the system gave no port"));
      });
    });
  });
}
