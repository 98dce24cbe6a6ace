import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { signedHeaders } from "../authenticate/sign";
import { Bucket } from "../site-sandbox";
import type { SessionKeys } from "../test-sandbox";

const MEGABYTE = 1024 * 1024;
/** By how many megabytes the memory of the sandbox may grow, whatever the size of an object. */
const MOST_GROWTH = 100;
/** An object that is kept in memory exceeds the growth. */
const MEGABYTES = process.env.LONG === "1" ? 1_024 : 2.5 * MOST_GROWTH;
const SIZE = MEGABYTES * MEGABYTE;
const PIECE = Buffer.alloc(MEGABYTE, "0123456789abcdef");
const PATH = `/${Bucket}/object`;

let child: ChildProcess;
let endpoint: string;
let keys: SessionKeys;

beforeAll(async () => {
  child = fork(join(__dirname, "fixtures", "sandbox-process.ts"), { execArgv: ["--import", "tsx"] });
  const [started] = await once(child, "message");
  ({ endpoint, keys } = started);
});
afterAll(async () => {
  child.kill("SIGKILL");
  await once(child, "exit");
});

async function peakMegabytes(): Promise<number> {
  child.send("peak");
  const [{ peakKilobytes }] = await once(child, "message");
  return peakKilobytes / 1024;
}

function upload(): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(endpoint);
    const headers = { ...signedHeaders(keys, "PUT", host, PATH), "Content-Length": SIZE };
    const put = request({ hostname, port, method: "PUT", path: PATH, headers, agent: false });
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

function download(): Promise<{ readonly bytes: number; readonly sha256: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(endpoint);
    const headers = signedHeaders(keys, "GET", host, PATH);
    const get = request({ hostname, port, path: PATH, headers, agent: false });
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

test("a role session uploads and downloads a large object unchanged, in constant memory", async () => {
  const before = await peakMegabytes();
  expect(await upload()).toBe(200);
  const expected = createHash("sha256");
  for (let left = SIZE / PIECE.length; left > 0; left -= 1) expected.update(PIECE);
  expect(await download()).toEqual({ bytes: SIZE, sha256: expected.digest("hex") });
  const after = await peakMegabytes();
  expect(after - before).toBeLessThan(MOST_GROWTH);
  expect(after).toBeLessThan(300);
});
