import { spawn } from "node:child_process";

/**
 * Contents of git's objects by their hash, read by one process. An object that is missing, such as
 * in a partial clone without its remote, is not in the map.
 * @param ids full hashes
 */
export function readBlobs(top: string, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return Promise.resolve(new Map());
  return new Promise((resolve, reject) => {
    const env = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
    const child = spawn("git", ["cat-file", "--batch"], { cwd: top, env, stdio: ["pipe", "pipe", "ignore"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.stdin.on("error", () => undefined);
    child.on("error", reject);
    child.on("close", () => resolve(readBatch(Buffer.concat(parts))));
    child.stdin.end(`${wanted.join("\n")}\n`);
  });
}

/** Output of `git cat-file --batch`: `HASH TYPE SIZE`, a line feed, the bytes, a line feed. */
export function readBatch(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) break;
    const [hash = "", type, size] = bytes.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (size === undefined) continue;
    if (type === "blob") found.set(hash, bytes.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}
