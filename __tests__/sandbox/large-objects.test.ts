import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { motoAuthorization } from "../../lib/sandbox/moto-authorization";
import { ask } from "./support";

const SIZE = 256 * 1024 * 1024;
const PIECE = Buffer.alloc(1024 * 1024, "0123456789abcdef");
const AUTHORIZATION = motoAuthorization("s3");

let child: ChildProcess;
let endpoint: string;

beforeAll(async () => {
  child = fork(join(__dirname, "fixtures", "sandbox-process.ts"), { execArgv: ["--import", "tsx"] });
  const [{ endpoint: started }] = await once(child, "message");
  endpoint = started;
}, 60_000);
afterAll(async () => {
  child.kill("SIGKILL");
  await once(child, "exit");
});

async function peakMegabytes(): Promise<number> {
  child.send("peak");
  const [{ peakKilobytes }] = await once(child, "message");
  return peakKilobytes / 1024;
}

function upload(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint);
    const headers = { "Content-Length": SIZE, Authorization: AUTHORIZATION };
    const put = request({ hostname, port, method: "PUT", path, headers, agent: false });
    put.on("error", reject);
    put.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    let left = SIZE / PIECE.length;
    const write = () => {
      while (left > 0) {
        left -= 1;
        if (!put.write(PIECE)) return void put.once("drain", write);
      }
      put.end();
    };
    write();
  });
}

function download(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint);
    const get = request({ hostname, port, path, headers: { Authorization: AUTHORIZATION }, agent: false });
    get.on("error", reject);
    get.on("response", (response) => {
      const hash = createHash("sha256");
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        hash.update(part);
      });
      response.on("error", reject);
      response.on("end", () => resolve({ bytes, sha256: hash.digest("hex") }));
    });
    get.end();
  });
}

test("256 MB pass through both ways, unharmed, in memory that does not grow with them", async () => {
  await ask(endpoint, "PUT", "/large");
  const before = await peakMegabytes();
  expect(await upload("/large/object")).toBe(200);
  const expected = createHash("sha256");
  for (let left = SIZE / PIECE.length; left > 0; left -= 1) expected.update(PIECE);
  expect(await download("/large/object")).toEqual({ bytes: SIZE, sha256: expected.digest("hex") });
  const after = await peakMegabytes();
  expect(after - before).toBeLessThan(100);
  expect(after).toBeLessThan(300);
}, 60_000);
